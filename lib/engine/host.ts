import type { DatasetOpener } from '@/lib/datasets/card';
import type { Random, Tf } from '@/lib/nodes/kind';

export type EngineName = 'tensorflow' | 'webgpu' | 'wasm' | 'cpu';

/** Key of a stateless draw: PROGRAMS section 3, "Random numbers". `stream` counts the draws of one op call. */
export interface RandomKey {
  seed: number;
  path: string;
  pass: 'train' | 'validation' | 'test' | 'emit' | 'start';
  clock: number;
  t: number;
}

/**
 * What a place that can train offers: the native worker, the browser worker and the tests differ only in this.
 * The engine never touches files, processes or clocks otherwise.
 */
export interface EngineHost {
  tf: Tf;
  engine: EngineName;
  /** For people: `CPU, 2 threads`, `NVIDIA H200`. */
  device: string;
  threads: number;
  datasets: DatasetOpener;
  /** Draws on the device with the same bits as `lib/tensor/philox.ts`; absent: drawn in TypeScript and uploaded. */
  random?: (key: RandomKey) => Random;
  /** Milliseconds, monotonic. */
  now(): number;
  /** Lets messages in: resolves in the next macrotask. */
  breathe(): Promise<void>;
  /** Resident memory in bytes, where it is known. */
  memoryBytes?(): number | null;
}
