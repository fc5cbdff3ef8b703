import { specOn } from '../common/inference';
import { classNumbers, labelProblems } from '../common/labels';
import { SAMPLE_WEIGHT } from '../common/loss';
import { keyField } from '../common/metric-key';
import { floatOn, tensorOn } from '../common/operands';
import { numberOf } from '../common/params';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { weightedMean, weightedSums } from './weighted-count';

export const face: Face = {
  id: 'top-k',
  version: 1,
  title: 'Top-k accuracy',
  summary: 'How often the right class is among the best k.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'higher',
  aliases: ['top-5', 'top 5 accuracy', 'hit rate', 'imagenet'],
  icon: 'podium',
  fields: {
    key: keyField('top-k'),
    k: { type: 'number', title: 'k', default: 5, min: 1, max: 1000, integer: true, essential: true },
  },
  inputs: [
    { id: 'logits', title: 'Scores', type: 'tensor' },
    { id: 'labels', title: 'Labels', type: 'tensor' },
    SAMPLE_WEIGHT,
  ],
  outputs: [{ id: 'metric', title: 'Top-k accuracy', type: 'metric' }],
  oftenNext: ['training'],
};

export const infer: Infer = ({ inputs }) => ({
  outputs: {},
  problems: labelProblems('Top-k accuracy', 'logits', specOn(inputs, 'logits'), specOn(inputs, 'labels')),
});

export const docs: KindDocs = {
  text: 'With many classes, being nearly right counts: an example is a hit if its class is among the k highest scores.',
  formula: 'mean of [fewer than k scores are above the label’s]',
  source: 'Keras 3 TopKCategoricalAccuracy',
};

export const examples: KindExample[] = [
  {
    title: 'Two of six',
    params: { k: 2 },
    inputs: {
      logits: [{ shape: ['batch', 6], dtype: 'float32', meaning: 'features' }],
      labels: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 6 }],
    },
  },
];

export const run: KindRun = {
  as: 'fold',
  fold: {
    measure(tf, { params, inputs }) {
      const scores = floatOn(tf, inputs, 'logits');
      const labels = classNumbers(tf, tensorOn(inputs, 'labels'), scores);
      const chosen = tf.cast(tf.oneHot(labels, scores.shape.at(-1) ?? 1), 'float32');
      const own = tf.sum(tf.mul(chosen, scores), -1, true);
      const above = tf.sum(tf.cast(tf.greater(scores, own), 'float32'), -1);
      const hit = tf.cast(tf.less(above, numberOf(params, 'k')), 'float32');
      return weightedSums(tf, hit, inputs.sampleWeight?.[0]);
    },
    result: weightedMean,
  },
};
