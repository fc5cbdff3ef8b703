import { scalarSpec } from '../common/inference';
import { isConstant, liveNumber } from '../common/live';
import { textOf } from '../common/params';
import type { Field } from '../field';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun, Tensor } from '../kind';
import { lossEmit } from './loss-emission';

const strength = (title: string, value: number, help: string): Field => ({
  type: 'number',
  title,
  default: value,
  min: 0,
  max: 1000,
  logarithmic: true,
  live: true,
  essential: true,
  help,
});

export const face: Face = {
  id: 'weight-penalty',
  version: 1,
  title: 'Weight penalty',
  summary: 'Makes large weights cost something.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: [
    'l1',
    'l2',
    'regularizer',
    'regulariser',
    'ridge',
    'lasso',
    'elastic net',
    'weight decay',
    'kernel regularizer',
  ],
  icon: 'scale',
  fields: {
    l2: strength('Squares', 0.0001, 'How much the sum of squares counts: all weights become smaller.'),
    l1: strength('Sizes', 0, 'How much the sum of sizes counts: weights that matter little become zero.'),
    of: {
      type: 'choice',
      title: 'Of',
      default: 'kernels',
      choices: [
        { value: 'kernels', title: 'Kernels', help: 'Weights with two axes and more; biases and scales go free.' },
        { value: 'all', title: 'All weights' },
      ],
    },
  },
  inputs: [{ id: 'weights', title: 'Weights', type: 'weights', variadic: true }],
  outputs: [{ id: 'loss', title: 'Loss', type: 'loss' }],
  second: true,
  readsWeights: true,
  oftenNext: ['loss-sum'],
};

export const infer: Infer = () => ({ outputs: { loss: scalarSpec() } });

export const docs: KindDocs = {
  text: 'A loss of the weights alone, to be added to the one of the task. Wire the weights of layers or blocks; those that are frozen do not count. Small weights make smooth functions, which fit new examples better.',
  formula: 'L = l1·Σ|w| + l2·Σw²',
  source: 'Tikhonov, 1943; Tibshirani, Regression shrinkage and selection via the lasso, 1996; Keras 3 L1L2',
};

export const examples: KindExample[] = [
  { title: 'Ridge', inputs: {} },
  { title: 'Lasso', params: { l1: 0.001, l2: 0 }, inputs: {} },
];

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const isAll = textOf(context.params, 'of') === 'all';
    const weights = Object.values(context.variables).filter(({ rank }) => isAll || rank > 1);
    let loss: Tensor = tf.scalar(0);
    const add = (field: 'l1' | 'l2', size: (weight: Tensor) => Tensor): void => {
      const much = liveNumber(context, field);
      if (isConstant(much, 0)) return;
      for (const weight of weights) loss = tf.add(loss, tf.mul(tf.sum(size(weight)), much));
    };
    add('l1', (weight) => tf.abs(weight));
    add('l2', (weight) => tf.square(weight));
    return { outputs: { loss } };
  },
};

export const emit: Emit = lossEmit;
