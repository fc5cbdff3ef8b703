import { required } from '@/lib/base/invariant';
import { specOn, textProblem, unknownOutput } from '../common/inference';
import { Y_OUTPUT } from '../common/merge';
import { tensorOn } from '../common/operands';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';

export const face: Face = {
  id: 'gradient',
  version: 1,
  title: 'Gradient',
  summary: 'How one wire changes when another does.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: [
    'derivative',
    'grad',
    'fgsm',
    'saliency',
    'gradient penalty',
    'sensitivity',
    'backpropagation',
    'adversarial',
  ],
  icon: 'trending-up',
  fields: {
    use: {
      type: 'choice',
      title: 'What it is used for',
      default: 'constant',
      essential: true,
      choices: [
        { value: 'constant', title: 'Its numbers', help: 'Nothing learns through it: attacks, saliency maps.' },
        {
          value: 'differentiable',
          title: 'Something to learn',
          help: 'A loss may ask for other gradients, as the gradient penalty of a critic does.',
        },
      ],
    },
  },
  inputs: [
    { id: 'of', title: 'Of', type: 'tensor' },
    { id: 'wrt', title: 'With respect to', type: 'tensor' },
  ],
  outputs: Y_OUTPUT,
  grad: ({ use }) => (use === 'differentiable' ? ['of', 'wrt'] : []),
  second: true,
  differentiates: true,
  oftenNext: ['sign', 'reduce', 'rescaling'],
};

export function infer({ inputs }: InferContext): Inference {
  const [of, wrt] = [specOn(inputs, 'of'), specOn(inputs, 'wrt')];
  const problems: Problem[] = [];
  for (const [port, spec] of [['of', of] as const, ['wrt', wrt] as const]) {
    if (spec?.dtype === 'string') problems.push(textProblem('Gradient', port));
    else if (spec && spec.dtype !== 'float32')
      problems.push({
        code: 'dtype-mismatch',
        severity: 'error',
        port,
        message: 'Whole numbers change in jumps, so they have no gradient. Wire numbers with a decimal point.',
        expected: 'float32',
        received: spec.dtype,
      });
  }
  if (!wrt?.shape || problems.length > 0) return unknownOutput(...problems);
  return { outputs: { y: { shape: wrt.shape, dtype: 'float32', meaning: 'features' } } };
}

export const docs: KindDocs = {
  text: 'Says for each number of one wire how much another wire would grow if that number grew. Where “Of” is more than one number, its sum is meant: each example then gets the gradient of its own output. Everything between the two wires is evaluated again, with the same random numbers.',
  formula: 'y = ∂ Σ of / ∂ wrt',
  source:
    'Goodfellow et al., Explaining and harnessing adversarial examples, 2015; Gulrajani et al., Improved training of Wasserstein GANs, 2017',
};

export const examples: KindExample[] = [
  {
    title: 'Of a loss, for a picture',
    inputs: {
      of: [{ shape: [], dtype: 'float32', meaning: 'score' }],
      wrt: [{ shape: ['batch', 4, 4, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }],
    },
  },
  {
    title: 'Of a critic, to learn from',
    params: { use: 'differentiable' },
    inputs: {
      of: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features' }],
      wrt: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs, region }) {
    const wrt = tensorOn(inputs, 'wrt');
    const between = required(region, 'the region');
    const { grads } = tf.engine().gradients(() => tf.sum(between(wrt)), [wrt], undefined, true);
    return { outputs: { y: grads[0] ?? tf.zerosLike(wrt) } };
  },
};

export const emit: Emit = {
  keras: () => ({ unsupported: 'Keras has no layer that differentiates: a gradient is a part of training' }),
  torch: () => ({ unsupported: 'a gradient is a part of training: the model itself has none' }),
  onnx: () => ({ unsupported: 'a file that predicts holds no gradients' }),
};
