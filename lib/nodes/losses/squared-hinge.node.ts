import { flopsPerExample } from '../common/inference';
import { inferLoss, LOSS_OUTPUTS, reducedLoss } from '../common/loss';
import { comparedOn, inferRegression, REGRESSION_INPUTS } from '../common/regression';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { lossEmit } from './loss-emission';

export const face: Face = {
  id: 'squared-hinge',
  version: 1,
  title: 'Squared hinge',
  summary: 'Hinge that minds large mistakes far more.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['svm', 'l2-svm', 'margin', 'support vector machine'],
  icon: 'angle',
  fields: {},
  inputs: REGRESSION_INPUTS.map((port) => (port.id === 'target' ? { ...port, title: 'Labels (0 or 1)' } : port)),
  outputs: LOSS_OUTPUTS,
  grad: ['x'],
  second: true,
  oftenNext: ['sgd', 'adam'],
};

export function infer(context: InferContext): Inference {
  const { problems } = inferRegression('Squared hinge', context, 5);
  const shape = context.inputs.x?.[0]?.shape ?? null;
  return inferLoss(context.inputs, shape?.slice(0, 1) ?? null, flopsPerExample(shape, 5), problems, shape);
}

export const docs: KindDocs = {
  text: 'Like Hinge, but squared: a score far on the wrong side costs much more than one near the border, and the slope has no kink at the margin. Labels of 0 count as −1.',
  formula: 'l = max(0, 1 − t·x)², t = ±1',
  source: 'Tang, Deep learning using linear support vector machines, 2013; Keras 3 SquaredHinge',
};

export const examples: KindExample[] = [
  {
    title: 'Yes or no',
    inputs: {
      x: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features' }],
      target: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 2 }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const { x, target } = comparedOn(tf, inputs);
    const side = tf.sub(tf.mul(tf.cast(tf.greater(target, 0), 'float32'), 2), 1);
    const values = tf.square(tf.relu(tf.sub(1, tf.mul(side, x))));
    return reducedLoss(tf, values, inputs.sampleWeight?.[0]);
  },
};

export const emit: Emit = lossEmit;
