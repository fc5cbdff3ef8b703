import { flopsPerExample, specOn, textProblem, unknownOutput } from '../common/inference';
import { liveNumber } from '../common/live';
import { onnxPass } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { numberOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'gaussian-noise',
  version: 1,
  title: 'Gaussian noise',
  summary: 'Adds random numbers while training.',
  category: 'normalisation',
  makes: 'op',
  role: 'op',
  aliases: ['noise', 'jitter', 'regularisation', 'denoising'],
  icon: 'wave-sine',
  fields: {
    deviation: {
      type: 'number',
      title: 'Standard deviation',
      default: 0.1,
      min: 0,
      max: 100,
      step: 0.01,
      live: true,
      essential: true,
      help: 'How strong the noise is.',
    },
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  evaluation: 'identity',
  rng: 'iteration',
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['dense', 'conv-2d'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Gaussian noise', 'x'));
  if (!x?.shape) return unknownOutput();
  const { range: _, ...rest } = x;
  return { outputs: { y: { ...rest, dtype: 'float32' } }, flops: flopsPerExample(x.shape, 2) };
}

export const docs: KindDocs = {
  text: 'While training, every number is disturbed a little, so that the network cannot rely on exact values. In use nothing is added.',
  formula: 'y = x + ε, ε ~ N(0, σ²)',
  source: 'Bishop, Training with noise is equivalent to Tikhonov regularization, 1995; Keras 3 GaussianNoise',
};

export const examples: KindExample[] = [
  { title: 'A little', inputs: { x: [{ shape: ['batch', 5], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const x = floatOn(tf, context.inputs, 'x');
    if (context.mode === 'evaluation') return { outputs: { y: tf.clone(x) } };
    return { outputs: { y: tf.add(x, tf.mul(context.random.normal(x.shape), liveNumber(context, 'deviation'))) } };
  },
};

export const emit: Emit = {
  keras: ({ params }) => [
    { className: 'GaussianNoise', config: { stddev: numberOf(params, 'deviation') }, weights: [] },
  ],
  torch: ({ params }) =>
    torchExpression(
      (x) => `${x} + ${numberOf(params, 'deviation')} * torch.randn_like(${x}) if self.training else ${x}`,
    ),
  onnx: onnxPass,
};
