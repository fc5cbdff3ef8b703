import { oneMinus } from '../common/live';
import { onnxPass } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { numberOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { activeRate, inferDisturbed, rateField } from './random-layer';

export const face: Face = {
  id: 'gaussian-dropout',
  version: 1,
  title: 'Gaussian dropout',
  summary: 'Multiplies by random numbers around one while training.',
  category: 'normalisation',
  makes: 'op',
  role: 'op',
  aliases: ['multiplicative noise', 'dropout', 'regularisation', 'noise'],
  icon: 'chart-histogram',
  fields: { rate: rateField(0.5, 'How strong: the noise varies as much as that of dropout with this rate.') },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  evaluation: 'identity',
  rng: 'iteration',
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['dense', 'conv-2d'],
};

export const infer: Infer = (context) => inferDisturbed('Gaussian dropout', context);

export const docs: KindDocs = {
  text: 'Like dropout, but instead of silencing some numbers it makes all of them a little larger or smaller. Large numbers are disturbed more.',
  formula: 'y = x · ε, ε ~ N(1, rate / (1 − rate))',
  source: 'Srivastava et al., Dropout, 2014, section 10; Keras 3 GaussianDropout',
};

export const examples: KindExample[] = [
  { title: 'Half', inputs: { x: [{ shape: ['batch', 6], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const x = floatOn(tf, context.inputs, 'x');
    const rate = activeRate(context);
    if (rate === null) return { outputs: { y: tf.clone(x) } };
    const deviation =
      typeof rate === 'number' ? Math.sqrt(rate / (1 - rate)) : tf.sqrt(tf.div(rate, oneMinus(tf, rate)));
    return { outputs: { y: tf.mul(x, tf.add(1, tf.mul(context.random.normal(x.shape), deviation))) } };
  },
};

export const emit: Emit = {
  keras: ({ params }) => [{ className: 'GaussianDropout', config: { rate: numberOf(params, 'rate') }, weights: [] }],
  torch({ params }) {
    const rate = numberOf(params, 'rate');
    const deviation = Number(Math.sqrt(rate / (1 - rate)).toPrecision(7));
    return torchExpression((x) => `${x} * (1 + ${deviation} * torch.randn_like(${x})) if self.training else ${x}`);
  },
  onnx: onnxPass,
};
