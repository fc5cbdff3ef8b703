/** What a generated catalogue is made from: which files, which of their exports, and how a member is typed. */
export interface Catalogue {
  /** The generated file, from the project's root. */
  target: string;
  /** Name of the exported record. */
  name: string;
  /** Folder that is searched. */
  folder: string;
  /** A file's catalogue key, or null where the file is no member. `path` is relative to `folder`, with `/`. */
  key(path: string): string | null;
  /** Exports that members are made of, the first one is necessary. */
  exports: string[];
  /** A single export is the member itself; several stand in an object. */
  member: 'export' | 'object';
  /** Type of a member and where it is declared, as an import from the generated file; looked up by name in `folder`. */
  type: string;
}

const words = (text: string): string[] => text.split(/[^a-zA-Z0-9]+/).filter(Boolean);

/** `convolution/conv-2d.node` → `conv2d`: unique together with the export's name as long as keys are unique. */
function camelCase(text: string): string {
  const [first = '', ...rest] = words(text);
  const joined = first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[0-9]/.test(joined) ? `_${joined}` : joined;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const quoted = (key: string): string => (/^[a-zA-Z_$][\w$]*$/.test(key) ? key : `'${key}'`);

/** Which of `names` a module exports as constants, functions or classes; a scan of its text, without running it. */
export function exportedNames(source: string, names: readonly string[]): string[] {
  return names.filter((name) => new RegExp(`^export (?:const|function|class) ${name}\\b`, 'm').test(source));
}

/** One file that makes a member of a catalogue. */
export interface Member {
  key: string;
  /** Relative to the generated file, without extension: `./convolution/conv-2d.node`. */
  module: string;
  exports: string[];
}

/** The text of a generated file. `typeModule`: where the member type is declared, relative to the file; null while it does not exist. */
export function catalogueText(catalogue: Catalogue, members: readonly Member[], typeModule: string | null): string {
  const head = '// Made by `npm run generate` from file names. Do not edit.\n';
  if (typeModule === null) {
    if (members.length > 0)
      throw new Error(`${catalogue.folder} has members but no file that exports ${catalogue.type}`);
    return `${head}export const ${catalogue.name}: Record<string, never> = {};\n`;
  }
  const sorted = [...members].sort((a, b) => (a.key < b.key ? -1 : 1));
  const imports = sorted.map((member) => {
    const names = member.exports.map((name) => `${name} as ${camelCase(member.key)}${capital(name)}`);
    return `import { ${names.join(', ')} } from '${member.module}';`;
  });
  imports.push(`import type { ${catalogue.type} } from '${typeModule}';`);
  const entries = sorted.map((member) => {
    const parts = member.exports.map((name) => `${name}: ${camelCase(member.key)}${capital(name)}`);
    const value =
      catalogue.member === 'object'
        ? `{ ${parts.join(', ')} }`
        : `${camelCase(member.key)}${capital(member.exports[0] ?? '')}`;
    return `  ${quoted(member.key)}: ${value},`;
  });
  const body = entries.length === 0 ? '{}' : `{\n${entries.join('\n')}\n}`;
  return `${head}${imports.join('\n')}\n\nexport const ${catalogue.name}: Record<string, ${catalogue.type}> = ${body};\n`;
}
