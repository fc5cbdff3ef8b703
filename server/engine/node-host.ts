import type { DatasetOpener } from '@/lib/datasets/card';
import type { AssetOpener, EngineHost, EngineName } from '@/lib/engine/host';
import { chooseEngine } from './choose-engine';
import { openCpuHost } from './cpu-host';
import { defaultThreads } from './engine-environment';
import { openNativeHost } from './native-host';
import { openWasmHost } from './wasm-host';

/**
 * The engine of this process: the native one where it is installed, else WebAssembly; `engine` or `NETLOOM_ENGINE` choose
 * another. `threads` counts for the native engine only and holds for the life of the process. Installs nothing
 * (`ensureEngine` does). Throws `EngineUnavailable` where the wanted engine is not there.
 */
export async function openNodeHost(options: {
  engine?: EngineName | 'auto';
  threads?: number;
  /** Native engine only: TensorFlow.js' own gradients and op by op, to compare with. */
  stock?: boolean;
  datasets: DatasetOpener;
  assets?: AssetOpener;
}): Promise<EngineHost> {
  const host = await openEngine(options);
  return options.assets ? { ...host, assets: options.assets } : host;
}

async function openEngine(options: Omit<Parameters<typeof openNodeHost>[0], 'assets'>): Promise<EngineHost> {
  const choice = chooseEngine(options.engine);
  if (choice.engine === 'cpu') return openCpuHost(options.datasets);
  if (choice.engine === 'wasm') return openWasmHost(options.datasets);
  const threads = options.threads ?? defaultThreads();
  return openNativeHost({ folder: choice.folder, threads, stock: options.stock ?? false, datasets: options.datasets });
}
