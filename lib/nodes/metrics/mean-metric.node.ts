import { specOn, textProblem } from '../common/inference';
import { perExampleOf, SAMPLE_WEIGHT } from '../common/loss';
import { keyField } from '../common/metric-key';
import { floatOn } from '../common/operands';
import type { Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { weightedMean, weightedSums } from './weighted-count';

export const face: Face = {
  id: 'mean-metric',
  version: 1,
  title: 'Mean',
  summary: 'Follows the mean of any tensor.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  aliases: ['watch', 'average', 'monitor', 'log', 'track', 'mean metric'],
  icon: 'chart-line',
  fields: { key: keyField('mean') },
  inputs: [{ id: 'x', title: 'Value', type: 'tensor' }, SAMPLE_WEIGHT],
  outputs: [{ id: 'metric', title: 'Mean', type: 'metric' }],
  oftenNext: ['training'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  return { outputs: {}, problems: x?.dtype === 'string' ? [textProblem('Mean', 'x')] : [] };
}

export const docs: KindDocs = {
  text: 'The mean over all examples of whatever is wired: an activation, a probability, a part of the loss.',
  formula: 'm = Σ w·x / Σ w',
};

export const examples: KindExample[] = [
  { title: 'A row', inputs: { x: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'fold',
  fold: {
    measure: (tf, { inputs }) => weightedSums(tf, perExampleOf(tf, floatOn(tf, inputs, 'x')), inputs.sampleWeight?.[0]),
    result: weightedMean,
  },
};
