import path from 'node:path';
import type { Compiler } from './compile-addon';
import { installInto, type Pip } from './pip';
import { ZIG } from './release';

/** Fetches the pinned zig into `folder`: a whole C++ compiler in one wheel. Its output runs on glibc 2.17 and newer. */
export async function zigCompiler(pip: Pip, folder: string): Promise<Compiler> {
  await installInto(pip, ZIG, folder);
  const cache = path.join(folder, 'cache');
  return {
    command: path.join(folder, 'ziglang', 'zig'),
    args: ['c++', '-target', 'x86_64-linux-gnu.2.17'],
    env: { ...process.env, ZIG_GLOBAL_CACHE_DIR: cache, ZIG_LOCAL_CACHE_DIR: cache },
  };
}
