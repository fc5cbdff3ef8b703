import type * as tfjs from '@tensorflow/tfjs-core';
import type { Json } from '@/lib/base/json';
import type { DatasetCard } from '@/lib/datasets/card';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Block, PortId } from '@/lib/graph/document';
import type { PortType } from '@/lib/graph/port-type';
import type { Spec } from '@/lib/tensor/spec';
import type { ChildRequest, TriedChild } from './common/children';
import type { Field } from './field';

/**
 * A node kind is one file `lib/nodes/<category>/<kind>.node.ts` with up to six named exports: `face` (what the editor shows and
 * the compiler knows), `infer` (what it makes of what is wired to it), `docs` (what people read about it), `examples` (what it
 * is tried with), `run` (execution) and `emit` (code and file formats). The catalogues `faces`, `infers`, `docs`, `examples`
 * and `kinds.generated.ts` are made from the file names.
 */

export type Tf = typeof tfjs;
export type Tensor = tfjs.Tensor;
export type Tensor2D = tfjs.Tensor2D;
export type Tensor4D = tfjs.Tensor4D;

export type Category =
  | 'data'
  | 'core'
  | 'convolution'
  | 'recurrent'
  | 'attention'
  | 'normalisation'
  | 'ops'
  | 'shape'
  | 'detection'
  | 'losses'
  | 'optimizers'
  | 'schedules'
  | 'metrics'
  | 'sinks'
  | 'blocks';

/** A node wears the colour of what it makes. */
export type Makes = 'data' | 'layer' | 'op' | 'loss' | 'step' | 'number' | 'metric';

/** How the compiler treats a node. */
export type Role =
  | 'op' // device or host op: layers, ops, losses
  | 'dataset' // a source whose ports are the fields of a card
  | 'source' // another source: noise
  | 'clock' // a schedule
  | 'fold' // a metric or fitted statistic
  | 'optimizer'
  | 'training'
  | 'average' // weights that follow others
  | 'sink' // emits samples
  | 'output' // names an exported function
  | 'instance'; // a use of a block

export interface PortFace {
  id: PortId;
  title: string;
  type: PortType;
  optional?: true;
  /** Takes any number of wires, in edge order. */
  variadic?: true;
}

/** What ports and inference may ask about the world around a node. */
export interface FaceEnv {
  dataset(id: string): DatasetCard | undefined;
  block(id: string): Block | undefined;
}

/** Params after defaults are filled in and expressions evaluated. */
export type PlainParams = Record<string, Json>;

export type VariableRole = 'trainable' | 'carry' | 'fitted' | 'average';

/** Initial weights: a law of `lib/tensor/initializers.ts` (Keras 3 names: `glorot_uniform`, `orthogonal`, …) or a value. */
export type InitDecl = { law: string; params?: Record<string, Json> } | { value: Json };

/** A variable that a node owns: `slot` is the last part of its name (`kernel`, `bias`, `moving_mean`). */
export interface VariableDecl {
  slot: string;
  shape: number[];
  dtype?: 'float32' | 'int32';
  role: VariableRole;
  init: InitDecl;
  /**
   * What a training remembers of each example of a batch: `shape` is that of a row, and there is one for each. It is zero
   * again when an epoch opens, and a finished network has none of it.
   */
  perExample?: true;
}

/** A way out that a kind offers; the compiler turns it into a command on the node at hand. */
export type Remedy = { title: string; cost?: string } /** `wire`: which one of a variadic port, from 0. */ & (
  | { insert: { port: PortId; wire?: number; kind: string; params?: PlainParams } }
  | { set: PlainParams }
  | { setSource: { port: PortId; set: PlainParams } }
);

export type Problem = Pick<Diagnostic, 'code' | 'severity' | 'message' | 'expected' | 'received'> & {
  port?: PortId;
  /** Which wire of a variadic port, from 0. */
  wire?: number;
  param?: string;
  remedies?: Remedy[];
};

export interface InferContext {
  params: PlainParams;
  /** Specs on each input port; an empty list where nothing is wired. A promoted param's value is not here. */
  inputs: Record<PortId, Spec[]>;
  env: FaceEnv;
}

export interface Inference {
  /** Output specs. With an error among `problems`, whatever can still be said (`shape: null` where nothing can). */
  outputs: Record<PortId, Spec>;
  variables?: VariableDecl[];
  /** Multiply-adds count as two; for one example; without the backward pass. */
  flops?: number;
  /** How this op changes the receptive field: kernel extent and stride on each spatial axis. */
  window?: { size: number[]; stride: number[] };
  problems?: Problem[];
}

/** What a kind makes of its inputs: pure, and remembered by the compiler. The page loads it after the first picture. */
export type Infer = (context: InferContext) => Inference;

/**
 * How a caller uses its block. Ports of the block that the caller takes as they are stand among the caller's own inputs
 * (`inputs` is then a function of the block). What the block's outputs are arrives at `infer` as inputs `$out.<port>`.
 */
export interface CallFace {
  /** The field that names the block. */
  field: string;
  /** Specs that the block sees on its tensor inputs, from what is wired to the caller. */
  enter(context: InferContext): Record<PortId, Spec>;
  /** Only the block's first output is asked for. */
  first?: true;
  /** The block runs in evaluation mode, whatever the mode around. */
  evaluates?: true;
  /** The block is asked step by step, so it must not look ahead along its first input. */
  causal?: true;
  /** How often the block runs in one call, for figures; default 1. */
  times?(params: PlainParams, inputs: Record<PortId, Spec[]>): number;
}

/** What a node shows in its body; drawn by the editor from a closed set of renderers. */
export type Body =
  /** An activation (`activations.ts`) or schedule (`schedule-curve.ts`); with `field`, the one that this choice field names. */
  | { draw: 'curve'; fn: string; field?: string }
  | { draw: 'kernel' }
  | { draw: 'thumbnails' }
  | { draw: 'histogram' }
  | { draw: 'block' }
  | { draw: 'bars' }
  | { draw: 'text'; text: string };

/** What a kind says of itself to those who ask; the page loads it after the first picture. */
export interface KindDocs {
  /** One or two sentences for a newcomer. */
  text: string;
  /** In plain text with the field's symbols, such as `y = g(x·W + b)`. */
  formula?: string;
  /** Paper or specification, with year. */
  source?: string;
}

/** An example is compiled and run by the contract tests: input specs get seeded data of that shape. */
export interface KindExample {
  title: string;
  params?: PlainParams;
  inputs: Record<PortId, Spec[]>;
}
export type KindExamples = KindExample[];

/** Each step from its own (pointwise), from it and earlier ones (causal), or from any (mixing). */
export type Time = 'pointwise' | 'causal' | 'mixing';

export type Evaluation = 'same' | 'identity' | 'own';

export interface Face {
  /** Kebab-case without category; forever. */
  id: string;
  version: number;
  title: string;
  /** One short sentence. */
  summary: string;
  category: Category;
  makes: Makes;
  role: Role;
  /** Filled tile: has something to learn. */
  learns?: true;
  /** Other names that the search finds: 'fc', 'linear'. */
  aliases: string[];
  /** Tabler outline icon in kebab-case without prefix, such as `grid-pattern`. */
  icon: string;
  fields: Record<string, Field>;
  inputs: PortFace[] | ((params: PlainParams, env: FaceEnv) => PortFace[]);
  outputs: PortFace[] | ((params: PlainParams, env: FaceEnv) => PortFace[]);
  /** Inputs that get a gradient; absent: all tensor and loss inputs. */
  grad?: PortId[] | ((params: PlainParams) => PortId[]);
  /** Finite differences agree with its second gradient. */
  second?: true;
  /** Its run gets `region`: what its input `of` is, as a function of its input `wrt`. */
  differentiates?: true;
  /** While training, what comes out for one example depends on the others of its batch. */
  mixesExamples?: true;
  /** In evaluation mode (`evaluationOf`): the same (default), output `y` is input `x` (and `y2` is `x2`), or its own way (`ctx.mode`). */
  evaluation?: Evaluation | ((params: PlainParams) => Evaluation);
  /** `example`: rows of what it draws hang on the input `index`, an index of a data set, and not on the moment. */
  rng?: 'iteration' | 'example';
  /** How a step of the output depends on the steps of the input; absent: on all of them (`timeOf`). */
  time?: Time | ((params: PlainParams) => Time);
  /** Can read a sequence piece by piece (`RunContext.state`); these ports are handed in so, others only matter at the start. */
  steps?: PortId[];
  /** Runs on the host, in fetch, without gradient. */
  host?: true;
  /** Trains other documents in fetch, and is known there alone: no sweep depends on it. */
  trains?: true;
  /** Sinks: shows the children that the node wired to its input has trained. Nothing is evaluated for it. */
  shows?: 'children';
  /** A caller runs a block as a function: `iterate`, `generate`, `rollout`. */
  calls?: CallFace;
  /** Computes with the trainable variables of all that is wired to its port `weights`; in `variables` they stand by their ids. */
  readsWeights?: true;
  /** Of the wires into `port`, only the one that the live number `by` counts to (from 0) is evaluated. */
  selects?: { port: PortId; by: string };
  /** When a fold with tensor outputs (held values), or an op with `fit`, is due; its own sweep over train. */
  due?: 'start' | 'epoch';
  /** Metrics: measured by sweeps alone; what it gathers is too much for every iteration. */
  apart?: true;
  /** Metrics: which way is good, for early stopping; a loss is always better lower. */
  better?: 'higher' | 'lower';
  /** Optimizers: how many numbers they keep for each weight (default 0). */
  keeps?: number | ((params: PlainParams) => number);
  /** Bypassed: this input becomes that output. */
  passThrough?: { input: PortId; output: PortId };
  body?: Body;
  /** From version n to n + 1, by n. */
  migrations?: Record<number, (params: PlainParams) => PlainParams>;
  /** Kind ids that usually follow. */
  oftenNext?: string[];
}

// ——— execution ———————————————————————————————————————————————————————————————————————————————————————————————

/** Stateless draws: the same key gives the same numbers on every engine. Each call of a run uses the next stream. */
export interface Random {
  /** float32 in [min, max). */
  uniform(shape: number[], min?: number, max?: number): Tensor;
  normal(shape: number[], mean?: number, std?: number): Tensor;
}

/** A block as a function: tensors of its input ports to tensors of its outputs. */
export interface BlockCall {
  /** Ports that hold tensors, in the block's order. */
  inputs: PortId[];
  outputs: PortId[];
  /**
   * `t`: which call of this run it is, from 0; random numbers inside depend on it. Call it in a tidy. With `states`, ops
   * go on from where they stopped in the call before that had the same.
   */
  run(inputs: Record<PortId, Tensor>, t: number, states?: OpStates): Record<PortId, Tensor>;
  /** Whether a sequence on the first input may be handed in piece by piece, with `states`. */
  steps: boolean;
}

/** What ops remember from call to call, by path. */
export type OpStates = Map<string, Tensor[]>;

export interface RunContext {
  params: PlainParams;
  /** Live numbers by field key: a constant, or this iteration's clock value. A tensor while a step is traced. */
  numbers: Record<string, number | Tensor>;
  inputs: Record<PortId, Tensor[]>;
  /** What inference said of the first wire into a port. */
  spec(port: PortId): Spec | undefined;
  /** Own variables by slot. */
  variables: Record<string, Tensor>;
  /** `train`: dropout drops and batch norm normalises by the batch. `frozen` nodes always get `evaluation`. */
  mode: 'train' | 'evaluation';
  random: Random;
  /** Size of this batch. */
  batch: number;
  /** Kinds that train children: the score of one; undefined where it is not known, as everywhere but in fetch. */
  child?(request: ChildRequest): number | undefined;
  /** Callers: the block as a function. */
  body?: BlockCall;
  /** Kinds with `steps`: what they gave as `state` for the steps before these. */
  state?: Tensor[];
  /** Where the kind differentiates: everything between `wrt` and `of` as a function of `wrt`, with the same random numbers; it writes nothing. */
  region?(wrt: Tensor): Tensor;
}

export interface RunResult {
  outputs: Record<PortId, Tensor>;
  /** New values of carries, by slot. */
  writes?: Record<string, Tensor>;
  /** Kinds with `steps`: what they need to go on with the steps after these. */
  state?: Tensor[];
}

/** Pure: outputs from inputs, params and variables. Called inside `tf.tidy` and, in updates, inside a gradient tape. */
export type OpRun = (tf: Tf, context: RunContext) => RunResult;

/** A schedule. `iterations`: the planned length, where it is known. */
export interface ClockContext {
  params: PlainParams;
  numbers: Record<string, number>;
  iteration: number;
  epoch: number;
  iterationsPerEpoch: number | null;
  iterations: number | null;
  /** The metric on its input `metric`: what it was at each validation before this iteration; null where it was not finite. */
  followed?: { better: 'lower' | 'higher'; values: readonly (number | null)[] };
}
export type ClockRun = (context: ClockContext) => Record<PortId, number>;

/** What a fold hands out: a number, or a table for a panel. */
export type MetricTable =
  | { table: 'confusion'; classes: string[]; counts: number[][] }
  | { table: 'points'; series: { name: string; x: number[]; y: number[] }[] }
  /** Rows of pictures, one after another; `pixels` as in a sample. */
  | {
      table: 'pictures';
      shape: [number, number, number, number];
      pixels: string;
      rows: { name: string; count: number }[];
    };
export type MetricResult = number | MetricTable;

/**
 * A fold over batches: `measure` runs on the device and returns small tensors, which the engine adds up over the
 * batches (`sum`, default) or strings together (`concat`); `result` turns the totals into a metric.
 */
export interface FoldRun {
  combine?: 'sum' | 'concat';
  measure(tf: Tf, context: Pick<RunContext, 'params' | 'inputs' | 'batch'>): Record<string, Tensor>;
  /** What of the totals of several batches still matters; default: all. */
  keep?(totals: Record<string, number[]>, params: PlainParams): Record<string, number[]>;
  result(
    totals: Record<string, Float32Array | Float64Array>,
    params: PlainParams,
    specs: Record<PortId, Spec[]>,
    /** Of the data set that the fold's inputs come from: names of classes. */
    card?: DatasetCard,
  ): MetricResult;
}

/**
 * A fold whose totals become tensors: held values of a fold node by output port, or fitted variables of an op by slot.
 * Measured by its own sweep over train, `face.due`.
 */
export interface HoldRun extends Pick<FoldRun, 'combine' | 'measure'> {
  hold(
    totals: Record<string, Float32Array | Float64Array>,
    params: PlainParams,
    specs: Record<PortId, Spec[]>,
  ): Record<string, HostTensor>;
}

export interface OptimizerContext {
  variable: Tensor;
  gradient: Tensor;
  slots: Record<string, Tensor>;
  params: PlainParams;
  /** Live numbers (learning rate, …). */
  numbers: Record<string, number | Tensor>;
  /** Applied updates so far, from 1. */
  t: number | Tensor;
}

/**
 * Keras 3's formula of one optimizer. Slots are float32 of the variable's shape, filled with `slots[name](params)`;
 * null where these params need no such slot. `update` gives back every slot that it was given.
 */
export interface OptimizerRun {
  slots: Record<string, (params: PlainParams) => number | null>;
  update(tf: Tf, context: OptimizerContext): { variable: Tensor; slots: Record<string, Tensor> };
}

/** A box in parts of its picture: y1, x1, y2, x2. */
export interface PlacedBox {
  box: [number, number, number, number];
  /** Index into the sample's classes. */
  class: number;
  score?: number;
}

/** A picture of something at a moment of the run; drawn by the run panel from this closed set. */
export type Sample =
  | {
      sample: 'images';
      shape: [number, number, number, number] /** base64 of uint8 pixels */;
      pixels: string;
      captions?: string[];
      right?: boolean[];
    }
  | {
      sample: 'field'; // a 2-D decision map: `values` row by row from `y[0]` upwards, class probabilities or one score
      x: [number, number];
      y: [number, number];
      size: [number, number];
      values: number[];
      classes: number;
      points?: { x: number[]; y: number[]; label: number[] };
    }
  | {
      sample: 'curves'; // functions of one number; `spread`: half the height of a band around y
      series: { name: string; x: number[]; y: number[]; spread?: number[] }[];
      points?: { x: number[]; y: number[] };
    }
  | {
      sample: 'boxes'; // pictures with found and true boxes
      shape: [number, number, number, number];
      pixels: string;
      classes: string[];
      found: PlacedBox[][];
      truth?: PlacedBox[][];
    }
  | {
      sample: 'masks'; // pictures with the class of each pixel: base64 of uint8, one mask after another
      shape: [number, number, number, number];
      pixels: string;
      classes: string[];
      masks: string;
      truth?: string;
    }
  | {
      sample: 'captions'; // pictures with what is said of them, and what is true where that is known
      shape: [number, number, number, number];
      pixels: string;
      texts: string[];
      truth?: string[];
    }
  | { sample: 'histogram'; low: number; high: number; series: { name: string; counts: number[] }[] }
  /** Points of the plane, a series for each wire; `label`: class of each, by index into `classes`. */
  | { sample: 'scatter'; series: { x: number[]; y: number[]; label?: number[] }[]; classes: string[] }
  /** Networks that a search has trained so far. */
  | { sample: 'population'; children: TriedChild[] }
  | { sample: 'matrix'; size: [number, number]; values: number[] }
  | { sample: 'numbers'; columns: string[]; rows: number[][] }
  | { sample: 'text'; lines: string[] };

export interface HostTensor {
  data: Float32Array | Int32Array | Uint8Array;
  shape: number[];
}

/** A sink: which inputs to override while its slice is evaluated, and how to pack what arrives. */
export interface SinkRun {
  /**
   * Values for some input ports, put in place of what is wired to them while the sink's slice is evaluated. Without
   * it, the slice sees the first `params.count` (or 16) rows of validation. Where a port is fed and rows can be had too,
   * `pack` finds what they were on it under `rows:<port>`, and the unfed ports that do not depend on it hold those rows.
   */
  feed?(params: PlainParams, specs: Record<PortId, Spec[]>): Record<PortId, HostTensor>;
  pack(
    values: Record<PortId, HostTensor[]>,
    params: PlainParams,
    specs: Record<PortId, Spec[]>,
    card?: DatasetCard,
    /** Where the face `shows` them, in the order in which they were asked for. */
    children?: readonly TriedChild[],
  ): Sample;
}

/** `run` of a kind's file, by role. Datasets, instances, training and outputs have none. */
export type KindRun =
  | { as: 'op'; run: OpRun; fit?: HoldRun }
  | { as: 'source'; run: OpRun }
  | { as: 'clock'; run: ClockRun }
  | { as: 'fold'; fold: FoldRun }
  | { as: 'hold'; hold: HoldRun }
  | { as: 'optimizer'; optimizer: OptimizerRun }
  | { as: 'sink'; sink: SinkRun };

// ——— emission ————————————————————————————————————————————————————————————————————————————————————————————————

export interface EmitContext {
  /** All of them: live numbers too, at their constant value or, where a clock drives them, at the stored one. */
  params: PlainParams;
  inputs: Record<PortId, Spec[]>;
  outputs: Record<PortId, Spec>;
}

/**
 * The arguments of a call of a layer, as what an earlier layer of the emission gives by that name or else as ports of the
 * node; unwired ones are left out.
 */
export interface KerasCall {
  /** A list becomes a list of tensors. */
  args: (PortId | PortId[])[];
  named?: Record<string, PortId | PortId[]>;
  set?: Record<string, Json>;
}

/** One Keras 3 layer: `.keras`, Keras code and the TensorFlow.js layers format are written from it. */
export interface KerasLayer {
  /** `Conv2D`, `MaxPooling2D`, `Activation`, `Add`, … */
  className: string;
  /** It is no layer but an operation of `keras.ops`, and stands in this module of `keras.src.ops`. */
  operation?: 'core' | 'math' | 'nn' | 'numpy';
  /** Keras 3 config without `name`, `trainable`, `dtype`: initializers and defaults may be left out. */
  config: Record<string, Json>;
  /** Variable slots in Keras' order of weights. */
  weights: string[];
  /** Those that stand otherwise in Keras than in the variable, by slot. */
  make?: Record<string, MakeWeight>;
  /** Where they stand below `layers/<key>`, all or each (some in several places); default `vars`, recurrent layers `cell/vars`. */
  weightsAt?: string | (string | string[])[];
  /** How it takes its inputs; default: what the layer before gives or, for the first, one tensor by itself, several as a list in the order of ports. */
  call?: KerasCall;
  /** What it gives, in Keras' order, where that is more than one tensor: ports, or names by which later layers take it. */
  outputs?: string[];
  /** What TensorFlow.js calls differently. */
  tfjs?: { className?: string; config?: Record<string, Json> /** Why it has no such layer. */; unsupported?: string };
}

/** Layers one after the other (a Dense with a non-Keras activation is two), or why there are none. */
export type KerasEmission = KerasLayer[] | Unsupported;

/**
 * Where channels stand in tensors of three and more axes (sequences, pictures, volumes) that an emission takes and gives.
 * `last` is ours; `first` (right after the batch) that of PyTorch and ONNX; `either`: it works in the order that it finds,
 * and its output has the axes of its first input. The exporter transposes where two differ.
 */
export type Channels = 'last' | 'first' | 'either';

/**
 * Which numbers an emission takes: `float32`, what the exporter makes of whole numbers and truth values before, or `any`:
 * each input as it is. What comes out has the type of the output's spec; whole numbers are int64 in PyTorch code.
 */
export type Takes = 'float32' | 'any';

/** A weight of the other side from own variables, by slot: a transposed kernel, gates in another order (`make-weight.ts`). */
export type MakeWeight = (slots: Record<string, HostTensor>) => HostTensor;

/** What stands around the code or the nodes of one op. */
export interface EmitPlace {
  /** Names of the inputs, by port. */
  inputs: Record<PortId, string[]>;
  /** The first (or only) input on a port. */
  on(port: PortId): string;
  /** Where an axis of our first input (negative: from the end) stands in the order of channels at hand. */
  axis(axis: number): number;
}

export interface TorchPlace extends EmitPlace {
  /** The submodule, such as `self.dense1`. */
  self: string;
  /** Gives an expression a name like this one, for use more than once; answers the name. */
  keep(name: string, expression: string): string;
}

/** How a kind is written as PyTorch code (1.13 and newer) for evaluation and training. */
export interface TorchEmission {
  /** Default `last`. */
  channels?: Channels;
  /** Default `float32`. */
  takes?: Takes;
  /** The submodule, such as `nn.Linear(128, 10)` or `nn.Parameter(torch.zeros(3))`; absent: there is none. */
  module?: string;
  /** The submodule's `state_dict`, by its own names (`weight`, `weight_ih_l0`); of an `nn.Parameter` the name is `''`. */
  weights?: Record<string, MakeWeight>;
  /** Own variables as expressions, by slot, where others read them (tied weights); the rest are copied. */
  variables?: Record<string, (self: string) => string>;
  /** Functions and classes that the code needs; each stands once at the head of the file, where `nn`, `F`, `torch` and `math` are imported. */
  helpers?: string[];
  /** Expressions of the outputs, by port. */
  forward(place: TorchPlace): Record<PortId, string>;
}

export type OnnxAttribute = number | string | number[] | string[] | { float: number } | { floats: number[] };

/** Writes nodes of an ONNX graph (opset 17). Values are names; the empty name leaves an optional input out. */
export interface OnnxPlace extends EmitPlace {
  /** Adds a node; answers the name of its only output. Whole numbers are attributes of type int, `{ float }` the others. */
  node(type: string, inputs: string[], attributes?: Record<string, OnnxAttribute>): string;
  /** A node with several outputs. */
  nodes(type: string, inputs: string[], attributes: Record<string, OnnxAttribute>, outputs: number): string[];
  /** A number (no axes) or a list; float32 unless `dtype` says otherwise. */
  constant(values: number | number[], dtype?: 'float32' | 'int32' | 'int64' | 'bool', shape?: number[]): string;
  /** A weight; ops that share variables share it by this name. */
  weight(name: string, make: MakeWeight): string;
  /**
   * Runs the nodes of `step` for each place along axis 1 of `series`, with float32 states that go from place to place.
   * Answers the states after the last, and what `step` put out at each, one after another along axis 1.
   */
  scan(loop: OnnxLoop): { states: string[]; outputs: string[] };
}

export interface OnnxLoop {
  states: string[];
  series: string[];
  backwards?: boolean;
  step(states: string[], places: string[]): { states: string[]; outputs: string[] };
}

/** How a kind is written as ONNX nodes for evaluation: names of its outputs, by port. */
export interface OnnxEmission {
  /** Default `last`. */
  channels?: Channels;
  /** Default `float32`. */
  takes?: Takes;
  write(place: OnnxPlace): Record<PortId, string>;
}

/** Why a kind cannot be written: a clause that goes after “Dense cannot be exported to ONNX: ”, without full stop. */
export interface Unsupported {
  unsupported: string;
}

export interface Emit {
  keras(context: EmitContext): KerasEmission;
  torch(context: EmitContext): TorchEmission | Unsupported;
  onnx(context: EmitContext): OnnxEmission | Unsupported;
}

/** A whole kind, as the compile hosts and the engine see it. */
export interface Kind {
  face: Face;
  infer: Infer;
  run?: KindRun;
  emit?: Emit;
}
