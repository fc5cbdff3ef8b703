import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { compileAddon } from '@/server/engine/compile-addon';
import { ensureEngine } from '@/server/engine/install-engine';
import { prebuiltAddon } from '@/server/engine/make-addon';
import { findPip, noPip } from '@/server/engine/pip';
import { releaseHere } from '@/server/engine/platform';
import { zigCompiler } from '@/server/engine/zig-compiler';

/**
 * Builds the committed addon `server/engine/prebuilt/linux-x64.node` with the pinned zig against glibc 2.17, so that an
 * install needs no compiler. The same sources and pins give the same bytes on every machine; `--check` only compares.
 */
const check = process.argv.includes('--check');
const pip = await findPip();
if (pip === null) throw noPip();
const { folder } = await ensureEngine();
const temporary = mkdtempSync(path.join(os.tmpdir(), 'netloom-addon-'));
try {
  const built = path.join(temporary, 'addon.node');
  await compileAddon(await zigCompiler(pip, path.join(temporary, 'zig')), releaseHere('cpu'), folder, built);
  const bytes = readFileSync(built);
  const target = prebuiltAddon('linux-x64');
  const same = existsSync(target) && readFileSync(target).equals(bytes);
  console.log(
    `${createHash('sha256').update(bytes).digest('hex')}  ${bytes.length} bytes  ${same ? 'same' : 'differs'}`,
  );
  if (!check && !same) {
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  if (check && !same) process.exitCode = 1;
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
