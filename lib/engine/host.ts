import type { DatasetOpener } from '@/lib/datasets/card';
import type { Random, Tensor, Tf } from '@/lib/nodes/kind';

export type EngineName = 'tensorflow' | 'webgpu' | 'wasm' | 'cpu';

/** Key of a stateless draw: PROGRAMS section 3, "Random numbers". `stream` counts the draws of one op call. */
export interface RandomKey {
  seed: number;
  path: string;
  pass: 'train' | 'validation' | 'test' | 'emit' | 'start';
  clock: number;
  t: number;
}

/** Gives the tensor that an input of a compiled step stands for. */
export type Resolve = (key: string) => Tensor;

/**
 * Tensor code that is to become one graph. It takes all that changes between calls through `input`: weights, batches,
 * scheduled numbers, seeds. `dispose` frees what it kept outside of the surrounding tidy.
 */
export type TracedStep = (input: Resolve) => { outputs: Record<string, Tensor>; dispose(): void };

/** A step as one call; the same inputs give the same bits. Call it in a tidy. */
export interface CompiledStep {
  /** Nodes of the graph, before the engine's own optimiser. */
  nodes: number;
  run(resolve: Resolve): Record<string, Tensor>;
  dispose(): void;
}

/** A step that is one call, or why it is not. */
export type Compilation = CompiledStep | { eager: string };

/** Turns tensor code into graphs, where an engine can. */
export interface StepCompiler {
  /**
   * Runs the code twice, with inputs of two different iterations, to record it; throws where it cannot be a graph, and
   * `reason` then says why.
   */
  compile(step: TracedStep, examples: readonly [Resolve, Resolve]): CompiledStep;
  /** Draws whose seeds (int32, 2) are tensors. */
  random(seed: () => Tensor): Random;
  /** Why code is not a graph, or null where the error is another one. */
  reason(error: unknown): string | null;
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
  /** Absent: every op is a call of its own. */
  compiler?: StepCompiler;
  /** Milliseconds, monotonic. */
  now(): number;
  /** Lets messages in: resolves in the next macrotask. */
  breathe(): Promise<void>;
  /** Resident memory in bytes, where it is known. */
  memoryBytes?(): number | null;
}
