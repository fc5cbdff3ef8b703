import { specOn } from '../common/inference';
import { classDistribution, labelProblems } from '../common/labels';
import { SAMPLE_WEIGHT } from '../common/loss';
import { keyField } from '../common/metric-key';
import { floatOn, tensorOn } from '../common/operands';
import { textOf } from '../common/params';
import { EPSILON, scoreProblems, scoresField } from '../common/scores';
import type { Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { weightedMean, weightedSums } from './weighted-count';

export const face: Face = {
  id: 'perplexity',
  version: 1,
  title: 'Perplexity',
  summary: 'Between how many tokens the network hesitates.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'lower',
  aliases: ['language model', 'bits per character', 'ppl', 'surprise'],
  icon: 'message-question',
  fields: { key: keyField('perplexity'), from: scoresField() },
  inputs: [
    { id: 'logits', title: 'Scores', type: 'tensor' },
    { id: 'labels', title: 'Labels', type: 'tensor' },
    SAMPLE_WEIGHT,
  ],
  outputs: [{ id: 'metric', title: 'Perplexity', type: 'metric' }],
  oftenNext: ['training'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const logits = specOn(inputs, 'logits');
  return {
    outputs: {},
    problems: [
      ...labelProblems('Perplexity', 'logits', logits, specOn(inputs, 'labels')),
      ...scoreProblems('logits', logits, textOf(params, 'from'), 'softmax'),
    ],
  };
}

export const docs: KindDocs = {
  text: 'How many equally likely tokens would surprise as much as the right ones surprise this network: 1 is certainty, the number of tokens is guessing. Taken over all tokens of the split, not averaged over batches.',
  formula: 'exp(mean of −log p(token))',
  source: 'Jelinek et al., Perplexity: a measure of the difficulty of speech recognition tasks, 1977',
};

export const examples: KindExample[] = [
  {
    title: 'The next token at every step',
    inputs: {
      logits: [{ shape: ['batch', 5, 6], dtype: 'float32', meaning: 'features' }],
      labels: [{ shape: ['batch', 5], dtype: 'int32', meaning: 'tokens', classes: 6 }],
      sampleWeight: [{ shape: ['batch', 5], dtype: 'float32', meaning: 'sample-weight', range: [0, 1] }],
    },
  },
];

export const run: KindRun = {
  as: 'fold',
  fold: {
    measure(tf, { params, inputs }) {
      const scores = floatOn(tf, inputs, 'logits');
      const labels = classDistribution(tf, tensorOn(inputs, 'labels'), scores);
      const logs =
        textOf(params, 'from') === 'logits'
          ? tf.logSoftmax(scores)
          : tf.log(tf.clipByValue(tf.div(scores, tf.sum(scores, -1, true)), EPSILON, 1));
      return weightedSums(tf, tf.neg(tf.sum(tf.mul(labels, logs), -1)), inputs.sampleWeight?.[0]);
    },
    result: (totals) => Math.exp(weightedMean(totals)),
  },
};
