import { flopsPerExample, specOn, textProblem, unknownOutput } from '../inference';
import type { Emit, Face, KindRun } from '../kind';
import { weightsLike } from '../loss';
import { Y_OUTPUT } from '../merge';
import { floatOn } from '../operands';

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
  time: 'mixing',
  passThrough: { input: 'x', output: 'y' },
  infer({ inputs }) {
    const x = specOn(inputs, 'x');
    if (x?.dtype === 'string') return unknownOutput(textProblem('Normalise batch', 'x'));
    if (!x?.shape) return unknownOutput();
    return {
      outputs: { y: { shape: x.shape, dtype: 'float32', meaning: 'features' } },
      flops: flopsPerExample(x.shape, 6),
    };
  },
  docs: {
    text: 'Returns of a policy become advantages this way: what was better than usual counts up, what was worse counts down. Numbers that a mask leaves out count for nothing and become zero.',
    formula: 'y = m·(x − μ) / (σ + 10⁻⁸), μ = Σ m·x / Σ m, σ² = Σ m·(x − μ)² / Σ m',
    source: 'Sutton and Barto, Reinforcement learning, 2018, section 13.4 (baselines)',
  },
  examples: [
    {
      title: 'Returns of played steps',
      inputs: {
        x: [{ shape: [8], dtype: 'float32', meaning: 'reward' }],
        mask: [{ shape: [8], dtype: 'float32', meaning: 'sample-weight', range: [0, 1] }],
      },
    },
    { title: 'Rows', inputs: { x: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }] } },
  ],
  oftenNext: ['policy-gradient'],
};

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

export const emit: Emit = {
  keras: () => ({ unsupported: 'Keras has no layer that normalises over the whole batch' }),
};
