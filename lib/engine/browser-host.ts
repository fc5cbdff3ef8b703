import type { DatasetOpener } from '@/lib/datasets/card';
import type { Tf } from '@/lib/nodes/kind';
import type { EngineHost, EngineName } from './host';
import { mendSecondOrder } from './second-order/mend-second-order';

const DEVICES: Record<EngineName, string> = {
  tensorflow: 'TensorFlow',
  webgpu: 'GPU of this computer (WebGPU)',
  wasm: 'this browser (WebAssembly)',
  cpu: 'this browser (JavaScript)',
};

/**
 * The engine in a page's Web Worker, which loads TensorFlow.js and its backend itself: the same code as on a server, so
 * that a preview learns what a run would.
 */
export function browserHost(tf: Tf, engine: EngineName, datasets: DatasetOpener): EngineHost {
  mendSecondOrder(tf);
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => waiting.shift()?.();
  return {
    tf,
    engine,
    device: DEVICES[engine],
    threads: 1,
    datasets,
    now: () => performance.now(),
    // Timers are held back in pages that are not seen; messages are not.
    breathe: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        channel.port2.postMessage(null);
      }),
  };
}
