import type { EngineName } from '@/lib/engine/host';
import { type EngineProblem, EngineUnavailable, problemOf } from './engine-problem';
import { installedEngine } from './installed-engine';
import { hasGpu, releaseHere } from './platform';
import type { Variant } from './release';

/** Which engine a process on this machine would use, and what stands against a better one. Looks, but installs nothing. */
export type EngineChoice =
  | { engine: 'tensorflow'; folder: string; variant: Variant; problems: EngineProblem[] }
  | { engine: 'wasm'; problems: EngineProblem[] }
  | { engine: 'cpu'; problems: EngineProblem[] };

const NOT_INSTALLED: EngineProblem = {
  code: 'not-installed',
  message: 'The native TensorFlow engine is not installed; networks train on WebAssembly, several times slower.',
  fix: 'Run: npm run engine:install (274 MB; training and npm start do it by themselves)',
};

const GPU_UNUSED: EngineProblem = {
  code: 'gpu-unused',
  message: 'This machine has an NVIDIA GPU, but only the engine for CPUs is installed.',
  fix: 'Run: npm run engine:install -- --gpu (3.4 GB)',
};

function installedVariant(variant: Variant): string | null {
  return installedEngine(releaseHere(variant))?.folder ?? null;
}

function chooseNative(): EngineChoice {
  try {
    const gpu = hasGpu();
    const gpuFolder = gpu ? installedVariant('gpu') : null;
    if (gpuFolder !== null) return { engine: 'tensorflow', folder: gpuFolder, variant: 'gpu', problems: [] };
    const folder = installedVariant('cpu');
    if (folder === null) return { engine: 'wasm', problems: [NOT_INSTALLED] };
    return { engine: 'tensorflow', folder, variant: 'cpu', problems: gpu ? [GPU_UNUSED] : [] };
  } catch (error) {
    return { engine: 'wasm', problems: [problemOf(error)] };
  }
}

/** `NETLOOM_ENGINE`, where it names an engine of a Node process. */
export function forcedEngine(): EngineName | null {
  const name = process.env.NETLOOM_ENGINE;
  return name === 'tensorflow' || name === 'wasm' || name === 'cpu' ? name : null;
}

/** `wanted`: an engine's name or `auto`. Throws `EngineUnavailable` where a wanted native engine is not there. */
export function chooseEngine(wanted: EngineName | 'auto' = 'auto'): EngineChoice {
  const name = wanted === 'auto' ? (forcedEngine() ?? 'auto') : wanted;
  if (name === 'auto') return chooseNative();
  if (name === 'webgpu')
    throw new EngineUnavailable({
      code: 'platform',
      message: 'The WebGPU engine runs in browsers only.',
      fix: 'Choose tensorflow, wasm or cpu.',
    });
  const forced: EngineProblem = {
    code: 'forced',
    message: `The engine ${name} was asked for by name.`,
    fix: 'Unset NETLOOM_ENGINE and leave out --engine to get the fastest one.',
  };
  if (name === 'wasm') return { engine: 'wasm', problems: [forced] };
  if (name === 'cpu') return { engine: 'cpu', problems: [forced] };
  const choice = chooseNative();
  if (choice.engine !== 'tensorflow') throw new EngineUnavailable(choice.problems[0] ?? NOT_INSTALLED);
  return choice;
}
