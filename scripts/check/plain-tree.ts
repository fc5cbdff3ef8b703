import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from '@swc/core';

/** Which imports stay: all of them, or those that are there when the code runs. */
export type Imports = 'every' | 'runtime';

/** `import type` and `export type … from` as ordinary imports. */
const keepTypes = (source: string): string =>
  source.replace(/^import type\b/gm, 'import').replace(/^export type (?=[{*])/gm, 'export ');

/** `@/lib/x` seen from `file`, and names of TypeScript files as those of their JavaScript. */
const plainSpecifiers = (code: string, file: string): string =>
  code
    .replace(/(["'])@\/([^"'\n]+)\1/g, (_whole, quote: string, target: string) => {
      const relative = path.posix.relative(path.posix.dirname(file), target);
      return `${quote}${relative.startsWith('.') ? relative : `./${relative}`}${quote}`;
    })
    .replace(/(["']\.{1,2}\/[^"'\n]+)\.tsx?(["'])/g, '$1.js$2');

/**
 * Writes every TypeScript file as plain JavaScript below `target`, because dependency-cruiser can read neither
 * TypeScript 7 nor tell type imports from others through another parser. Throws where a file does not parse.
 */
export function writePlainTree(root: string, files: readonly string[], target: string, imports: Imports): void {
  rmSync(target, { recursive: true, force: true });
  for (const file of files) {
    const source = readFileSync(path.join(root, file), 'utf8');
    const { code } = transformSync(imports === 'every' ? keepTypes(source) : source, {
      filename: file,
      configFile: false,
      swcrc: false,
      jsc: {
        parser: { syntax: 'typescript', tsx: file.endsWith('.tsx') },
        target: 'es2022',
        transform: { verbatimModuleSyntax: true, react: { runtime: 'automatic' } },
      },
    });
    const to = path.join(target, file.replace(/\.tsx?$/, '.js'));
    mkdirSync(path.dirname(to), { recursive: true });
    writeFileSync(to, plainSpecifiers(code, file));
  }
}
