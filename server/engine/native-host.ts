import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DatasetOpener } from '@/lib/datasets/card';
import type { EngineHost } from '@/lib/engine/host';
import { mendSecondOrder } from '@/lib/engine/second-order/mend-second-order';
import { hasOneDnn } from './compiled/onednn';
import { stepCompiler } from './compiled/step-compiler';
import { engineEnvironment } from './engine-environment';
import { loadNative } from './load-native';
import { installNativeFused } from './native-fused';
import { installNativeGather } from './native-gather';
import { installNativeGradients } from './native-gradients';
import { processClock } from './process-clock';
import { statelessRandom } from './stateless-random';

/** Thread count with which this process loaded TensorFlow; it cannot be changed afterwards. */
let loadedThreads: number | undefined;

/** `NVIDIA H200`, from the driver's own list. */
function gpuName(): string {
  const folder = '/proc/driver/nvidia/gpus';
  try {
    for (const gpu of readdirSync(folder)) {
      const model = /^Model:\s*(.+)$/m.exec(readFileSync(path.join(folder, gpu, 'information'), 'utf8'))?.[1];
      if (model) return model.trim();
    }
  } catch {
    // Containers may hide the list while the device works.
  }
  return 'NVIDIA GPU';
}

/**
 * Loads TensorFlow from an engine's folder into this process. The thread count holds for the life of the process: a
 * second call with another one throws, so a host with a certain count is opened in a child of its own.
 */
export function openNativeHost(options: {
  folder: string;
  threads: number;
  /** As TensorFlow.js comes, to compare with: its own gradients, op by op. */
  stock?: boolean;
  datasets: DatasetOpener;
}): EngineHost {
  const { folder, threads, stock = false, datasets } = options;
  if (loadedThreads !== undefined && loadedThreads !== threads)
    throw new Error(`TensorFlow runs with ${loadedThreads} threads in this process and cannot change to ${threads}.`);
  Object.assign(process.env, engineEnvironment(threads));
  const native = loadNative(folder);
  if (!stock) {
    installNativeGather(native);
    installNativeGradients(native);
    installNativeFused(native);
    mendSecondOrder(native.tf);
  }
  loadedThreads = threads;
  const gpu = native.binding.isUsingGpuDevice();
  return {
    ...processClock,
    tf: native.tf,
    engine: 'tensorflow',
    device: gpu ? gpuName() : `CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    threads,
    datasets,
    random: statelessRandom(native),
    ...(stock ? {} : { compiler: stepCompiler(native, threads, () => hasOneDnn(native.binding)) }),
  };
}
