import { fusedCrossEntropy } from '../common/fused';
import { flopsPerExample, specOn } from '../common/inference';
import { classDistribution, classNumbers, classProblems, isOneHot, smoothClasses } from '../common/labels';
import { isConstant, liveNumber } from '../common/live';
import { inferLoss, LOSS_OUTPUTS, SAMPLE_WEIGHT, smoothingField, weightedLoss } from '../common/loss';
import { floatOn, tensorOn } from '../common/operands';
import { textOf } from '../common/params';
import { EPSILON, scoreProblems, scoresField } from '../common/scores';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Tensor, Tf } from '../kind';
import { lossEmit } from './loss-emission';

export const face: Face = {
  id: 'cross-entropy',
  version: 1,
  title: 'Cross-entropy',
  summary: 'How surprised the network is by the right class.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['softmax cross-entropy', 'categorical', 'sparse categorical', 'log loss', 'nll', 'classification loss'],
  icon: 'target',
  fields: {
    from: scoresField(),
    smoothing: smoothingField(
      'The share of certainty that is spread over all classes, so that the network does not become too sure.',
    ),
  },
  inputs: [
    { id: 'logits', title: 'Scores', type: 'tensor' },
    { id: 'labels', title: 'Labels', type: 'tensor' },
    SAMPLE_WEIGHT,
  ],
  outputs: LOSS_OUTPUTS,
  grad: ['logits'],
  second: true,
  time: 'pointwise',
  oftenNext: ['adam', 'sgd', 'loss-sum', 'accuracy'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const logits = specOn(inputs, 'logits');
  const problems = [
    ...classProblems('Cross-entropy', 'logits', logits, specOn(inputs, 'labels')),
    ...scoreProblems('logits', logits, textOf(params, 'from'), 'softmax'),
  ];
  return inferLoss(inputs, logits?.shape?.slice(0, -1) ?? null, flopsPerExample(logits?.shape ?? null, 8), problems);
}

export const docs: KindDocs = {
  text: 'The loss for choosing one of several classes: the negative logarithm of the probability that the network gave to the right class. 0 is perfect; ln(classes) is guessing.',
  formula: 'l = −log softmax(z)[label]',
  source:
    'Bridle, Probabilistic interpretation of feedforward classification network outputs, 1990; Keras 3 categorical_crossentropy',
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
    title: 'One-hot labels, weighted',
    params: { smoothing: 0.1 },
    inputs: {
      logits: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'logits' }],
      labels: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'one-hot', classes: 4 }],
      sampleWeight: [{ shape: ['batch'], dtype: 'float32', meaning: 'sample-weight', range: [0, 1] }],
    },
  },
  {
    title: 'Probabilities',
    params: { from: 'probabilities' },
    inputs: {
      logits: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'probabilities', range: [0.05, 1] }],
      labels: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 3 }],
    },
  },
  {
    title: 'A label for every step',
    inputs: {
      logits: [{ shape: ['batch', 5, 6], dtype: 'float32', meaning: 'features' }],
      labels: [{ shape: ['batch', 5], dtype: 'int32', meaning: 'tokens', classes: 6 }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const scores = floatOn(tf, context.inputs, 'logits');
    const labels = tensorOn(context.inputs, 'labels');
    const smoothing = liveNumber(context, 'smoothing');
    const ofLogits = textOf(context.params, 'from') === 'logits';
    const composed = (): Tensor => {
      const target = smoothClasses(tf, classDistribution(tf, labels, scores), smoothing);
      const logProbabilities = ofLogits ? tf.logSoftmax(scores) : logOfProbabilities(tf, scores);
      return tf.neg(tf.sum(tf.mul(target, logProbabilities), -1));
    };
    const plain = ofLogits && isConstant(smoothing, 0) && !isOneHot(labels, scores);
    const fused = plain ? fusedCrossEntropy(tf, scores, () => classNumbers(tf, labels, scores)) : null;
    return weightedLoss(tf, fused ?? composed(), context.inputs.sampleWeight?.[0]);
  },
};

function logOfProbabilities(tf: Tf, scores: Tensor): Tensor {
  const normalised = tf.div(scores, tf.sum(scores, -1, true));
  return tf.log(tf.clipByValue(normalised, EPSILON, 1 - EPSILON));
}

export const emit: Emit = lossEmit;
