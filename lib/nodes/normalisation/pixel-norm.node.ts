import { flopsPerExample, rankProblem, specOn, textProblem, unknownOutput } from '../common/inference';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { numberOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { epsilonField } from './norm-fields';

export const face: Face = {
  id: 'pixel-norm',
  version: 1,
  title: 'Pixel norm',
  summary: 'Brings the channels of each pixel to mean square one.',
  category: 'normalisation',
  makes: 'op',
  role: 'op',
  aliases: ['pixelwise normalisation', 'feature vector normalization', 'progan', 'stylegan'],
  icon: 'square-dot',
  fields: { epsilon: epsilonField(1e-8) },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-2d', 'dense', 'upsampling-2d'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Pixel norm', 'x'));
  if (!x?.shape) return unknownOutput();
  if (x.shape.length < 2) return unknownOutput(rankProblem('Pixel norm', 'x', x, [2, 4]));
  const meaning = x.meaning === 'latent' || x.meaning === 'noise' ? x.meaning : 'features';
  return { outputs: { y: { shape: x.shape, dtype: 'float32', meaning } }, flops: flopsPerExample(x.shape, 4) };
}

export const docs: KindDocs = {
  text: 'Keeps the signals in a generator from growing when it competes with the discriminator: each pixel, or each latent vector, is scaled to the same length. Nothing is learned.',
  formula: 'y = x / √(mean over channels of x² + ε)',
  source: 'Karras et al., Progressive growing of GANs, 2018, section 4.2',
};

export const examples: KindExample[] = [
  { title: 'Feature maps', inputs: { x: [{ shape: ['batch', 3, 3, 4], dtype: 'float32', meaning: 'features' }] } },
  { title: 'A latent vector', inputs: { x: [{ shape: ['batch', 6], dtype: 'float32', meaning: 'latent' }] } },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = floatOn(tf, inputs, 'x');
    const size = tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), numberOf(params, 'epsilon')));
    return { outputs: { y: tf.mul(x, size) } };
  },
};

export const emit: Emit = {
  // Keras divides by the length; the root of the number of channels makes the mean square of it.
  keras({ inputs }) {
    const channels = inputs.x?.[0]?.shape?.at(-1);
    if (typeof channels !== 'number') return { unsupported: 'the number of its channels is not known' };
    return [
      { className: 'UnitNormalization', config: { axis: -1 }, weights: [] },
      { className: 'Rescaling', config: { scale: Math.sqrt(channels), offset: 0 }, weights: [] },
    ];
  },
  torch: ({ params }) =>
    torchExpression(
      (x, place) =>
        `${x} * torch.rsqrt(${x}.square().mean(dim=${place.axis(-1)}, keepdim=True) + ${numberOf(params, 'epsilon')})`,
    ),
  onnx: ({ params }) =>
    onnxNodes((x, { node, constant, axis }) => {
      const mean = node('ReduceMean', [node('Mul', [x, x])], { axes: [axis(-1)], keepdims: 1 });
      return node('Div', [x, node('Sqrt', [node('Add', [mean, constant(numberOf(params, 'epsilon'))])])]);
    }),
};
