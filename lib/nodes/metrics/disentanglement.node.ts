import { seedOf, uniform } from '@/lib/tensor/philox';
import { rankProblem, specOn, textProblem } from '../common/inference';
import { keyField } from '../common/metric-key';
import { asFloat, floatOn } from '../common/operands';
import { numberOf } from '../common/params';
import type { Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';

export const face: Face = {
  id: 'disentanglement',
  version: 1,
  title: 'Disentanglement',
  summary: 'Whether each latent number stands for one thing.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'higher',
  aliases: ['factorvae score', 'beta-vae', 'disentangled', 'latent factors', 'factors of variation'],
  icon: 'arrows-split',
  fields: {
    key: keyField('disentanglement'),
    votes: {
      type: 'number',
      title: 'Votes',
      default: 800,
      min: 10,
      max: 100_000,
      integer: true,
      help: 'How many times a factor is held fast and the stillest latent number is looked for.',
    },
    examples: {
      type: 'number',
      title: 'Examples a vote',
      default: 32,
      min: 2,
      max: 10_000,
      integer: true,
      help: 'How many examples that agree in the factor are looked at together.',
    },
  },
  inputs: [
    { id: 'x', title: 'Latent numbers', type: 'tensor' },
    { id: 'factors', title: 'True factors', type: 'tensor', variadic: true },
  ],
  outputs: [{ id: 'metric', title: 'Disentanglement', type: 'metric' }],
  oftenNext: ['training'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const problems: Problem[] = [];
  if (x?.dtype === 'string') problems.push(textProblem('Disentanglement', 'x'));
  else if (x?.shape && x.shape.length !== 2) problems.push(rankProblem('Disentanglement', 'x', x, [2]));
  inputs.factors?.forEach((factor, wire) => {
    if (factor.dtype === 'string') problems.push({ ...textProblem('Disentanglement', 'factors'), wire });
    else if (factor.shape && factor.shape.length !== 1)
      problems.push({ ...rankProblem('Disentanglement', 'factors', factor, [1]), wire });
  });
  return { outputs: {}, problems };
}

export const docs: KindDocs = {
  text: 'Takes examples that agree in one true factor, such as the shape, and looks which latent number changes least among them, each measured by how much it changes at all. If every latent number answers for one factor, the factor can be told from that: the score is the share of votes in which it can. Latent numbers that hardly change anywhere do not vote. With K factors, chance is at 1/K.',
  formula: 'Σ_d max_k votes(d, k) / votes,  d = argmin_d Var(z_d | factor k fixed) / Var(z_d)',
  source: 'Kim and Mnih, Disentangling by factorising (FactorVAE), 2018',
};

export const examples: KindExample[] = [
  {
    title: 'Two factors',
    params: { votes: 20, examples: 2 },
    inputs: {
      x: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'latent' }],
      factors: [
        { shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 2 },
        { shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 2 },
      ],
    },
  },
];

/** A latent number whose variance is below this share of the largest one does not take part. */
const DEAD = 0.05;

type Numbers = ArrayLike<number>;

export const run: KindRun = {
  as: 'fold',
  fold: {
    combine: 'concat',
    measure(tf, { inputs }) {
      const x = floatOn(tf, inputs, 'x');
      const factors = tf.stack(
        (inputs.factors ?? []).map((factor) => asFloat(tf, factor)),
        1,
      );
      return { x: tf.clone(tf.reshape(x, [-1])), factors: tf.clone(tf.reshape(factors, [-1])) };
    },
    result({ x = [], factors = [] }, params, specs) {
      const kinds = specs.factors?.length ?? 0;
      const rows = kinds === 0 ? 0 : factors.length / kinds;
      if (rows === 0) return 0;
      const size = x.length / rows;
      const all = Array.from({ length: rows }, (_, row) => row);
      const spread = Array.from({ length: size }, (_, d) => variance(x, size, d, all));
      const least = DEAD * Math.max(...spread);
      const alive = spread.flatMap((value, d) => (value > 0 && value >= least ? [d] : []));
      if (alive.length === 0) return 0;
      const groups = Array.from({ length: kinds }, (_, k) => groupsOf(factors, kinds, k));
      const usable = groups.flatMap((values, k) => (values.length > 0 ? [k] : []));
      if (usable.length === 0) return 0;
      const votes = numberOf(params, 'votes');
      const some = numberOf(params, 'examples');
      const counts = alive.map(() => new Float64Array(kinds));
      const draws = uniform(seedOf('disentanglement'), votes * (2 + some));
      for (let vote = 0; vote < votes; vote++) {
        const draw = (at: number, below: number): number =>
          Math.min(below - 1, Math.floor((draws[vote * (2 + some) + at] ?? 0) * below));
        const k = usable[draw(0, usable.length)] ?? 0;
        const values = groups[k] ?? [];
        const group = values[draw(1, values.length)] ?? [];
        const chosen = Array.from({ length: some }, (_, at) => group[draw(2 + at, group.length)] ?? 0);
        const still = alive.map((d) => variance(x, size, d, chosen) / (spread[d] as number));
        const counted = counts[still.indexOf(Math.min(...still))];
        if (counted) counted[k] = (counted[k] ?? 0) + 1;
      }
      return counts.reduce((sum, of) => sum + Math.max(...of), 0) / votes;
    },
  },
};

/** Rows that agree in factor `k`, for each of its values that at least two have. */
function groupsOf(factors: Numbers, kinds: number, k: number): number[][] {
  const groups = new Map<number, number[]>();
  for (let row = 0; row * kinds < factors.length; row++) {
    const value = factors[row * kinds + k] as number;
    const group = groups.get(value) ?? [];
    group.push(row);
    groups.set(value, group);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, rows]) => rows)
    .filter((rows) => rows.length > 1);
}

function variance(x: Numbers, size: number, d: number, rows: readonly number[]): number {
  let sum = 0;
  let squares = 0;
  const first = x[(rows[0] ?? 0) * size + d] ?? 0;
  for (const row of rows) {
    const value = (x[row * size + d] ?? 0) - first;
    sum += value;
    squares += value * value;
  }
  return Math.max(0, squares / rows.length - (sum / rows.length) ** 2);
}
