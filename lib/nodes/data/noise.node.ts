import type { Spec } from '@/lib/tensor/spec';
import { numberOf, numbersOf, textOf } from '../common/params';
import type { Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'noise',
  version: 1,
  title: 'Noise',
  summary: 'Random numbers, fresh for every batch.',
  category: 'data',
  makes: 'data',
  role: 'source',
  aliases: ['random', 'latent', 'gaussian', 'normal', 'uniform', 'z'],
  icon: 'dice-5',
  fields: {
    shape: { type: 'shape', title: 'Shape', default: [2], essential: true, help: 'Of one example.' },
    distribution: {
      type: 'choice',
      title: 'Distribution',
      default: 'normal',
      essential: true,
      choices: [
        { value: 'normal', title: 'Normal', help: 'Around a mean, with a spread.' },
        { value: 'uniform', title: 'Uniform', help: 'Evenly between two bounds.' },
      ],
    },
    mean: { type: 'number', title: 'Mean', default: 0, when: { field: 'distribution', is: ['normal'] } },
    deviation: {
      type: 'number',
      title: 'Standard deviation',
      default: 1,
      min: 0,
      when: { field: 'distribution', is: ['normal'] },
    },
    low: { type: 'number', title: 'From', default: 0, when: { field: 'distribution', is: ['uniform'] } },
    high: { type: 'number', title: 'To', default: 1, when: { field: 'distribution', is: ['uniform'] } },
  },
  inputs: [],
  outputs: [{ id: 'y', title: 'Noise', type: 'tensor' }],
  rng: 'iteration',
  body: { draw: 'histogram' },
  oftenNext: ['instance', 'dense', 'reshape'],
};

export function infer({ params }: InferContext): Inference {
  const shape = numbersOf(params, 'shape');
  const y: Spec = {
    shape: ['batch', ...shape.map((size) => (size < 1 ? null : size))],
    dtype: 'float32',
    meaning: 'noise',
  };
  if (textOf(params, 'distribution') === 'uniform') y.range = [numberOf(params, 'low'), numberOf(params, 'high')];
  const problems = [];
  if (shape.includes(-1)) {
    problems.push({
      code: 'param-range' as const,
      severity: 'error' as const,
      param: 'shape',
      message: 'Noise comes from no input, so no size can follow from the rest: -1 is not possible here.',
      remedies: [{ title: 'Use 1 instead', set: { shape: shape.map((size) => Math.max(1, size)) } }],
    });
  }
  if (y.range !== undefined && y.range[0] > y.range[1]) {
    problems.push({
      code: 'param-range' as const,
      severity: 'error' as const,
      param: 'high',
      message: `“To” (${y.range[1]}) lies below “From” (${y.range[0]}).`,
      remedies: [{ title: 'Swap them', set: { low: y.range[1], high: y.range[0] } }],
    });
  }
  return { outputs: { y }, problems };
}

export const docs: KindDocs = {
  text: 'Each iteration draws new numbers, one set for each example of the batch. They follow from the run’s seed, so a repeated run draws the same ones. Two wires from one node carry the same noise.',
  formula: 'y ~ N(μ, σ²) or U(a, b)',
  source: 'Salmon et al., Parallel random numbers: as easy as 1, 2, 3, 2011 (Philox)',
};

export const examples: KindExample[] = [
  { title: 'A latent point', inputs: {} },
  { title: 'Mixing weights', params: { distribution: 'uniform', shape: [1, 1, 1] }, inputs: {} },
];

export const run: KindRun = {
  as: 'source',
  run(_, { params, random, batch }) {
    const shape = [batch, ...numbersOf(params, 'shape')];
    const y =
      textOf(params, 'distribution') === 'uniform'
        ? random.uniform(shape, numberOf(params, 'low'), numberOf(params, 'high'))
        : random.normal(shape, numberOf(params, 'mean'), numberOf(params, 'deviation'));
    return { outputs: { y } };
  },
};
