import { flopsPerExample, specOn } from '../common/inference';
import { classDistribution, classProblems, smoothClasses } from '../common/labels';
import { type LiveNumber, liveNumber, oneMinus } from '../common/live';
import { inferLoss, LOSS_OUTPUTS, reducedLoss, SAMPLE_WEIGHT, smoothingField, weightedLoss } from '../common/loss';
import { floatOn, tensorOn } from '../common/operands';
import { optionalNumberOf, textOf } from '../common/params';
import { EPSILON, scoreProblems, scoresField } from '../common/scores';
import type {
  Emit,
  Face,
  InferContext,
  Inference,
  KindDocs,
  KindExample,
  KindRun,
  RunContext,
  Tensor,
  Tf,
} from '../kind';
import { answerProblems, answersLike, smoothAnswers } from './answers';
import { lossEmit } from './loss-emission';

export const face: Face = {
  id: 'focal',
  version: 1,
  title: 'Focal loss',
  summary: 'Cross-entropy that cares most about hard examples.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['focal crossentropy', 'retinanet', 'class imbalance', 'hard examples', 'rare class'],
  icon: 'focus-centered',
  fields: {
    form: {
      type: 'choice',
      title: 'Answers',
      default: 'softmax',
      essential: true,
      choices: [
        { value: 'softmax', title: 'One of several classes', help: 'The scores compete, as in Cross-entropy.' },
        { value: 'sigmoid', title: 'Yes or no, each', help: 'Every score is a question of its own.' },
      ],
    },
    gamma: {
      type: 'number',
      title: 'Gamma',
      default: 2,
      min: 0,
      max: 20,
      soft: [0, 5],
      live: true,
      essential: true,
      help: 'How little easy examples count; 0 is plain cross-entropy.',
    },
    alpha: {
      type: 'optional-number',
      title: 'Alpha',
      default: null,
      min: 0,
      max: 1,
      live: true,
      none: 'no balance',
      help: 'Yes counts with alpha and no with 1 − alpha. For one of several classes it is a factor of all.',
    },
    from: scoresField(),
    smoothing: smoothingField('The share of certainty that is taken from the labels.'),
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
  oftenNext: ['adam', 'loss-sum', 'accuracy'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const [scores, labels] = [specOn(inputs, 'logits'), specOn(inputs, 'labels')];
  const softmax = textOf(params, 'form') === 'softmax';
  const problems = [
    ...(softmax ? classProblems : answerProblems)('Focal loss', 'logits', scores, labels),
    ...scoreProblems('logits', scores, textOf(params, 'from'), softmax ? 'softmax' : 'sigmoid'),
  ];
  const shape = scores?.shape ?? null;
  const flops = flopsPerExample(shape, 14);
  if (softmax) return inferLoss(inputs, shape?.slice(0, -1) ?? null, flops, problems);
  return inferLoss(inputs, shape?.slice(0, 1) ?? null, flops, problems, shape);
}

export const docs: KindDocs = {
  text: 'Where nearly all examples are easy (background, say), their many small losses drown the few hard ones. The focal loss multiplies each by how unsure the network was, so that easy ones hardly count.',
  formula: 'l = −α·(1 − p)^γ·log p,  p: probability of the right answer',
  source:
    'Lin et al., Focal loss for dense object detection, 2017; Keras 3 CategoricalFocalCrossentropy, BinaryFocalCrossentropy',
};

export const examples: KindExample[] = [
  {
    title: 'One of several classes',
    inputs: {
      logits: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }],
      labels: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 4 }],
    },
  },
  {
    title: 'Yes or no, balanced',
    params: { form: 'sigmoid', alpha: 0.25, smoothing: 0.1 },
    inputs: {
      logits: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features' }],
      labels: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 2 }],
    },
  },
  {
    title: 'Every pixel, weighted',
    params: { from: 'probabilities', gamma: 0.5 },
    inputs: {
      logits: [{ shape: ['batch', 2, 2, 3], dtype: 'float32', meaning: 'probabilities', range: [0.05, 1] }],
      labels: [{ shape: ['batch', 2, 2], dtype: 'int32', meaning: 'mask', classes: 3 }],
      sampleWeight: [{ shape: ['batch'], dtype: 'float32', meaning: 'sample-weight', range: [0, 1] }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const weight = context.inputs.sampleWeight?.[0];
    return textOf(context.params, 'form') === 'softmax'
      ? weightedLoss(tf, softmaxForm(tf, context), weight)
      : reducedLoss(tf, sigmoidForm(tf, context), weight);
  },
};

const alphaOf = ({ numbers, params }: RunContext): LiveNumber | null =>
  numbers.alpha ?? optionalNumberOf(params, 'alpha');

/** `(1 − p)^γ`, kept off zero, where a power below one has no slope. */
const focus = (tf: Tf, p: Tensor, gamma: LiveNumber): Tensor => tf.pow(tf.maximum(tf.sub(1, p), EPSILON), gamma);

function softmaxForm(tf: Tf, context: RunContext): Tensor {
  const scores = floatOn(tf, context.inputs, 'logits');
  const given = classDistribution(tf, tensorOn(context.inputs, 'labels'), scores);
  const labels = smoothClasses(tf, given, liveNumber(context, 'smoothing'));
  const logits = textOf(context.params, 'from') === 'logits';
  const p = tf.clipByValue(
    logits ? tf.softmax(scores) : tf.div(scores, tf.sum(scores, -1, true)),
    EPSILON,
    1 - EPSILON,
  );
  const entropy = tf.neg(tf.mul(labels, logits ? tf.logSoftmax(scores) : tf.log(p)));
  const values = tf.sum(tf.mul(focus(tf, p, liveNumber(context, 'gamma')), entropy), -1);
  const alpha = alphaOf(context);
  return alpha === null ? values : tf.mul(values, alpha);
}

function sigmoidForm(tf: Tf, context: RunContext): Tensor {
  const scores = floatOn(tf, context.inputs, 'logits');
  const given = answersLike(tf, tensorOn(context.inputs, 'labels'), scores);
  const yes = smoothAnswers(tf, given, liveNumber(context, 'smoothing'));
  const no = tf.sub(1, yes);
  const logits = textOf(context.params, 'from') === 'logits';
  const p = logits ? tf.sigmoid(scores) : tf.clipByValue(scores, EPSILON, 1 - EPSILON);
  const entropy = logits
    ? tf.add(tf.mul(yes, tf.softplus(tf.neg(scores))), tf.mul(no, tf.softplus(scores)))
    : tf.neg(tf.add(tf.mul(yes, tf.log(p)), tf.mul(no, tf.log(tf.sub(1, p)))));
  const right = tf.add(tf.mul(yes, p), tf.mul(no, tf.sub(1, p)));
  const values = tf.mul(focus(tf, right, liveNumber(context, 'gamma')), entropy);
  const alpha = alphaOf(context);
  if (alpha === null) return values;
  const balance = tf.add(tf.mul(yes, alpha), tf.mul(no, oneMinus(tf, alpha)));
  return tf.mul(balance, values);
}

export const emit: Emit = lossEmit;
