import type { Json } from '@/lib/base/json';
import type { PortId } from '@/lib/graph/document';
import type { Spec } from '@/lib/tensor/spec';

/**
 * What a document compiles to: a list of pure ops and an ordered list of tasks. A task says when it runs, which slice
 * of the ops it evaluates and which variables it may write. Specification: docs/programs.md section 2.
 */

/** The node's path through instances, such as `n7/n2` or, for chained copies, `n7[3]/n2`. */
export type Path = string;
/** `${Path}.${PortId}` */
export type ValueId = string;
/** `${Path}#${slot}` */
export type VariableId = string;
/** A constant or a clock's value. */
export type Num = number | ValueId;

export type Init =
  | { by: 'value'; value: Json }
  | { by: 'asset'; asset: string; tensor: string }
  | { by: 'copy'; of: VariableId }
  | { by: 'random'; law: string; key: string; params: Record<string, Json> };

export interface Variable {
  id: VariableId;
  /** `generator/conv1/kernel`; outside the hash. */
  name: string;
  shape: number[];
  dtype: 'float32' | 'int32' | 'string';
  init: Init;
  role: 'trainable' | 'carry' | 'fitted' | 'average';
  frozen: boolean;
  /** A carry that is zero again when an epoch opens; it belongs to the training alone. */
  resets?: 'epoch';
}

export interface Op {
  id: Path;
  /** Outside the hash. */
  name: string;
  kind: string;
  version: number;
  where: 'device' | 'host' | 'source' | 'clock';
  params: Record<string, Json>;
  numbers: Record<string, Num>;
  in: Record<PortId, ValueId[]>;
  /** By port. A name that is a slot of `uses` gives that variable as a tensor, where somebody reads it. */
  out: Record<PortId, ValueId>;
  /** Slot → variable. A caller uses those of its body: `dense1#kernel`. */
  uses: Record<string, VariableId>;
  rng?: 'iteration' | 'example';
  /** Of a clock: the metric of the validation sweep that it hangs on, beside the time. */
  follows?: { metric: string; better: 'lower' | 'higher' };
  frozen?: true;
  body?: string;
  /** What `gradient` differentiates, from wrt to of. */
  region?: Path[];
}

/**
 * The block of a caller: `inputs` are set at each call, in the block's order. It reads them, its variables, and clocks that
 * are among the caller's `numbers`.
 */
export interface Body {
  inputs: { port: PortId; value: ValueId }[];
  outputs: { port: PortId; value: ValueId }[];
  ops: Op[];
}

export interface Fold {
  id: Path;
  kind: string;
  params: Record<string, Json>;
  in: Record<PortId, ValueId[]>;
  gives: { metric: string } | { variables: VariableId[] } | { held: ValueId };
}

/** `(i + 1) % every == 0` and `from <= i < until`. */
export interface Due {
  at: 'start' | 'iteration' | 'epoch' | 'validation' | 'end' | 'demand';
  every?: number;
  from?: number;
  until?: number;
}

/** Opens every iteration. */
export interface Fetch {
  do: 'fetch';
  sources: Path[];
  ops: Path[];
  keep: ValueId[];
}

export interface Update {
  do: 'update';
  id: Path;
  /** For messages; outside the hash. */
  name?: string;
  due: Due;
  loss: ValueId;
  ops: Path[];
  weights: VariableId[];
  writes: { variable: VariableId; by: Path; slot: string }[];
  averages: { variable: VariableId; of: VariableId; decay: Num }[];
  folds: Path[];
  /** Kind id of the optimizer. */
  algorithm: string;
  /** Structural params of the optimizer. */
  params: Record<string, Json>;
  numbers: Record<string, Num>;
  accumulate: number;
  clip?: { by: 'norm' | 'global-norm' | 'value'; at: Num };
  nonFinite: 'stop' | 'retire';
}

export interface Sweep {
  do: 'sweep';
  id: string;
  due: Due;
  split: 'train' | 'validation' | 'test';
  ops: Path[];
  folds: Path[];
}

export interface Emit {
  do: 'emit';
  id: Path;
  /** Of the sink, for people; outside the hash. */
  name?: string;
  due: Due;
  /** Kind id of the sink. */
  sink: string;
  params: Record<string, Json>;
  ops: Path[];
  fetch: ValueId[];
  /** Port of the sink → values, in `fetch`; a sink with `feed` overrides those ports' values. */
  in: Record<PortId, ValueId[]>;
  /** Of a sink that shows children: the op that has them trained. Nothing is evaluated for it. */
  of?: Path;
}

export type Task = Fetch | Update | Sweep | Emit;

/** An exported function: starts at the sources of its slice, or at the wires given to the output node. */
export interface Fn {
  name: string;
  inputs: { name: string; value: ValueId }[];
  outputs: { name: string; value: ValueId }[];
  ops: Path[];
}

export interface RunPolicy {
  length: { epochs: number } | { iterations: number };
  epochSource: Path | null;
  updates: 'in-order' | 'together';
  remainder: 'keep' | 'drop';
  /** Length of a sweep over a split that no finite source has. */
  validationBatches: number;
  validate: Due;
  checkpoint: Due;
  monitor?: { metric: string; better: 'lower' | 'higher'; patience: number; minDelta: number; restoreBest: boolean };
}

/** Figures for people; outside the hash. Bytes and FLOPs are for one example. */
export interface NodeReport {
  parameters: number;
  trainableParameters: number;
  flops: number;
  activationBytes: number;
  /** Pixels of the input that one output number sees, by spatial axis. */
  receptiveField?: number[];
}

export interface Program {
  format: 'program/1';
  hash: string;
  symbols: Record<string, number>;
  values: Record<ValueId, Spec>;
  variables: Variable[];
  /** In topological order. */
  ops: Op[];
  bodies: Record<string, Body>;
  folds: Fold[];
  tasks: Task[];
  functions: Fn[];
  run: RunPolicy;
  report: Record<Path, NodeReport>;
  /** Default seed of Training; outside the hash. */
  seed: number;
}

/** The one inspection call: never writes. */
export interface Evaluate {
  fetch: ValueId[];
  set?: Record<ValueId, Json>;
  shift?: { variable: VariableId; by: Json; times: number }[];
  gradients?: { of: ValueId; wrt: (ValueId | VariableId)[] };
  mode: 'train' | 'evaluation';
  split: string;
  index?: number[];
}
