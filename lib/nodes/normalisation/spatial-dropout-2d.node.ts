import { flopsPerExample, specOn, unknownOutput } from '../inference';
import type { Emit, Face, KindRun } from '../kind';
import { isConstant, liveNumber, oneMinus } from '../live';
import { onnxPass } from '../onnx-nodes';
import { floatOn } from '../operands';
import { numberOf } from '../params';
import { torchLayer } from '../torch-layer';
import { pictureOn } from '../windows';

export const face: Face = {
  id: 'spatial-dropout-2d',
  version: 1,
  title: 'Spatial dropout',
  summary: 'Silences whole channels while training.',
  category: 'normalisation',
  makes: 'op',
  role: 'op',
  aliases: ['channel dropout', 'dropout 2d', 'regularisation'],
  icon: 'layers-difference',
  fields: {
    rate: {
      type: 'number',
      title: 'Rate',
      default: 0.3,
      min: 0,
      max: 0.99,
      step: 0.05,
      live: true,
      essential: true,
      help: 'The share of channels that are set to zero.',
    },
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  evaluation: 'identity',
  rng: 'iteration',
  passThrough: { input: 'x', output: 'y' },
  infer({ inputs }) {
    const x = specOn(inputs, 'x');
    const picture = pictureOn('Spatial dropout', 'x', x);
    if (picture === null || x === undefined) return unknownOutput();
    if ('problems' in picture) return unknownOutput(...picture.problems);
    const { range: _, ...rest } = x;
    return { outputs: { y: { ...rest, dtype: 'float32' } }, flops: flopsPerExample(x.shape, 2) };
  },
  docs: {
    text: 'Neighbouring pixels tell nearly the same, so dropping single ones helps little. This drops a channel everywhere at once.',
    formula: 'y = x · m / (1 − rate), one m for each channel',
    source:
      'Tompson et al., Efficient object localization using convolutional networks, 2015; Keras 3 SpatialDropout2D',
  },
  examples: [
    { title: 'Feature maps', inputs: { x: [{ shape: ['batch', 3, 3, 6], dtype: 'float32', meaning: 'features' }] } },
  ],
  oftenNext: ['conv-2d', 'max-pool-2d'],
};

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const x = floatOn(tf, context.inputs, 'x');
    const rate = liveNumber(context, 'rate');
    if (context.mode === 'evaluation' || isConstant(rate, 0)) return { outputs: { y: tf.clone(x) } };
    const [batch = 1, , , channels = 1] = x.shape;
    const kept = tf.cast(tf.greaterEqual(context.random.uniform([batch, 1, 1, channels]), rate), 'float32');
    return { outputs: { y: tf.mul(x, tf.div(kept, oneMinus(tf, rate))) } };
  },
};

export const emit: Emit = {
  keras: ({ params }) => {
    const config = { rate: numberOf(params, 'rate'), data_format: 'channels_last' };
    // In use both do nothing.
    return [{ className: 'SpatialDropout2D', config, weights: [], tfjs: { className: 'Dropout' } }];
  },
  torch: ({ params }) => torchLayer(`nn.Dropout2d(${numberOf(params, 'rate')})`, { channels: 'first' }),
  onnx: onnxPass,
};
