import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withInstallLock } from '@/server/engine/install-lock';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'netloom-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('withInstallLock', () => {
  it('lets one installer work and tells the other that it is done', async () => {
    const file = path.join(folder, 'cpu.lock');
    let works = 0;
    let waits = 0;
    const install = () =>
      withInstallLock(file, { done: () => works > 0, onWait: () => waits++ }, async () => {
        await new Promise((resolve) => setImmediate(resolve));
        works++;
        return 'installed';
      });
    expect((await Promise.all([install(), install()])).sort()).toEqual(['installed', null]);
    expect({ works, waits }).toEqual({ works: 1, waits: 1 });
    expect(existsSync(file)).toBe(false);
  });

  it('takes over the lock of a process that was killed', async () => {
    const file = path.join(folder, 'cpu.lock');
    writeFileSync(file, '1');
    const old = new Date(Date.now() - 60_000);
    utimesSync(file, old, old);
    const result = await withInstallLock(file, { done: () => false, onWait: () => {} }, async () => 'installed');
    expect(result).toBe('installed');
  });

  it('frees the lock when the work fails', async () => {
    const file = path.join(folder, 'cpu.lock');
    const failing = withInstallLock(file, { done: () => false, onWait: () => {} }, () =>
      Promise.reject(new Error('no network')),
    );
    await expect(failing).rejects.toThrow('no network');
    expect(existsSync(file)).toBe(false);
  });
});
