import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureEngine } from '@/server/engine/install-engine';
import { projectRoot, tsxArguments } from '@/server/engine/project';
import { runCommand } from '@/server/engine/run-command';

type Results = Record<string, Record<string, { off: number; bits: string }>>;

beforeAll(() => ensureEngine(), 300_000);

async function printed(set: string, threads: number): Promise<Results> {
  const script = path.join(projectRoot, 'tests', 'helpers', 'print-batch-norm.ts');
  const { status, stdout, stderr } = await runCommand(process.execPath, [...tsxArguments(), script, String(threads)], {
    cwd: projectRoot,
    env: { ...process.env, NETLOOM_INSTRUCTIONS: set },
    timeoutSeconds: 100,
  });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout);
}

describe('batch norm of pictures', () => {
  it.each(['any', 'avx2', 'avx512'])(
    'gives what TensorFlow gives, the same bits with one thread and two: %s',
    async (set) => {
      const [alone, shared] = [await printed(set, 1), await printed(set, 2)];
      expect(Object.keys(alone).length).toBe(4);
      for (const [name, results] of Object.entries(alone))
        for (const [what, { off, bits }] of Object.entries(results)) {
          expect(off, `${what}: ${name}`).toBeLessThan(3e-5);
          expect(shared[name]?.[what]?.bits, `${what}: ${name}`).toBe(bits);
        }
    },
  );
});
