import type { EngineStatus } from '@/lib/protocol/service';
import { cacheFolder } from './cache-folder';
import { chooseEngine, type EngineChoice } from './choose-engine';
import { deviceMemory } from './device-memory';
import { defaultThreads } from './engine-environment';
import { type EngineProblem, problemOf } from './engine-problem';
import { projectRequire } from './project';
import { testEngine } from './test-engine';

export type DoctorReport = Omit<EngineStatus, 'workers'> & {
  platform: string;
  threads: number;
  /** Whether training steps run as one call each, and why not; whether oneDNN computes their convolutions. */
  compiledSteps: { available: boolean; reason: string | null; oneDnn: boolean };
  paths: { cache: string; engine: string | null };
  problems: EngineProblem[];
};

const tfjsVersion = (): string => (projectRequire('@tensorflow/tfjs/package.json') as { version: string }).version;

function choose(): EngineChoice {
  try {
    return chooseEngine();
  } catch (error) {
    return { engine: 'wasm', problems: [problemOf(error)] };
  }
}

/**
 * What a run on this machine would use right now, tried out in a child process and not merely looked up, and every
 * problem with the way to mend it. Changes and installs nothing.
 */
export async function doctor(): Promise<DoctorReport> {
  const report = await tryEngine();
  return { ...report, memoryBytes: await deviceMemory(report) };
}

type Tried = Omit<DoctorReport, 'memoryBytes'>;

async function tryEngine(): Promise<Tried> {
  const choice = choose();
  const base = {
    versions: { node: process.versions.node, tfjs: tfjsVersion(), tensorflow: null },
    platform: `${process.platform}-${process.arch}`,
    paths: { cache: cacheFolder(), engine: null },
    problems: choice.problems,
  };
  const threads = defaultThreads();
  const eager = (engine: string) => ({
    available: false,
    oneDnn: false,
    reason: `The ${engine} engine computes op by op; the native TensorFlow engine compiles whole steps.`,
  });
  const fallback = (problems: EngineProblem[]): Tried => ({
    ...base,
    engine: 'wasm',
    device: 'WebAssembly, 1 thread',
    threads: 1,
    compiledSteps: eager('WebAssembly'),
    problems,
  });
  if (choice.engine === 'cpu') {
    const compiledSteps = eager('JavaScript');
    return { ...base, engine: 'cpu', device: 'JavaScript, 1 thread', threads: 1, compiledSteps };
  }
  if (choice.engine === 'wasm') return fallback(choice.problems);
  try {
    const { tensorflow, device, oneDnn } = await testEngine(choice.folder);
    return {
      ...base,
      engine: 'tensorflow',
      device,
      threads,
      // The self-test has compiled one.
      compiledSteps: { available: true, reason: null, oneDnn },
      versions: { ...base.versions, tensorflow },
      paths: { ...base.paths, engine: choice.folder },
    };
  } catch (error) {
    return fallback([...choice.problems, problemOf(error)]);
  }
}
