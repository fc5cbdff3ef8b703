import { flopsPerExample, specOn } from '../common/inference';
import { inferLoss, LOSS_OUTPUTS, weightedLoss } from '../common/loss';
import { textOf } from '../common/params';
import { comparedOn, REGRESSION_INPUTS, regressionProblems } from '../common/regression';
import { EPSILON, scoreProblems, scoresField } from '../common/scores';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { lossEmit } from './loss-emission';

export const face: Face = {
  id: 'kl-divergence',
  version: 1,
  title: 'KL divergence',
  summary: 'How far one distribution over classes is from another.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['kullback-leibler', 'relative entropy', 'distillation', 'soft labels'],
  icon: 'chart-histogram',
  fields: { from: scoresField() },
  inputs: REGRESSION_INPUTS.map((port) =>
    port.id === 'x'
      ? { ...port, title: 'Scores' }
      : port.id === 'target'
        ? { ...port, title: 'Target probabilities' }
        : port,
  ),
  outputs: LOSS_OUTPUTS,
  grad: ['x', 'target'],
  second: true,
  time: 'pointwise',
  oftenNext: ['adam', 'loss-sum'],
};

export function infer(context: InferContext): Inference {
  const x = specOn(context.inputs, 'x');
  const problems = [
    ...regressionProblems('KL divergence', context),
    ...scoreProblems('x', x, textOf(context.params, 'from'), 'softmax'),
  ];
  return inferLoss(context.inputs, x?.shape?.slice(0, -1) ?? null, flopsPerExample(x?.shape ?? null, 8), problems);
}

export const docs: KindDocs = {
  text: 'Compares a predicted distribution with a target one, such as the answers of a larger network (distillation). 0 where they are equal. For hard labels, Cross-entropy is the same but for a constant.',
  formula: 'l = Σ t·log(t / p)',
  source: 'Kullback and Leibler, On information and sufficiency, 1951; Keras 3 KLDivergence',
};

export const examples: KindExample[] = [
  {
    title: 'Soft labels',
    inputs: {
      x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }],
      target: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'probabilities', range: [0.1, 0.5] }],
    },
  },
  {
    title: 'Probabilities, weighted',
    params: { from: 'probabilities' },
    inputs: {
      x: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'probabilities', range: [0.1, 0.8] }],
      target: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'probabilities', range: [0.1, 0.8] }],
      sampleWeight: [{ shape: ['batch'], dtype: 'float32', meaning: 'sample-weight', range: [0, 1] }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const { x, target } = comparedOn(tf, inputs);
    const truth = tf.clipByValue(target, EPSILON, 1);
    const logarithm = textOf(params, 'from') === 'logits' ? tf.logSoftmax(x) : tf.log(tf.clipByValue(x, EPSILON, 1));
    const values = tf.sum(tf.mul(truth, tf.sub(tf.log(truth), logarithm)), -1);
    return weightedLoss(tf, values, inputs.sampleWeight?.[0]);
  },
};

export const emit: Emit = lossEmit;
