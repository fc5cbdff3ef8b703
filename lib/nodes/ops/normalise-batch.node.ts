import { flopsPerExample, specOn, textProblem, unknownOutput } from '../common/inference';
import { weightsLike } from '../common/loss';
import { Y_OUTPUT } from '../common/merge';
import { floatOn } from '../common/operands';
import type { Emit, EmitContext, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'normalise-batch',
  version: 1,
  title: 'Normalise batch',
  summary: 'Takes the mean of all numbers away and divides by their spread.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['standardise', 'standardize', 'normalize batch', 'advantage', 'whiten', 'z-score'],
  icon: 'math-avg',
  fields: {},
  inputs: [
    { id: 'x', title: 'Input', type: 'tensor' },
    { id: 'mask', title: 'Mask', type: 'tensor', optional: true },
  ],
  outputs: Y_OUTPUT,
  grad: ['x'],
  second: true,
  time: 'mixing',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['policy-gradient'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Normalise batch', 'x'));
  if (!x?.shape) return unknownOutput();
  return {
    outputs: { y: { shape: x.shape, dtype: 'float32', meaning: 'features' } },
    flops: flopsPerExample(x.shape, 6),
  };
}

export const docs: KindDocs = {
  text: 'Returns of a policy become advantages this way: what was better than usual counts up, what was worse counts down. Numbers that a mask leaves out count for nothing and become zero.',
  formula: 'y = m·(x − μ) / (σ + 10⁻⁸), μ = Σ m·x / Σ m, σ² = Σ m·(x − μ)² / Σ m',
  source: 'Sutton and Barto, Reinforcement learning, 2018, section 13.4 (baselines)',
};

export const examples: KindExample[] = [
  {
    title: 'Returns of played steps',
    inputs: {
      x: [{ shape: [8], dtype: 'float32', meaning: 'reward' }],
      mask: [{ shape: [8], dtype: 'float32', meaning: 'sample-weight', range: [0, 1] }],
    },
  },
  { title: 'Rows', inputs: { x: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const x = floatOn(tf, inputs, 'x');
    const mask = inputs.mask?.[0] ? weightsLike(tf, x, inputs.mask[0]) : tf.ones(x.shape);
    const count = tf.maximum(tf.sum(mask), 1e-12);
    const off = tf.sub(x, tf.div(tf.sum(tf.mul(mask, x)), count));
    const variance = tf.div(tf.sum(tf.mul(mask, tf.square(off))), count);
    // A little under the root keeps its slope finite where all numbers are equal.
    const spread = tf.add(tf.sqrt(tf.add(variance, 1e-16)), 1e-8);
    return { outputs: { y: tf.div(tf.mul(mask, off), spread) } };
  },
};

/** How a mask gets the axes of `x`, as `weightsLike` does it. */
function maskShape({ x, mask }: EmitContext['inputs']): { squeeze: boolean; added: number } {
  const [rank, shape] = [x?.[0]?.shape?.length ?? 0, mask?.[0]?.shape ?? []];
  const squeeze = shape.length > rank || (shape.length > 1 && shape.at(-1) === 1);
  return { squeeze, added: shape.length === 0 ? 0 : Math.max(0, rank - shape.length + (squeeze ? 1 : 0)) };
}

export const emit: Emit = {
  keras: () => ({ unsupported: 'Keras has no layer that normalises over the whole batch' }),
  torch: ({ inputs }) => ({
    forward({ on, keep }) {
      const x = on('x');
      const { squeeze, added } = maskShape(inputs);
      const mask = keep(
        'mask',
        inputs.mask?.length
          ? `${on('mask')}${squeeze ? '.squeeze(-1)' : ''}${'.unsqueeze(-1)'.repeat(added)}.expand_as(${x})`
          : `torch.ones_like(${x})`,
      );
      const count = keep('count', `${mask}.sum().clamp(min=1e-12)`);
      const off = keep('off', `${x} - (${mask} * ${x}).sum() / ${count}`);
      const variance = keep('variance', `(${mask} * ${off} ** 2).sum() / ${count}`);
      return { y: `${mask} * ${off} / ((${variance} + 1e-16).sqrt() + 1e-8)` };
    },
  }),
  onnx: ({ inputs }) => ({
    write({ on, node, constant }) {
      const x = on('x');
      const shape = node('Shape', [x]);
      const { squeeze, added } = maskShape(inputs);
      let mask = inputs.mask?.length ? on('mask') : constant(1);
      if (squeeze) mask = node('Squeeze', [mask, constant([-1], 'int64')]);
      for (let axis = 0; axis < added; axis++) mask = node('Unsqueeze', [mask, constant([-1], 'int64')]);
      mask = node('Expand', [mask, shape]);
      const sum = (of: string) => node('ReduceSum', [of], { keepdims: 0 });
      const count = node('Max', [sum(mask), constant(1e-12)]);
      const off = node('Sub', [x, node('Div', [sum(node('Mul', [mask, x])), count])]);
      const variance = node('Div', [sum(node('Mul', [mask, node('Mul', [off, off])])), count]);
      const spread = node('Add', [node('Sqrt', [node('Add', [variance, constant(1e-16)])]), constant(1e-8)]);
      return { y: node('Div', [node('Mul', [mask, off]), spread]) };
    },
  }),
};
