import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Files of the project below some folders: those that git tracks or would track, as they are on disk now. */
export function projectFiles(root: string, folders: readonly string[], name: RegExp): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...folders], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const files = new Set(listed.split('\n').filter((file) => name.test(file) && existsSync(path.join(root, file))));
  return [...files].sort();
}
