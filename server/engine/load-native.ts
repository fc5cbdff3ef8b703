import util from 'node:util';
import type * as tfjs from '@tensorflow/tfjs';
import type { HostTensor } from '@/lib/nodes/kind';
import { addonFile } from './compile-addon';
import type { EagerAttribute, EagerOutput } from './compiled/trace';
import { projectRequire } from './project';

/** The addon: what of it is used outside the package. The package types it, but not as an export. */
export interface NativeBinding {
  TF_Version: string;
  isUsingGpuDevice(): boolean;
  TF_ATTR_TYPE: number;
  TF_ATTR_INT: number;
  TF_ATTR_FLOAT: number;
  TF_ATTR_BOOL: number;
  TF_ATTR_STRING: number;
  TF_FLOAT: number;
  TF_INT32: number;
  TF_BOOL: number;
  TF_STRING: number;
  createTensor(shape: number[], type: number, data: unknown): number;
  executeOp(op: string, attributes: EagerAttribute[], inputs: number[], outputs: number): EagerOutput[];
  tensorDataSync(id: number): unknown;
  /** From here on of our own (`addon`). A graph that computes nothing; TensorFlow infers what its ops give. */
  graphOpen(): NativeGraph;
  /** Attributes as AttrValue buffers; an inner list of inputs is one argument. Shape null: it hangs on values. */
  graphAdd(
    graph: NativeGraph,
    name: string,
    op: string,
    inputs: (string | string[])[],
    attributes: [string, Uint8Array][],
  ): { dtype: number; shape: number[] | null }[];
  /** An OpList protocol buffer. */
  opList(): Uint8Array;
  /** A KernelList protocol buffer. */
  kernelsOf(op: string): Uint8Array;
  /** Graphs that run, with variables that stay; `config`: a ConfigProto buffer; `call`: the RunOptions of each call. */
  sessionOpen(config: Uint8Array, call: Uint8Array): NativeSession;
  sessionExtend(session: NativeSession, graph: Uint8Array, prefix: string): void;
  sessionPlan(session: NativeSession, inputs: string[], outputs: string[], targets: string[]): number;
  /** Runs a plan on the session's own thread, behind all that was started before. */
  sessionStart(session: NativeSession, plan: number, inputs: readonly HostTensor[]): Promise<HostTensor[]>;
  /** The same, and waits. */
  sessionRun(session: NativeSession, plan: number, inputs: readonly HostTensor[]): HostTensor[];
  /** Lets the current call end, drops the others, frees the variables. */
  sessionClose(session: NativeSession): void;
}

/** Handles of the addon. */
export type NativeGraph = { readonly graph: unique symbol };
export type NativeSession = { readonly session: unique symbol };

/** TensorFlow.js' backend over the addon. `executeSingleOutput` runs any TensorFlow op eagerly. */
export interface NativeBackend {
  binding: NativeBinding;
  executeSingleOutput(op: string, attributes: EagerAttribute[], inputs: tfjs.Tensor[]): tfjs.Tensor;
  executeMultipleOutputs(
    op: string,
    attributes: EagerAttribute[],
    inputs: tfjs.Tensor[],
    outputs: number,
  ): tfjs.Tensor[];
  /** A tensor of TensorFlow.js for a handle of the binding. */
  createOutputTensor(output: EagerOutput): tfjs.Tensor;
  /** The binding's handles of tensors. */
  getInputTensorIds(tensors: tfjs.Tensor[]): number[];
}

export interface NativeTensorflow {
  tf: typeof tfjs;
  binding: NativeBinding;
  backend: NativeBackend;
}

const PACKAGE = '@tensorflow/tfjs-node-gpu/dist';
let loaded: NativeTensorflow | undefined;

/**
 * Loads TensorFlow.js with the native engine from its cache folder; nothing is written into node_modules. The package's
 * own index is left out, since it looks for a library beside itself. A process loads one engine, once.
 * Thread counts and logging are read by TensorFlow from the environment at this moment (see `engine-environment.ts`).
 */
export function loadNative(folder: string): NativeTensorflow {
  if (loaded) return loaded;
  // The package calls what Node 23 removed, and what older ones announce as deprecated.
  Object.assign(util, {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  });
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true';
  projectRequire(`${PACKAGE}/register_all_kernels`);
  const tf = projectRequire('@tensorflow/tfjs') as typeof tfjs;
  const { NodeJSKernelBackend } = projectRequire(`${PACKAGE}/nodejs_kernel_backend`) as {
    NodeJSKernelBackend: new (binding: NativeBinding, name: string) => NativeBackend & tfjs.KernelBackend;
  };
  const binding = projectRequire(addonFile(folder)) as NativeBinding;
  const backend = new NodeJSKernelBackend(binding, 'netloom');
  tf.registerBackend('tensorflow', () => backend, 3);
  if (!tf.setBackend('tensorflow')) throw new Error('TensorFlow.js refuses the native backend');
  loaded = { tf, binding, backend };
  return loaded;
}
