import * as tf from '@tensorflow/tfjs';
import type { Json } from '@/lib/base/json';
import type { ChildRequest } from '@/lib/nodes/common/children';
import { gradientInputs } from '@/lib/nodes/common/gradient-inputs';
import { parseParams } from '@/lib/nodes/common/parse-params';
import { liveNumbers } from '@/lib/nodes/common/ports';
import type {
  BlockCall,
  Face,
  FaceEnv,
  InferContext,
  Inference,
  Kind,
  KindExample,
  PlainParams,
  Random,
  RunContext,
  RunResult,
  Tensor,
  Tf,
  VariableDecl,
} from '@/lib/nodes/kind';
import { initialize } from '@/lib/tensor/initializers';
import { normal, seedOf, uniform } from '@/lib/tensor/philox';
import { concreteShape, type Dim, type Spec } from '@/lib/tensor/spec';
import { examplesOf } from '@/tests/helpers/examples-of';

export const BATCH = 3;
const SIZES = { batch: BATCH, examples: 8, time: 4 };

/** The engine of the contract tests. Kinds take `tfjs-core`, of which this is a superset. */
export const engine = tf as unknown as Tf;

export const NO_WORLD: FaceEnv = { dataset: () => undefined, block: () => undefined };

export interface Prepared {
  params: PlainParams;
  inference: Inference;
  context: RunContext;
  /** Inputs and variables by a name for messages, those that a gradient may be asked of. */
  leaves: { name: string; tensor: tf.Tensor }[];
  dispose(): void;
}

/** Parses, infers and fills an example with seeded data. `set` overrides single params. */
export function prepare(
  kind: Kind,
  example: KindExample,
  set: PlainParams = {},
  mode: RunContext['mode'] = 'train',
): Prepared {
  const { params } = parseParams(kind.face, { ...example.params, ...set });
  const inference = infer(kind, params, example.inputs);
  const inputs: Record<string, tf.Tensor[]> = {};
  const answers: Record<string, tf.Tensor> = {};
  const leaves: Prepared['leaves'] = [];
  const differentiable = gradientInputs(kind.face, params) ?? Object.keys(example.inputs);
  for (const [port, specs] of Object.entries(example.inputs)) {
    if (port.startsWith('$out.')) {
      answers[port.slice(5)] = fill(specs[0] as Spec, seedOf(kind.face.id, port));
      continue;
    }
    inputs[port] = specs.map((spec, wire) => fill(spec, seedOf(kind.face.id, port, wire)));
    if (!differentiable.includes(port)) continue;
    inputs[port].forEach((tensor, wire) => {
      if (tensor.dtype === 'float32') leaves.push({ name: `${port}[${wire}]`, tensor });
    });
  }
  const variables: Record<string, tf.Tensor> = {};
  for (const made of inference.variables ?? []) {
    const declared = made.perExample ? { ...made, shape: [BATCH, ...made.shape] } : made;
    const tensor = tf.tensor(initial(declared, kind.face.id), declared.shape, declared.dtype ?? 'float32');
    variables[declared.slot] = tensor;
    if (declared.role === 'trainable') leaves.push({ name: declared.slot, tensor });
  }
  return {
    params,
    inference,
    leaves,
    context: {
      params,
      numbers: liveNumbers(kind.face, params, wires(example)),
      inputs,
      spec: (port) => example.inputs[port]?.[0],
      variables,
      mode,
      random: random(kind.face.id),
      batch: BATCH,
      ...(kind.face.trains ? { child: ({ set }: ChildRequest) => Object.keys(set).length } : {}),
      ...(kind.face.calls ? { body: blockOf(kind.face, params, example, answers) } : {}),
    },
    dispose: () => tf.dispose([inputs, variables, answers]),
  };
}

/**
 * A block for a caller: it gives seeded numbers of the promised specs, each row moved by that row of what it takes in, so
 * that gradients have something to find.
 */
function blockOf(face: Face, params: PlainParams, example: KindExample, answers: Record<string, tf.Tensor>): BlockCall {
  const entered = Object.keys(face.calls?.enter({ params, inputs: example.inputs, env: NO_WORLD }) ?? {});
  const wired = Object.keys(example.inputs).filter((port) => !port.startsWith('$out.'));
  return {
    inputs: [...new Set([...entered, ...wired])],
    outputs: Object.keys(answers),
    steps: false,
    run(inputs) {
      const floats = Object.values(inputs).filter(({ dtype }) => dtype === 'float32') as tf.Tensor[];
      const movedBy = (tensor: tf.Tensor, answer: tf.Tensor): tf.Tensor => {
        const [rows = 1] = tensor.shape;
        if (rows !== answer.shape[0]) return tf.mul(tf.mean(tf.sin(tensor)), 0.5);
        const means = tf.mean(tf.reshape(tf.sin(tensor), [rows, -1]), 1);
        return tf.mul(tf.reshape(means, [rows, ...answer.shape.slice(1).map(() => 1)]), 0.5);
      };
      return Object.fromEntries(
        Object.entries(answers).map(([port, tensor]) => [
          port,
          tensor.dtype === 'float32'
            ? floats.reduce((sum, float) => tf.add(sum, movedBy(float, tensor)), tensor)
            : tensor,
        ]),
      );
    },
  };
}

export const infer = (kind: Kind, params: PlainParams, inputs: InferContext['inputs']): Inference =>
  kind.infer({ params, inputs, env: NO_WORLD });

const wires = (example: KindExample): Record<string, number> =>
  Object.fromEntries(Object.entries(example.inputs).map(([port, specs]) => [port, specs.length]));

/** Biases start at 0, where a gradient test would not notice a wrong one: all variables are moved a little. */
function initial(declared: VariableDecl, salt: string): Float32Array {
  const size = declared.shape.reduce((product, dim) => product * dim, 1);
  const { init } = declared;
  let stream = 0;
  const values =
    'law' in init
      ? initialize(init.law, declared.shape, init.params ?? {}, (count) =>
          uniform(seedOf(salt, declared.slot, stream++), count),
        )
      : Float32Array.from(flat(init.value));
  const moved = uniform(seedOf(salt, declared.slot, 'moved'), size, 0.02, 0.2);
  return values.map((value, index) => value + (moved[index] ?? 0));
}

const flat = (value: Json): number[] => (Array.isArray(value) ? value.flatMap(flat) : [Number(value)]);

/** Seeded data of a spec: texts, class numbers, one-hot rows, or numbers within the range (else around 0). */
export function fill(spec: Spec, seed: readonly [number, number]): tf.Tensor {
  const shape = concreteShape(spec.shape ?? [], SIZES);
  const size = shape.reduce((product, dim) => product * dim, 1);
  if (spec.meaning === 'one-hot') {
    const rows = [...uniform(seed, size / (shape.at(-1) ?? 1), 0, shape.at(-1))].map(Math.floor);
    return tf.tidy(() =>
      tf.cast(tf.reshape(tf.oneHot(tf.tensor1d(rows, 'int32'), shape.at(-1) ?? 1), shape), 'float32'),
    );
  }
  if (spec.dtype === 'string') {
    const words = ['a red disc', 'above', 'a blue, blue square', 'left of', ''];
    const drawn = [...uniform(seed, size, 0, words.length)].map((at) => words[Math.floor(at)] ?? '');
    return tf.tensor(drawn, shape, 'string');
  }
  if (spec.dtype === 'int32') {
    return tf.tensor([...uniform(seed, size, 0, spec.classes ?? 5)].map(Math.floor), shape, 'int32');
  }
  const [low, high] = spec.range ?? [-1.5, 1.5];
  return tf.tensor(uniform(seed, size, low, high), shape, 'float32');
}

/** Draws that are the same in every call with the same name, as a run's are for one iteration. */
export function random(name: string): Random {
  let stream = 0;
  const seed = () => seedOf('contract', name, stream++);
  const size = (shape: number[]) => shape.reduce((product, dim) => product * dim, 1);
  return {
    uniform: (shape, min = 0, max = 1) => tf.tensor(uniform(seed(), size(shape), min, max), shape),
    normal: (shape, mean = 0, std = 1) => tf.tensor(normal(seed(), size(shape), mean, std), shape),
  };
}

/**
 * Params as they are; in a kind's first example with each choice of each field too, save where there are many variables. The
 * functions that layers have built in are tried on the kind Activation alone: all apply the same ones.
 */
export function choicesOf(kind: Kind, example: KindExample): PlainParams[] {
  const { face } = kind;
  const prepared = prepare(kind, example);
  prepared.dispose();
  if (example !== examplesOf({ face })[0] || prepared.leaves.length > 4) return [{}];
  const others = Object.entries(face.fields).flatMap(([key, field]) =>
    field.type === 'choice' && key !== 'activation' && !key.endsWith('Init')
      ? field.choices.filter(({ value }) => value !== field.default).map(({ value }) => ({ [key]: value }))
      : [],
  );
  return [{}, ...others];
}

/** Something smooth between `wrt` and `of`, for a kind that differentiates. */
const regionOf =
  ({ of = [] }: RunContext['inputs']) =>
  (wrt: Tensor): Tensor =>
    tf.mul(of[0] as tf.Tensor, tf.sum(tf.sin(wrt as tf.Tensor)));

/** Runs an op or source; every call draws the same random numbers. */
export function runExample(kind: Kind, prepared: Prepared): RunResult {
  if (kind.run?.as !== 'op' && kind.run?.as !== 'source') throw new Error(`${kind.face.id} does not run`);
  const { context } = prepared;
  const region = kind.face.differentiates ? { region: regionOf(context.inputs) } : {};
  return kind.run.run(engine, { ...context, ...region, random: random(kind.face.id) });
}

/** The same specs with every `batch` unknown. */
export const withoutBatch = (inputs: Record<string, Spec[]>): Record<string, Spec[]> =>
  mapSpecs(inputs, (spec) => ({
    ...spec,
    shape: spec.shape?.map((dim): Dim => (dim === 'batch' ? null : dim)) ?? null,
  }));

export const withoutShape = (inputs: Record<string, Spec[]>): Record<string, Spec[]> =>
  mapSpecs(inputs, (spec) => ({ ...spec, shape: null }));

const mapSpecs = (inputs: Record<string, Spec[]>, change: (spec: Spec) => Spec): Record<string, Spec[]> =>
  Object.fromEntries(Object.entries(inputs).map(([port, specs]) => [port, specs.map(change)]));

/** The shape that a spec promises, against one that came: null stands for anything. */
export function shapeMatches(spec: Spec, shape: readonly number[]): boolean {
  if (spec.shape === null) return true;
  if (spec.shape.length !== shape.length) return false;
  return spec.shape.every((dim, axis) => dim === null || concreteShape([dim], SIZES)[0] === shape[axis]);
}

export { tf };
