import { fitsShape, formatShape, type Spec } from '@/lib/tensor/spec';
import { flopsPerExample, specOn, textProblem } from '../inference';
import type { Emit, Face, KindRun, Problem, Tensor, Tf } from '../kind';
import { inferLoss, LOSS_OUTPUTS, perExampleOf, SAMPLE_WEIGHT, weightedLoss } from '../loss';
import { asFloat, floatOn, tensorOn } from '../operands';
import { textOf } from '../params';
import { EPSILON, scoreProblems, scoresField } from '../scores';

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
    reduce: {
      type: 'choice',
      title: 'Of one example',
      default: 'mean',
      help: 'How the numbers of one example become one loss; a variational autoencoder sums over pixels.',
      choices: [
        { value: 'mean', title: 'Mean' },
        { value: 'sum', title: 'Sum' },
      ],
    },
  },
  inputs: [
    { id: 'x', title: 'Scores', type: 'tensor' },
    { id: 'labels', title: 'Labels', type: 'tensor' },
    SAMPLE_WEIGHT,
  ],
  outputs: LOSS_OUTPUTS,
  grad: ['x'],
  time: 'pointwise',
  infer({ params, inputs }) {
    const [x, labels] = [specOn(inputs, 'x'), specOn(inputs, 'labels')];
    const problems = [...shapeProblems(x, labels), ...scoreProblems('x', x, textOf(params, 'from'), 'sigmoid')];
    return inferLoss(inputs, x?.shape ? x.shape.slice(0, 1) : null, flopsPerExample(x?.shape ?? null, 12), problems);
  },
  docs: {
    text: 'The loss for yes-or-no answers, one for each number: the negative logarithm of the probability that was given to the right answer. ln 2 ≈ 0.69 is guessing.',
    formula: 'l = −t·log p − (1 − t)·log(1 − p),  p = σ(x)',
    source: 'Cox, The regression analysis of binary sequences, 1958; Keras 3 binary_crossentropy',
  },
  examples: [
    {
      title: 'One answer',
      inputs: {
        x: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features' }],
        labels: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 2 }],
      },
    },
    {
      title: 'Pixels, summed',
      params: { reduce: 'sum', from: 'probabilities' },
      inputs: {
        x: [{ shape: ['batch', 3, 3, 1], dtype: 'float32', meaning: 'probabilities', range: [0.05, 0.95] }],
        labels: [{ shape: ['batch', 3, 3, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }],
      },
    },
  ],
  oftenNext: ['adam', 'sgd', 'loss-sum', 'accuracy'],
};

function shapeProblems(x: Spec | undefined, labels: Spec | undefined): Problem[] {
  if (x?.dtype === 'string') return [textProblem('Binary cross-entropy', 'x')];
  if (labels?.dtype === 'string') return [textProblem('Binary cross-entropy', 'labels')];
  if (!x?.shape || !labels?.shape) return [];
  const column = x.shape.length === labels.shape.length + 1 && x.shape.at(-1) === 1;
  const row = labels.shape.length === x.shape.length + 1 && labels.shape.at(-1) === 1;
  const classes = labels.classes ?? 2;
  const own = x.shape.at(-1);
  if (classes > 2 && labels.meaning === 'class') {
    return [
      {
        code: 'label-range',
        severity: 'error',
        port: 'labels',
        message: `Binary cross-entropy tells two classes apart, but the labels have ${classes}. Use Cross-entropy with ${classes} scores.`,
        expected: '2 classes',
        received: `${classes} classes`,
        remedies: [
          { title: 'Insert One-hot', insert: { port: 'labels', kind: 'one-hot', params: { depth: classes } } },
        ],
      },
    ];
  }
  if (fitsShape(x.shape, labels.shape)) return [];
  if (
    (column || row) &&
    fitsShape(column ? x.shape.slice(0, -1) : x.shape, row ? labels.shape.slice(0, -1) : labels.shape)
  )
    return [];
  const single = x.shape.length === 2 && labels.shape.length === 1 && own !== 1;
  const wanted = labels.shape.at(-1);
  const units = single ? 1 : x.shape.length === labels.shape.length && typeof wanted === 'number' ? wanted : null;
  return [
    {
      code: 'shape-mismatch',
      severity: 'error',
      port: 'x',
      message: `Binary cross-entropy needs one yes-or-no label for each score: scores of ${formatShape(x.shape)} do not go with labels of ${formatShape(labels.shape)}.`,
      expected: single ? 'batch×1' : formatShape(labels.shape),
      received: formatShape(x.shape),
      remedies: units === null ? [] : [{ title: `Set units to ${units}`, setSource: { port: 'x', set: { units } } }],
    },
  ];
}

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = floatOn(tf, inputs, 'x');
    const given = asFloat(tf, tensorOn(inputs, 'labels'));
    const labels = given.rank === x.rank ? given : tf.reshape(given, x.shape);
    const values = textOf(params, 'from') === 'logits' ? fromLogits(tf, x, labels) : fromProbabilities(tf, x, labels);
    const perExample = perExampleOf(tf, values, textOf(params, 'reduce') === 'sum' ? 'sum' : 'mean');
    return weightedLoss(tf, perExample, inputs.sampleWeight?.[0]);
  },
};

/** `t·softplus(−x) + (1 − t)·softplus(x)`: exact in both tails, since nothing is subtracted from anything near it. */
const fromLogits = (tf: Tf, x: Tensor, labels: Tensor): Tensor =>
  tf.add(tf.mul(labels, tf.softplus(tf.neg(x))), tf.mul(tf.sub(1, labels), tf.softplus(x)));

function fromProbabilities(tf: Tf, x: Tensor, labels: Tensor): Tensor {
  const p = tf.clipByValue(x, EPSILON, 1 - EPSILON);
  const yes = tf.mul(labels, tf.log(p));
  return tf.neg(tf.add(yes, tf.mul(tf.sub(1, labels), tf.log(tf.sub(1, p)))));
}

export const emit: Emit = {
  keras: () => ({ unsupported: 'a loss is no layer: give it to compile()' }),
};
