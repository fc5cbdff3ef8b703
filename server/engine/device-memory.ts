import os from 'node:os';
import type { EngineStatus } from '@/lib/protocol/service';
import { runCommand } from './run-command';

/** A WebAssembly memory has 32-bit addresses. */
const WASM_BYTES = 2 ** 32;

/**
 * Bytes that a training can have at most: of the first GPU where TensorFlow computes on one, else of this machine or of
 * the container around it. Null where a GPU does not say.
 */
export async function deviceMemory({
  engine,
  device,
}: Pick<EngineStatus, 'engine' | 'device'>): Promise<number | null> {
  if (engine === 'tensorflow' && /gpu/i.test(device)) return gpuMemory();
  // 0, or more than there is, where nothing constrains the process.
  const allowed = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  const here = Math.min(os.totalmem(), allowed);
  return engine === 'wasm' ? Math.min(here, WASM_BYTES) : here;
}

async function gpuMemory(): Promise<number | null> {
  const query = ['--query-gpu=memory.total', '--format=csv,noheader,nounits'];
  const result = await runCommand('nvidia-smi', query, { timeoutSeconds: 10 });
  const mebibytes = Number(result.stdout.split('\n')[0]);
  return result.status === 0 && mebibytes > 0 ? mebibytes * 2 ** 20 : null;
}
