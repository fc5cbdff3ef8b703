import type { EngineName } from '@/lib/engine/host';
import { forcedEngine } from '@/server/engine/choose-engine';
import { EngineUnavailable } from '@/server/engine/engine-problem';
import { ensureEngine } from '@/server/engine/install-engine';
import { progressLine } from '@/server/engine/progress-line';
import { InputError } from '../exit-code';

/**
 * Installs the native engine where the run would use it and it is missing, with progress on stderr. Where it cannot be
 * had, says why and leaves the run to WebAssembly, unless it was asked for by name.
 */
export async function prepareEngine(engine: EngineName | 'auto'): Promise<void> {
  const wanted = engine === 'auto' ? (forcedEngine() ?? 'auto') : engine;
  if (wanted !== 'auto' && wanted !== 'tensorflow') return;
  const line = progressLine(process.stderr);
  try {
    await ensureEngine({ onProgress: line.show });
    line.end();
  } catch (error) {
    line.end();
    if (!(error instanceof EngineUnavailable)) throw error;
    if (wanted === 'tensorflow') throw new InputError(error.message);
    console.error(`${error.message}\nTraining goes on with WebAssembly, several times slower.`);
  }
}
