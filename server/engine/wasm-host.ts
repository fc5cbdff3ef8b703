import type * as tfjs from '@tensorflow/tfjs';
import type { DatasetOpener } from '@/lib/datasets/card';
import type { EngineHost } from '@/lib/engine/host';
import { mendSecondOrder } from '@/lib/engine/second-order/mend-second-order';
import { fillWasmKernels } from '@/lib/engine/wasm/fill-kernels';
import { processClock } from './process-clock';
import { projectRequire } from './project';

/** The WebAssembly engine in a Node process: one thread, no install, every kernel that training needs. */
export async function openWasmHost(datasets: DatasetOpener): Promise<EngineHost> {
  const tf = projectRequire('@tensorflow/tfjs') as typeof tfjs;
  projectRequire('@tensorflow/tfjs-backend-wasm');
  fillWasmKernels(tf);
  mendSecondOrder(tf);
  if (!(await tf.setBackend('wasm'))) throw new Error('The WebAssembly engine does not start on this machine.');
  await tf.ready();
  return { ...processClock, tf, engine: 'wasm', device: 'WebAssembly, 1 thread', threads: 1, datasets };
}
