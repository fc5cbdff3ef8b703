import { SELU_ALPHA, SELU_SCALE } from '../common/activations';
import { oneMinus } from '../common/live';
import { onnxPass } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { numberOf } from '../common/params';
import { torchLayer } from '../common/torch-layer';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun, Tensor, Tf } from '../kind';
import { activeRate, inferDisturbed, keptOf, rateField } from './random-layer';

export const face: Face = {
  id: 'alpha-dropout',
  version: 1,
  title: 'Alpha dropout',
  summary: 'Dropout that keeps mean and spread, for SELU.',
  category: 'normalisation',
  makes: 'op',
  role: 'op',
  aliases: ['selu dropout', 'self-normalising', 'snn', 'regularisation'],
  icon: 'alpha',
  fields: { rate: rateField(0.1, 'The share of numbers that are set to the value at which SELU saturates.') },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  evaluation: 'identity',
  rng: 'iteration',
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['dense'],
};

export const infer: Infer = (context) => inferDisturbed('Alpha dropout', context);

export const docs: KindDocs = {
  text: 'A network of SELU layers holds mean 0 and spread 1 by itself. Dropping to zero would break that; this drops to the lowest value of SELU and scales the result back.',
  formula: 'y = a·(x·m + α′·(1 − m)) + b, α′ = −1.7581, a = ((1 − r)(1 + r·α′²))^−½, b = −a·α′·r',
  source: 'Klambauer et al., Self-normalizing neural networks, 2017; Keras 3 AlphaDropout',
};

export const examples: KindExample[] = [
  { title: 'A tenth', inputs: { x: [{ shape: ['batch', 8], dtype: 'float32', meaning: 'features' }] } },
];

const LOWEST = -SELU_ALPHA * SELU_SCALE;

/** What brings the spread back to one, for a rate. */
function gainOf(tf: Tf, rate: number | Tensor): number | Tensor {
  if (typeof rate === 'number') return ((1 - rate) * (1 + rate * LOWEST ** 2)) ** -0.5;
  return tf.rsqrt(tf.mul(oneMinus(tf, rate), tf.add(1, tf.mul(rate, LOWEST ** 2))));
}

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const x = floatOn(tf, context.inputs, 'x');
    const rate = activeRate(context);
    if (rate === null) return { outputs: { y: tf.clone(x) } };
    const kept = keptOf(tf, context, x.shape, rate);
    const gain = gainOf(tf, rate);
    const dropped = tf.add(tf.mul(x, kept), tf.mul(LOWEST, tf.sub(1, kept)));
    return { outputs: { y: tf.add(tf.mul(gain, dropped), tf.mul(tf.mul(gain, rate), -LOWEST)) } };
  },
};

export const emit: Emit = {
  keras: ({ params }) => [{ className: 'AlphaDropout', config: { rate: numberOf(params, 'rate') }, weights: [] }],
  torch: ({ params }) => torchLayer(`nn.AlphaDropout(${numberOf(params, 'rate')})`, { channels: 'either' }),
  onnx: onnxPass,
};
