import { classNumbers, predictedClasses } from '../common/labels';
import { SAMPLE_WEIGHT } from '../common/loss';
import { keyField } from '../common/metric-key';
import { floatOn, tensorOn } from '../common/operands';
import { textOf } from '../common/params';
import { scoresField } from '../common/scores';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { inferClasses } from './class-counts';
import { weightedMean, weightedSums } from './weighted-count';

export const face: Face = {
  id: 'accuracy',
  version: 1,
  title: 'Accuracy',
  summary: 'The share of examples that are classified right.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'higher',
  aliases: ['correct', 'hit rate', 'score', 'classification accuracy'],
  icon: 'gauge',
  fields: {
    key: keyField('accuracy'),
    from: {
      ...scoresField(),
      help: 'Only matters for a single score: a logit counts as yes above 0, a probability above 0.5. Of several scores the largest wins.',
    },
  },
  inputs: [
    { id: 'logits', title: 'Scores', type: 'tensor' },
    { id: 'labels', title: 'Labels', type: 'tensor' },
    SAMPLE_WEIGHT,
  ],
  outputs: [{ id: 'metric', title: 'Accuracy', type: 'metric' }],
  oftenNext: ['training'],
};

export const infer: Infer = (context) => inferClasses('Accuracy', context);

export const docs: KindDocs = {
  text: 'How often the class with the highest score is the right one. With a single score, whether it falls on the right side.',
  formula: 'mean of [argmax(scores) = label]',
  source: 'Keras 3 SparseCategoricalAccuracy, CategoricalAccuracy, BinaryAccuracy',
};

export const examples: KindExample[] = [
  {
    title: 'Class numbers',
    inputs: {
      logits: [{ shape: ['batch', 10], dtype: 'float32', meaning: 'features' }],
      labels: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 10 }],
    },
  },
  {
    title: 'One score',
    params: { from: 'probabilities' },
    inputs: {
      logits: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'probabilities', range: [0, 1] }],
      labels: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 2 }],
    },
  },
];

export const run: KindRun = {
  as: 'fold',
  fold: {
    measure(tf, { params, inputs }) {
      const scores = floatOn(tf, inputs, 'logits');
      const labels = classNumbers(tf, tensorOn(inputs, 'labels'), scores);
      const predicted = predictedClasses(tf, scores, textOf(params, 'from') === 'logits' ? 0 : 0.5);
      return weightedSums(tf, tf.cast(tf.equal(predicted, labels), 'float32'), inputs.sampleWeight?.[0]);
    },
    result: weightedMean,
  },
};
