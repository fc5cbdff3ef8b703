import { flopsPerExample, specOn } from '../common/inference';
import { liveNumber } from '../common/live';
import { logisticLoss } from '../common/logistic-loss';
import { inferLoss, LOSS_OUTPUTS, reducedLoss, reductionField, SAMPLE_WEIGHT, smoothingField } from '../common/loss';
import { floatOn, tensorOn } from '../common/operands';
import { textOf } from '../common/params';
import { EPSILON, scoreProblems, scoresField } from '../common/scores';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Tensor, Tf } from '../kind';
import { answerProblems, answersLike, smoothAnswers } from './answers';
import { lossEmit } from './loss-emission';

export const face: Face = {
  id: 'bce',
  version: 1,
  title: 'Binary cross-entropy',
  summary: 'How surprised the network is by a yes or no.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['bce', 'binary crossentropy', 'log loss', 'logistic', 'yes no', 'sigmoid cross-entropy'],
  icon: 'circle-half-2',
  fields: {
    from: scoresField(),
    reduce: reductionField(
      'How the numbers of one example become one loss; a variational autoencoder sums over pixels.',
    ),
    smoothing: smoothingField(
      'The share of certainty that is taken from both answers: 1 becomes 1 − s/2, 0 becomes s/2.',
    ),
  },
  inputs: [
    { id: 'x', title: 'Scores', type: 'tensor' },
    { id: 'labels', title: 'Labels', type: 'tensor' },
    SAMPLE_WEIGHT,
  ],
  outputs: LOSS_OUTPUTS,
  grad: ['x'],
  second: true,
  time: 'pointwise',
  oftenNext: ['adam', 'sgd', 'loss-sum', 'accuracy'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const problems = [
    ...answerProblems('Binary cross-entropy', 'x', x, specOn(inputs, 'labels')),
    ...scoreProblems('x', x, textOf(params, 'from'), 'sigmoid'),
  ];
  const shape = x?.shape ?? null;
  return inferLoss(inputs, shape?.slice(0, 1) ?? null, flopsPerExample(shape, 12), problems, shape);
}

export const docs: KindDocs = {
  text: 'The loss for yes-or-no answers, one for each number: the negative logarithm of the probability that was given to the right answer. ln 2 ≈ 0.69 is guessing.',
  formula: 'l = −t·log p − (1 − t)·log(1 − p),  p = σ(x)',
  source: 'Cox, The regression analysis of binary sequences, 1958; Keras 3 binary_crossentropy',
};

export const examples: KindExample[] = [
  {
    title: 'One answer',
    inputs: {
      x: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features' }],
      labels: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 2 }],
    },
  },
  {
    title: 'Smoothed, weighted',
    params: { smoothing: 0.1 },
    inputs: {
      x: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'logits' }],
      labels: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'one-hot' }],
      sampleWeight: [{ shape: ['batch'], dtype: 'float32', meaning: 'sample-weight', range: [0, 1] }],
    },
  },
  {
    title: 'Pixels of a mask, summed',
    params: { reduce: 'sum', from: 'probabilities' },
    inputs: {
      x: [{ shape: ['batch', 3, 3, 1], dtype: 'float32', meaning: 'probabilities', range: [0.05, 0.95] }],
      labels: [{ shape: ['batch', 3, 3, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }],
      sampleWeight: [{ shape: ['batch', 3, 3, 1], dtype: 'float32', meaning: 'mask', range: [0, 1] }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const { params, inputs } = context;
    const x = floatOn(tf, inputs, 'x');
    const answers = answersLike(tf, tensorOn(inputs, 'labels'), x);
    const labels = smoothAnswers(tf, answers, liveNumber(context, 'smoothing'));
    const values = textOf(params, 'from') === 'logits' ? logisticLoss(tf, x, labels) : fromProbabilities(tf, x, labels);
    return reducedLoss(tf, values, inputs.sampleWeight?.[0], textOf(params, 'reduce') === 'sum' ? 'sum' : 'mean');
  },
};

function fromProbabilities(tf: Tf, x: Tensor, labels: Tensor): Tensor {
  const p = tf.clipByValue(x, EPSILON, 1 - EPSILON);
  const yes = tf.mul(labels, tf.log(p));
  return tf.neg(tf.add(yes, tf.mul(tf.sub(1, labels), tf.log(tf.sub(1, p)))));
}

export const emit: Emit = lossEmit;
