import { flopsPerExample, specOn } from '../common/inference';
import { classDistribution, classProblems } from '../common/labels';
import { inferLoss, LOSS_OUTPUTS, SAMPLE_WEIGHT, weightedLoss } from '../common/loss';
import { floatOn, tensorOn } from '../common/operands';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { lossEmit } from './loss-emission';

export const face: Face = {
  id: 'categorical-hinge',
  version: 1,
  title: 'Categorical hinge',
  summary: 'The right class must lead the best other one by a margin.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['multiclass hinge', 'svm', 'margin', 'crammer singer'],
  icon: 'angle',
  fields: {},
  inputs: [
    { id: 'logits', title: 'Scores', type: 'tensor' },
    { id: 'labels', title: 'Labels', type: 'tensor' },
    SAMPLE_WEIGHT,
  ],
  outputs: LOSS_OUTPUTS,
  grad: ['logits'],
  second: true,
  time: 'pointwise',
  oftenNext: ['sgd', 'adam', 'accuracy'],
};

export function infer({ inputs }: InferContext): Inference {
  const scores = specOn(inputs, 'logits');
  const problems = classProblems('Categorical hinge', 'logits', scores, specOn(inputs, 'labels'));
  return inferLoss(inputs, scores?.shape?.slice(0, -1) ?? null, flopsPerExample(scores?.shape ?? null, 5), problems);
}

export const docs: KindDocs = {
  text: 'The loss of support vector machines for several classes: nothing to learn once the score of the right class is 1 above the highest other. As in Keras, a right class below 0 counts against the others at 0.',
  formula: 'l = max(0, 1 + max((1 − t)·x) − Σ t·x)',
  source: 'Crammer and Singer, 2001; Keras 3 CategoricalHinge',
};

export const examples: KindExample[] = [
  {
    title: 'Class numbers',
    inputs: {
      logits: [{ shape: ['batch', 5], dtype: 'float32', meaning: 'features' }],
      labels: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 5 }],
    },
  },
  {
    title: 'One-hot labels, weighted',
    inputs: {
      logits: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'logits' }],
      labels: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'one-hot', classes: 4 }],
      sampleWeight: [{ shape: ['batch'], dtype: 'float32', meaning: 'sample-weight', range: [0, 1] }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const scores = floatOn(tf, inputs, 'logits');
    const labels = classDistribution(tf, tensorOn(inputs, 'labels'), scores);
    const right = tf.sum(tf.mul(labels, scores), -1);
    const wrong = tf.max(tf.mul(tf.sub(1, labels), scores), -1);
    return weightedLoss(tf, tf.relu(tf.add(tf.sub(wrong, right), 1)), inputs.sampleWeight?.[0]);
  },
};

export const emit: Emit = lossEmit;
