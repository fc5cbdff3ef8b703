import { flopsPerExample, textProblem } from '../common/inference';
import { inferLoss, LOSS_OUTPUTS, reducedLoss, SAMPLE_WEIGHT } from '../common/loss';
import { inferElementwise } from '../common/merge';
import { floatOn } from '../common/operands';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { lossEmit } from './loss-emission';

export const face: Face = {
  id: 'kl-normal',
  version: 1,
  title: 'KL to normal',
  summary: 'How far a code is from a standard normal one.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['kullback-leibler', 'kl divergence', 'vae', 'prior', 'latent regulariser'],
  icon: 'arrows-diff',
  fields: {},
  inputs: [
    { id: 'mu', title: 'Mean', type: 'tensor' },
    { id: 'logvar', title: 'Log-variance', type: 'tensor' },
    SAMPLE_WEIGHT,
  ],
  outputs: LOSS_OUTPUTS,
  grad: ['mu', 'logvar'],
  second: true,
  oftenNext: ['loss-sum'],
};

export function infer({ inputs }: InferContext): Inference {
  const [mu, logvar] = [inputs.mu?.[0], inputs.logvar?.[0]];
  const text = mu?.dtype === 'string' ? [textProblem('KL to normal', 'mu')] : [];
  const both = inferElementwise('KL to normal', [
    { port: 'mu', spec: mu },
    { port: 'logvar', spec: logvar },
  ]);
  const shape = both.outputs.y?.shape ?? null;
  const problems = text.length > 0 ? text : (both.problems ?? []);
  return inferLoss(inputs, shape?.slice(0, 1) ?? null, flopsPerExample(shape, 8), problems);
}

export const docs: KindDocs = {
  text: 'The price of a variational code: it keeps means near 0 and variances near 1, so that drawing from a standard normal gives sensible codes. Summed over the code, averaged over the batch.',
  formula: 'l = ½ Σ (μ² + exp(logvar) − 1 − logvar)',
  source: 'Kingma and Welling, Auto-encoding variational Bayes, 2014, appendix B',
};

export const examples: KindExample[] = [
  {
    title: 'A code of two numbers',
    inputs: {
      mu: [{ shape: ['batch', 2], dtype: 'float32', meaning: 'latent' }],
      logvar: [{ shape: ['batch', 2], dtype: 'float32', meaning: 'features' }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const [mu, logvar] = [floatOn(tf, inputs, 'mu'), floatOn(tf, inputs, 'logvar')];
    const values = tf.sub(tf.add(tf.square(mu), tf.exp(logvar)), tf.add(logvar, 1));
    return reducedLoss(tf, tf.mul(values, 0.5), inputs.sampleWeight?.[0], 'sum');
  },
};

export const emit: Emit = lossEmit;
