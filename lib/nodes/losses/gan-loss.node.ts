import { fitsShape, formatShape } from '@/lib/tensor/spec';
import { flopsPerExample, specOn, textProblem } from '../common/inference';
import { inferLoss, LOSS_OUTPUTS, reducedLoss, SAMPLE_WEIGHT } from '../common/loss';
import { floatOn } from '../common/operands';
import { textOf } from '../common/params';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem, Tensor, Tf } from '../kind';
import { lossEmit } from './loss-emission';

export const face: Face = {
  id: 'gan-loss',
  version: 1,
  title: 'GAN loss',
  summary: 'One side of the game between forger and judge.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['adversarial loss', 'generator loss', 'discriminator loss', 'critic', 'wasserstein', 'wgan', 'lsgan'],
  icon: 'masks-theater',
  fields: {
    side: {
      type: 'choice',
      title: 'For the',
      default: 'discriminator',
      essential: true,
      choices: [
        { value: 'discriminator', title: 'Discriminator', help: 'Real ones should score high, made ones low.' },
        { value: 'generator', title: 'Generator', help: 'Made ones should score high.' },
      ],
    },
    form: {
      type: 'choice',
      title: 'Form',
      default: 'non-saturating',
      essential: true,
      choices: [
        {
          value: 'non-saturating',
          title: 'Non-saturating',
          help: 'Cross-entropy; the generator learns even while it loses.',
        },
        { value: 'minimax', title: 'Minimax', help: 'Cross-entropy as first published.' },
        { value: 'least-squares', title: 'Least squares', help: 'Scores of 1 and 0 by squared error.' },
        { value: 'wasserstein', title: 'Wasserstein', help: 'The difference of scores; needs a gradient penalty.' },
        { value: 'hinge', title: 'Hinge', help: 'Asks for a margin and no more.' },
      ],
    },
  },
  inputs: [
    { id: 'x', title: 'Scores of made ones', type: 'tensor' },
    { id: 'real', title: 'Scores of real ones', type: 'tensor', optional: true },
    SAMPLE_WEIGHT,
  ],
  outputs: LOSS_OUTPUTS,
  grad: ['x', 'real'],
  second: true,
  oftenNext: ['adam', 'loss-sum'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const [x, real] = [specOn(inputs, 'x'), specOn(inputs, 'real')];
  const problems: Problem[] = [];
  if (x?.dtype === 'string') problems.push(textProblem('GAN loss', 'x'));
  if (x?.shape && real?.shape && !fitsShape(x.shape, real.shape)) {
    problems.push({
      code: 'shape-mismatch',
      severity: 'error',
      port: 'real',
      message: `Real and made ones must be judged alike, but their scores have shapes ${formatShape(real.shape)} and ${formatShape(x.shape)}.`,
      expected: formatShape(x.shape),
      received: formatShape(real.shape),
    });
  }
  if (x?.shape && real === undefined && textOf(params, 'side') === 'discriminator') {
    problems.push({
      code: 'input-missing',
      severity: 'error',
      port: 'real',
      message: 'A discriminator learns from both: wire its scores of real examples too.',
      expected: 'scores of real examples',
      remedies: [{ title: 'Make it the generator’s loss', set: { side: 'generator' } }],
    });
  }
  return inferLoss(inputs, x?.shape?.slice(0, 1) ?? null, flopsPerExample(x?.shape ?? null, 8), problems);
}

export const docs: KindDocs = {
  text: 'Two networks play against each other: one makes examples, the other tells them from real ones. Each has a loss of its own, of the same scores. Scores are logits, without a sigmoid.',
  formula: 'D: −log σ(real) − log(1 − σ(made));  G: −log σ(made)',
  source:
    'Goodfellow et al., Generative adversarial nets, 2014; Mao et al. 2017 (least squares); Arjovsky et al. 2017 (Wasserstein); Miyato et al. 2018 (hinge)',
};

export const examples: KindExample[] = [
  {
    title: 'Discriminator',
    inputs: {
      x: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features' }],
      real: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features' }],
    },
  },
  {
    title: 'Generator',
    params: { side: 'generator' },
    inputs: { x: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features' }] },
  },
];

interface Form {
  discriminator(tf: Tf, made: Tensor, real: Tensor): Tensor;
  generator(tf: Tf, made: Tensor): Tensor;
}

const entropy: Form['discriminator'] = (tf, made, real) => tf.add(tf.softplus(made), tf.softplus(tf.neg(real)));

const FORMS: Record<string, Form> = {
  'non-saturating': { discriminator: entropy, generator: (tf, made) => tf.softplus(tf.neg(made)) },
  minimax: { discriminator: entropy, generator: (tf, made) => tf.neg(tf.softplus(made)) },
  'least-squares': {
    discriminator: (tf, made, real) => tf.mul(tf.add(tf.square(made), tf.square(tf.sub(real, 1))), 0.5),
    generator: (tf, made) => tf.mul(tf.square(tf.sub(made, 1)), 0.5),
  },
  wasserstein: { discriminator: (tf, made, real) => tf.sub(made, real), generator: (tf, made) => tf.neg(made) },
  hinge: {
    discriminator: (tf, made, real) => tf.add(tf.relu(tf.add(made, 1)), tf.relu(tf.sub(1, real))),
    generator: (tf, made) => tf.neg(made),
  },
};

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const form = FORMS[textOf(params, 'form')];
    if (form === undefined) throw new Error('Invariant: unknown form of GAN loss');
    const made = floatOn(tf, inputs, 'x');
    const values =
      textOf(params, 'side') === 'generator'
        ? form.generator(tf, made)
        : form.discriminator(tf, made, floatOn(tf, inputs, 'real'));
    return reducedLoss(tf, values, inputs.sampleWeight?.[0]);
  },
};

export const emit: Emit = lossEmit;
