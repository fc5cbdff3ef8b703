import path from 'node:path';

/** A path as the user means it: `npm run netloom` changes the folder, and says in INIT_CWD where it was called. */
export function userPath(file: string): string {
  const base = process.env.npm_lifecycle_event === 'netloom' ? process.env.INIT_CWD : undefined;
  return path.resolve(base ?? process.cwd(), file);
}
