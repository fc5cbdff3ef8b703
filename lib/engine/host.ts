import type { AssetCard } from '@/lib/compile/asset-card';
import type { DatasetOpener } from '@/lib/datasets/card';
import type { HostTensor, OptimizerContext, OptimizerRun, Random, Tensor, Tf } from '@/lib/nodes/kind';

export type EngineName = 'tensorflow' | 'webgpu' | 'wasm' | 'cpu';

/** Key of a stateless draw: PROGRAMS section 3, "Random numbers". `stream` counts the draws of one op call. */
export interface RandomKey {
  seed: number;
  path: string;
  pass: 'train' | 'validation' | 'test' | 'emit' | 'start';
  clock: number;
  t: number;
}

/** Gives the tensor that an input of a traced step stands for. */
export type Input = (key: string) => Tensor;

/** What an input of a compiled step is at one moment of a run. Bytes are pixels; the graph makes [0, 1] of them. */
export type Feed = (key: string) => HostTensor;

/** Applies one optimizer's update to a variable of the state in place, or null where the engine has no op for that. */
export type ApplyInPlace = (algorithm: string, context: OptimizerContext) => ReturnType<OptimizerRun['update']> | null;

export interface StepResult {
  outputs: Record<string, Tensor>;
  /** New values of the state, by key. */
  writes?: Record<string, Tensor>;
  /** Frees what the code kept outside of the surrounding tidy. */
  dispose?(): void;
}

/**
 * Tensor code that is to become one graph. It takes all that changes between calls through `input`: what lies in the
 * session under that key is the run's state; batches, scheduled numbers and seeds are given with each call.
 */
export type TracedStep = (input: Input, apply: ApplyInPlace) => StepResult;

/** A step as one call; the same inputs and state give the same bits. */
export interface CompiledStep {
  /** Nodes of the graph, before the engine's own optimiser. */
  nodes: number;
  /** Keys of the state that it reads, and that it writes. */
  reads: readonly string[];
  writes: readonly string[];
  /** Runs behind all that was started before, while JavaScript goes on; takes copies of what it is fed. */
  start(feed: Feed): Promise<Record<string, HostTensor>>;
}

/** Where the state of one run lives while compiled steps change it in place. */
export interface StepSession {
  /**
   * Runs the code twice to record it; throws where it cannot be a graph, and `StepCompiler.reason` then says why.
   * `example`: types and shapes of what is given with each call.
   */
  compile(step: TracedStep, example: Feed): CompiledStep;
  has(key: string): boolean;
  /** Behind all steps that were started. A key keeps its type and shape. */
  write(values: Record<string, HostTensor>): void;
  /** Copies, behind all steps that were started. */
  read(keys: readonly string[]): Record<string, HostTensor>;
  /** Remembers the whole state as it is behind all steps that were started; costs next to nothing. */
  save(): void;
  /** Puts the state back where it was saved. */
  restore(): void;
  dispose(): void;
}

/** Turns tensor code into graphs, where an engine can. */
export interface StepCompiler {
  /** Whether layers of this kind share the threads out by themselves, whatever a session's share of them is. */
  splits(kind: string): boolean;
  /** `flops` that an iteration has to do at once in layers of other kinds: small steps are faster on one thread. */
  open(options: { flops: number }): StepSession;
  /** Draws whose seeds (int32, 2) are tensors. */
  random(seed: () => Tensor): Random;
  /** Why code is not a graph, or null where the error is another one. */
  reason(error: unknown): string | null;
}

/** Files of trained weights that a place has, by the id that documents name. */
export interface AssetOpener {
  /** Undefined where there is no such file. */
  card(id: string): Promise<AssetCard | undefined>;
  /** Rejects with a message for the user where the file, or one of these tensors, is missing. */
  read(id: string, tensors: readonly string[]): Promise<Record<string, HostTensor>>;
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
  /** Absent: there are no files of trained weights. */
  assets?: AssetOpener;
  /** Draws on the device with the same bits as `lib/tensor/philox.ts`; absent: drawn in TypeScript and uploaded. */
  random?: (key: RandomKey) => Random;
  /** Absent: every op is a call of its own. */
  compiler?: StepCompiler;
  /** Milliseconds, monotonic. */
  now(): number;
  /** Lets messages in: resolves in the next macrotask. */
  breathe(): Promise<void>;
  /** Resident memory in bytes, where it is known. */
  memoryBytes?(): number | null;
}
