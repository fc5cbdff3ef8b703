import type * as tfjs from '@tensorflow/tfjs';
import type { DatasetOpener } from '@/lib/datasets/card';
import type { EngineHost } from '@/lib/engine/host';
import { mendSecondOrder } from '@/lib/engine/second-order/mend-second-order';
import { mendAveragePoolGradient } from '@/lib/engine/wasm/mend-average-pool';
import { processClock } from './process-clock';
import { projectRequire } from './project';

/** The JavaScript engine: a hundred times slower than the native one, for tests and as the very last resort. */
export async function openCpuHost(datasets: DatasetOpener): Promise<EngineHost> {
  const tf = projectRequire('@tensorflow/tfjs') as typeof tfjs;
  mendAveragePoolGradient(tf, 'cpu');
  mendSecondOrder(tf);
  await tf.setBackend('cpu');
  // The backend would print an advertisement for another package at its first use.
  Object.assign(tf.backend(), { firstUse: false });
  return { ...processClock, tf, engine: 'cpu', device: 'JavaScript, 1 thread', threads: 1, datasets };
}
