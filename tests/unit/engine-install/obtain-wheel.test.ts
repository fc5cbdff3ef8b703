import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineUnavailable } from '@/server/engine/engine-problem';
import { obtainWheel } from '@/server/engine/obtain-wheel';
import { releaseFor } from '@/server/engine/release';

const release = releaseFor('linux-x64', 'cpu');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'netloom-wheel-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

async function problem(): Promise<EngineUnavailable['problem']> {
  if (!release) throw new Error('linux-x64 has a release');
  try {
    await obtainWheel(release, release.tensorflow, null, path.join(folder, 'to'), () => {});
  } catch (error) {
    if (error instanceof EngineUnavailable) return error.problem;
    throw error;
  }
  throw new Error('a problem was expected');
}

describe('obtainWheel', () => {
  it('says how to get pip where there is none', async () => {
    vi.stubEnv('NETLOOM_TENSORFLOW_WHEEL', '');
    expect(await problem()).toMatchObject({
      code: 'no-pip',
      fix: expect.stringContaining('apt-get install python3-pip'),
    });
  });

  it('refuses a wheel of the owner with another hash', async () => {
    const file = path.join(folder, 'tensorflow.whl');
    writeFileSync(file, 'not a wheel');
    vi.stubEnv('NETLOOM_TENSORFLOW_WHEEL', file);
    expect(await problem()).toMatchObject({ code: 'wheel', message: expect.stringContaining('SHA-256') });
  });

  it('names a path that does not exist', async () => {
    vi.stubEnv('NETLOOM_TENSORFLOW_WHEEL', path.join(folder, 'absent.whl'));
    expect((await problem()).message).toContain('absent.whl');
  });
});
