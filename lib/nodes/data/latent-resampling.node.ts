import { formatShape, type Spec } from '@/lib/tensor/spec';
import { rankProblem, specOn, staticProblem, textProblem } from '../common/inference';
import { asFloat, floatOn } from '../common/operands';
import { numberOf } from '../common/params';
import type { Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';

export const face: Face = {
  id: 'latent-resampling',
  version: 1,
  title: 'Latent resampling',
  summary: 'Weighs examples up that are rare in the latent space.',
  category: 'data',
  makes: 'data',
  role: 'fold',
  due: 'epoch',
  aliases: ['debiasing', 'db-vae', 'adaptive resampling', 'rare examples', 'fairness', 'importance sampling'],
  icon: 'chart-histogram',
  fields: {
    strength: {
      type: 'number',
      title: 'Strength',
      default: 1,
      min: 0,
      max: 1,
      step: 0.05,
      essential: true,
      help: '0: all examples are equally likely. 1: as likely as they are rare.',
    },
    bins: {
      type: 'number',
      title: 'Bins',
      default: 10,
      min: 2,
      max: 1000,
      integer: true,
      soft: [5, 50],
      help: 'Into how many parts the range of each latent variable is cut.',
    },
    smoothing: {
      type: 'number',
      title: 'Smoothing α',
      default: 0.01,
      min: 1e-6,
      max: 1,
      logarithmic: true,
      help: 'Small: very rare examples come very often. Large: all come alike.',
    },
  },
  inputs: [
    { id: 'mu', title: 'Latent mean', type: 'tensor' },
    { id: 'keep', title: 'Which examples', type: 'tensor', optional: true },
  ],
  outputs: [{ id: 'y', title: 'Sampling weights', type: 'tensor' }],
  oftenNext: ['dataset'],
};

export function infer({ inputs }: InferContext): Inference {
  const [mu, keep] = [specOn(inputs, 'mu'), specOn(inputs, 'keep')];
  const y: Spec = { shape: ['examples'], dtype: 'float32', meaning: 'sample-weight', range: [0, 1] };
  return { outputs: { y }, problems: [...latentProblems(mu), ...keepProblems(keep)] };
}

export const docs: KindDocs = {
  text: 'When an epoch begins, all training examples are encoded and the histogram of each latent variable says how common every example is. Wired to Sampling weights of the data set, rare ones are then drawn more often. Which examples: where it is 1 (such as “is a face”) they are weighed among themselves; the others stay equally likely, and both kinds get half of the draws.',
  formula: 'w ∝ ∏ₖ 1 / (Qₖ(μₖ) + α),  Qₖ: share of the examples in the bin of μₖ',
  source: 'Amini et al., Uncovering and mitigating algorithmic bias through learned latent structure, 2019',
};

export const examples: KindExample[] = [
  {
    title: 'Two latent variables',
    inputs: { mu: [{ shape: ['batch', 2], dtype: 'float32', meaning: 'latent' }] },
  },
  {
    title: 'Some of the examples',
    params: { bins: 4, smoothing: 0.1, strength: 0.5 },
    inputs: {
      mu: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'latent' }],
      keep: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 2 }],
    },
  },
];

function latentProblems(mu: Spec | undefined): Problem[] {
  if (mu?.dtype === 'string') return [textProblem('Latent resampling', 'mu')];
  if (!mu?.shape) return [];
  if (mu.shape.length !== 2) return [rankProblem('Latent resampling', 'mu', mu, [2])];
  return typeof mu.shape[1] === 'number' ? [] : [staticProblem('Latent resampling', 'mu', mu, 'latent variables')];
}

function keepProblems(keep: Spec | undefined): Problem[] {
  if (keep?.dtype === 'string') return [textProblem('Latent resampling', 'keep')];
  if (!keep?.shape) return [];
  const column = keep.shape.length === 2 && keep.shape[1] === 1;
  if (keep.shape.length === 1 || column) return [];
  return [
    {
      code: 'shape-mismatch',
      severity: 'error',
      port: 'keep',
      message: `Which examples are weighed is one number for each, 1 or 0; here it is ${formatShape(keep.shape)}.`,
      expected: 'batch',
      received: formatShape(keep.shape),
    },
  ];
}

export const run: KindRun = {
  as: 'hold',
  hold: {
    combine: 'concat',
    measure(tf, { inputs }) {
      const mu = floatOn(tf, inputs, 'mu');
      const keep = inputs.keep?.[0];
      return {
        mu: tf.reshape(mu, [-1]),
        keep: keep ? tf.reshape(asFloat(tf, keep), [-1]) : tf.ones([mu.shape[0] ?? 0]),
      };
    },
    hold({ mu = [], keep = [] }, params) {
      const kept = [...keep.keys()].filter((row) => (keep[row] ?? 0) > 0.5);
      const rare = rarity(mu, mu.length / keep.length, kept, numberOf(params, 'bins'), numberOf(params, 'smoothing'));
      const strength = numberOf(params, 'strength');
      const others = keep.length - kept.length;
      const mass = others === 0 ? 1 : 0.5;
      const data = new Float32Array(keep.length).fill(kept.length === 0 ? 1 / others : 0.5 / others);
      for (const [at, row] of kept.entries())
        data[row] = mass * (strength * (rare[at] as number) + (1 - strength) / kept.length);
      return { y: { data, shape: [keep.length] } };
    },
  },
};

/** Shares of the kept rows, summing to 1, each in proportion to ∏ₖ 1 / (Qₖ + α). `mu`: row by row, `width` numbers each. */
function rarity(
  mu: ArrayLike<number>,
  width: number,
  kept: readonly number[],
  bins: number,
  smoothing: number,
): Float64Array {
  const logarithms = new Float64Array(kept.length);
  for (let k = 0; k < width; k++) {
    const values = kept.map((row) => mu[row * width + k] as number);
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    const place = (value: number) =>
      high > low ? Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins)) : 0;
    const counts = new Float64Array(bins);
    for (const value of values) counts[place(value)] = (counts[place(value)] as number) + 1;
    for (const [at, value] of values.entries()) {
      const share = (counts[place(value)] as number) / kept.length;
      logarithms[at] = (logarithms[at] as number) - Math.log(share + smoothing);
    }
  }
  // Of many latent variables the product itself would leave the range of numbers.
  const most = logarithms.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const shares = logarithms.map((logarithm) => Math.exp(logarithm - most));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}
