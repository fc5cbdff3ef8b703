import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { HostTensor } from '@/lib/nodes/kind';
import { runPython } from '@/tests/helpers/venv';

/** Hands files and tensors to a Python script (its path from here) and reads the tensors that it writes. */
export async function askPeer(
  script: string,
  request: unknown,
  files: Record<string, Uint8Array>,
  tensors: Record<string, HostTensor>,
  run: (script: string, args: string[]) => Promise<unknown> = runPython,
): Promise<{ answer: Record<string, unknown>; tensor(name: string): Promise<HostTensor>; close(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'netloom-parity-'));
  const place = async (name: string, bytes: Uint8Array) => {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  };
  for (const [name, bytes] of Object.entries(files)) await place(name, bytes);
  const index: Record<string, { shape: number[]; dtype: string }> = {};
  for (const [name, { data, shape }] of Object.entries(tensors)) {
    index[name] = {
      shape,
      dtype: data instanceof Int32Array ? 'int32' : data instanceof Uint8Array ? 'uint8' : 'float32',
    };
    await place(`${name}.bin`, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  await place('request.json', Buffer.from(JSON.stringify({ request, tensors: index })));
  const answer = await run(fileURLToPath(new URL(script, import.meta.url)), [folder]);
  return {
    answer: answer as Record<string, unknown>,
    async tensor(name) {
      const shape = (answer as { shapes: Record<string, number[]> }).shapes[name];
      if (!shape) throw new Error(`The peer did not answer ${name}`);
      const bytes = await readFile(path.join(folder, `${name}.out`));
      return { data: new Float32Array(Uint8Array.from(bytes).buffer), shape };
    },
    close: () => rm(folder, { recursive: true }),
  };
}

/** Equal shapes, and numbers that differ by at most `tolerance` (relative to those above 1). */
export function expectClose(got: HostTensor, wanted: HostTensor, tolerance = 1e-5): void {
  expect(got.shape).toEqual(wanted.shape);
  let worst = 0;
  for (const [at, value] of wanted.data.entries()) {
    const error = Math.abs((got.data[at] ?? Number.NaN) - value) / Math.max(1, Math.abs(value));
    worst = Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(worst, error);
  }
  expect(worst).toBeLessThanOrEqual(tolerance);
}
