import { type Dim, fitsDim, formatShape, type Spec } from '@/lib/tensor/spec';
import { type Equation, einsum } from '../common/einsum';
import { flopsPerExample, rankProblem, textProblem, unknownOutput } from '../common/inference';
import { PAIR_INPUTS, Y_OUTPUT } from '../common/merge';
import { floatOn } from '../common/operands';
import { flagOf, numberOf } from '../common/params';
import type {
  Emit,
  EmitContext,
  Face,
  InferContext,
  Inference,
  KindDocs,
  KindExample,
  KindRun,
  PlainParams,
  Problem,
  Tensor,
  Tf,
} from '../kind';

const axisField = (title: string) =>
  ({
    type: 'number',
    title,
    default: -1,
    min: -6,
    max: 6,
    integer: true,
    help: 'The axis that is multiplied and added up; -1 is the last one. Not the batch.',
  }) as const;

export const face: Face = {
  id: 'dot',
  version: 1,
  title: 'Dot',
  summary: 'How much two tensors agree, for each example.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['dot product', 'inner product', 'scalar product', 'similarity', 'cosine', 'batch dot'],
  icon: 'math-xy',
  fields: {
    axisA: axisField('Axis of A'),
    axisB: axisField('Axis of B'),
    normalise: {
      type: 'switch',
      title: 'Normalise',
      default: false,
      help: 'Brings both to length 1 along these axes before: the answer is the cosine of the angle.',
    },
  },
  inputs: PAIR_INPUTS,
  outputs: Y_OUTPUT,
  second: true,
  oftenNext: ['activation', 'softmax', 'contrastive'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const specs = PORTS.map((port) => inputs[port]?.[0]);
  for (const [at, port] of PORTS.entries()) {
    const spec = specs[at];
    if (spec?.dtype === 'string') return unknownOutput(textProblem('Dot', port));
    if (spec?.shape && spec.shape.length < 2) return unknownOutput(rankProblem('Dot', port, spec, [2, 3]));
  }
  const [a, b] = specs;
  if (!a?.shape || !b?.shape) return unknownOutput();
  const axes = axesOf(params, a.shape.length, b.shape.length);
  const missing = axes.findIndex((axis, at) => !(axis >= 1 && axis < (specs[at]?.shape?.length ?? 0)));
  if (missing >= 0) return unknownOutput(noAxis(specs[missing], KEYS[missing] ?? '', params));
  const [rows, columns] = [a.shape[axes[0]] ?? null, b.shape[axes[1]] ?? null];
  if (!fitsDim(rows, columns)) return unknownOutput(disagree(a, b, axes));
  const rest = (shape: Dim[], axis: number) => shape.filter((_, at) => at !== 0 && at !== axis);
  const kept = [...rest(a.shape, axes[0]), ...rest(b.shape, axes[1])];
  const shape: Dim[] = [a.shape[0] ?? null, ...(kept.length === 0 ? [1] : kept)];
  const each = typeof rows === 'number' ? 2 * rows : 2;
  const limits = flagOf(params, 'normalise') ? { range: [-1, 1] as [number, number] } : {};
  return {
    outputs: { y: { shape, dtype: 'float32', meaning: 'features', ...limits } },
    flops: flopsPerExample(shape, each),
  };
}

export const docs: KindDocs = {
  text: 'Multiplies two tensors number by number along one axis of each and adds up. Of two rows that is one number: large where they point the same way. All other axes but the batch are combined.',
  formula: 'y[b] = Σᵢ a[b, i] · b[b, i]',
  source: 'Keras 3 Dot',
};

export const examples: KindExample[] = [
  {
    title: 'Two rows',
    inputs: {
      a: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }],
      b: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }],
    },
  },
  {
    title: 'Every step against every other',
    params: { normalise: true },
    inputs: {
      a: [{ shape: ['batch', 2, 3], dtype: 'float32', meaning: 'features' }],
      b: [{ shape: ['batch', 4, 3], dtype: 'float32', meaning: 'features' }],
    },
  },
  {
    title: 'A picture and a row',
    params: { axisA: 2, axisB: 1 },
    inputs: {
      a: [{ shape: ['batch', 2, 3, 2], dtype: 'float32', meaning: 'features' }],
      b: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }],
    },
  },
];

const PORTS = ['a', 'b'] as const;
const KEYS = ['axisA', 'axisB'];

function axesOf(params: PlainParams, ...ranks: [number, number]): [number, number] {
  const placed = (key: string, rank: number): number => {
    const axis = numberOf(params, key);
    return axis < 0 ? rank + axis : axis;
  };
  return [placed('axisA', ranks[0]), placed('axisB', ranks[1])];
}

const noAxis = (spec: Spec | undefined, param: string, params: PlainParams): Problem => ({
  code: 'param-range',
  severity: 'error',
  param,
  message: `${formatShape(spec?.shape ?? null)} has no axis ${numberOf(params, param)} to add up along; the batch stays.`,
  received: String(numberOf(params, param)),
  remedies: [{ title: 'Use the last axis', set: { [param]: -1 } }],
});

const disagree = (a: Spec, b: Spec, axes: [number, number]): Problem => ({
  code: 'shape-mismatch',
  severity: 'error',
  port: 'b',
  message: `Dot multiplies along axis ${axes[0]} of ${formatShape(a.shape)} and axis ${axes[1]} of ${formatShape(b.shape)}, which differ in size.`,
  expected: `${formatShape([a.shape?.[axes[0]] ?? null])} places`,
  received: `${formatShape([b.shape?.[axes[1]] ?? null])} places`,
});

/** The batch is z, the axis that is summed over y. */
function equationOf(params: PlainParams, ...ranks: [number, number]): Equation {
  const axes = axesOf(params, ...ranks);
  const free = [...'abcdefghijklmn'];
  const inputs = axes.map((axis, at) =>
    Array.from({ length: ranks[at] ?? 0 }, (_, place) =>
      place === 0 ? 'z' : place === axis ? 'y' : (free.shift() ?? ''),
    ),
  );
  return { inputs, output: ['z', ...inputs.flat().filter((letter) => letter !== 'z' && letter !== 'y')] };
}

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const tensors = PORTS.map((port) => floatOn(tf, inputs, port)) as [Tensor, Tensor];
    const axes = axesOf(params, tensors[0].rank, tensors[1].rank);
    const unit = flagOf(params, 'normalise') ? tensors.map((x, at) => toLength1(tf, x, axes[at] ?? 0)) : tensors;
    const y = einsum(tf, equationOf(params, tensors[0].rank, tensors[1].rank), unit);
    return { outputs: { y: y.rank > 1 ? y : tf.expandDims(y, -1) } };
  },
};

/** As Keras' `normalize`: nothing is made more than ten million times as long. */
const toLength1 = (tf: Tf, x: Tensor, axis: number): Tensor =>
  tf.mul(x, tf.rsqrt(tf.maximum(tf.sum(tf.square(x), axis, true), 1e-14)));

/** Axes and letters for what is written. */
function writtenEquation({ params, inputs }: EmitContext): { axes: [number, number]; text: string; single: boolean } {
  const ranks = PORTS.map((port) => inputs[port]?.[0]?.shape?.length ?? 2) as [number, number];
  const { inputs: letters, output } = equationOf(params, ...ranks);
  const text = `${letters.map((each) => each.join('')).join(',')}->${output.join('')}`;
  return { axes: axesOf(params, ...ranks), text, single: output.length === 1 };
}

export const emit: Emit = {
  keras(context) {
    const config = { axes: writtenEquation(context).axes, normalize: flagOf(context.params, 'normalise') };
    const wide = PORTS.some((port) => (context.inputs[port]?.[0]?.shape?.length ?? 0) > 3);
    const tfjs = { tfjs: { unsupported: 'TensorFlow.js takes the dot product of at most three axes' } };
    return [{ className: 'Dot', config, weights: [], ...(wide && tfjs) }];
  },
  torch(context) {
    const { axes, text, single } = writtenEquation(context);
    const unit = flagOf(context.params, 'normalise');
    return {
      forward({ on }) {
        const [a, b] = PORTS.map((port, at) =>
          unit ? `F.normalize(${on(port)}, dim=${axes[at]}, eps=1e-7)` : on(port),
        );
        return { y: `torch.einsum("${text}", ${a}, ${b})${single ? '.unsqueeze(-1)' : ''}` };
      },
    };
  },
  onnx(context) {
    const { axes, text, single } = writtenEquation(context);
    return {
      write({ on, node, constant }) {
        const taken = PORTS.map((port, at) => {
          if (!flagOf(context.params, 'normalise')) return on(port);
          const length = node('ReduceL2', [on(port)], { axes: [axes[at] ?? 0], keepdims: 1 });
          return node('Div', [on(port), node('Max', [length, constant(1e-7)])]);
        });
        const y = node('Einsum', taken, { equation: text });
        return { y: single ? node('Unsqueeze', [y, constant([1], 'int64')]) : y };
      },
    };
  },
};
