import path from 'node:path';
import { UsageError } from './exit-code';

/** A path as the user means it: `npm run netloom` changes the folder, and says in INIT_CWD where it was called. */
export function userPath(file: string): string {
  const base = process.env.npm_lifecycle_event === 'netloom' ? process.env.INIT_CWD : undefined;
  return path.resolve(base ?? process.cwd(), file);
}

/** Options of the form `ID=PATH`, by id. Throws `UsageError` where one is not. */
export function namedPaths(option: string, texts: readonly string[], example: string): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new UsageError(`--${option} takes ID=PATH, such as ${example}, got “${text}”.`);
      return [text.slice(0, at), userPath(text.slice(at + 1))];
    }),
  );
}
