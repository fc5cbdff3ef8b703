import { flopsPerExample } from '../common/inference';
import { inferLoss, LOSS_OUTPUTS, reducedLoss, reductionField, SAMPLE_WEIGHT } from '../common/loss';
import { inferElementwise } from '../common/merge';
import { floatOn } from '../common/operands';
import { flagOf, textOf } from '../common/params';
import { comparedOn, regressionProblems } from '../common/regression';
import type { Emit, Face, Infer, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { lossEmit } from './loss-emission';

export const face: Face = {
  id: 'gaussian-nll',
  version: 1,
  title: 'Gaussian NLL',
  summary: 'Asks for a prediction and for how sure it is.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['heteroscedastic', 'negative log likelihood', 'uncertainty', 'aleatoric', 'variance'],
  icon: 'chart-histogram',
  fields: {
    reduce: reductionField(),
    full: {
      type: 'switch',
      title: 'With constant',
      default: false,
      help: 'Adds ½ log 2π, which changes no gradient but makes the loss a true log-likelihood.',
    },
  },
  inputs: [
    { id: 'x', title: 'Mean', type: 'tensor' },
    { id: 'logvar', title: 'Log-variance', type: 'tensor' },
    { id: 'target', title: 'Target', type: 'tensor' },
    SAMPLE_WEIGHT,
  ],
  outputs: LOSS_OUTPUTS,
  grad: ['x', 'logvar', 'target'],
  second: true,
  oftenNext: ['adam', 'loss-sum'],
};

export const infer: Infer = inferGaussian;

export const docs: KindDocs = {
  text: 'The network predicts a mean and the logarithm of a variance for each number. Where the data are noisy it may admit a large variance, which softens the error but has a price of its own.',
  formula: 'l = ½·(logvar + (t − μ)² / exp(logvar))',
  source: 'Nix and Weigend, Estimating the mean and variance of the target probability distribution, 1994',
};

export const examples: KindExample[] = [
  {
    title: 'One number and its spread',
    inputs: {
      x: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features' }],
      logvar: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features' }],
      target: [{ shape: ['batch'], dtype: 'float32', meaning: 'score' }],
    },
  },
  {
    title: 'A depth map, summed and weighted',
    params: { reduce: 'sum', full: true },
    inputs: {
      x: [{ shape: ['batch', 3, 3, 1], dtype: 'float32', meaning: 'depth' }],
      logvar: [{ shape: ['batch', 3, 3, 1], dtype: 'float32', meaning: 'features' }],
      target: [{ shape: ['batch', 3, 3, 1], dtype: 'float32', meaning: 'depth' }],
      sampleWeight: [{ shape: ['batch'], dtype: 'float32', meaning: 'sample-weight', range: [0, 1] }],
    },
  },
];

function inferGaussian({ inputs }: InferContext): Inference {
  const [x, logvar] = [inputs.x?.[0], inputs.logvar?.[0]];
  const both = inferElementwise('Gaussian NLL', [
    { port: 'x', spec: x },
    { port: 'logvar', spec: logvar },
  ]);
  const problems = [...(both.problems ?? []), ...regressionProblems('Gaussian NLL', { inputs })];
  return inferLoss(
    inputs,
    x?.shape?.slice(0, 1) ?? null,
    flopsPerExample(x?.shape ?? null, 8),
    problems,
    x?.shape ?? null,
  );
}

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const { x, target } = comparedOn(tf, inputs);
    const logvar = floatOn(tf, inputs, 'logvar');
    const error = tf.mul(tf.square(tf.sub(target, x)), tf.exp(tf.neg(logvar)));
    const half = tf.mul(tf.add(logvar, error), 0.5);
    const values = flagOf(params, 'full') ? tf.add(half, HALF_LOG_TWO_PI) : half;
    return reducedLoss(tf, values, inputs.sampleWeight?.[0], textOf(params, 'reduce') === 'sum' ? 'sum' : 'mean');
  },
};

export const emit: Emit = lossEmit;
