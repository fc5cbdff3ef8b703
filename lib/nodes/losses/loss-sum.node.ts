import { scalarSpec } from '../common/inference';
import { isConstant } from '../common/live';
import { numbersOf } from '../common/params';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun, Tensor } from '../kind';
import { lossEmit } from './loss-emission';

export const face: Face = {
  id: 'loss-sum',
  version: 1,
  title: 'Loss sum',
  summary: 'Adds losses, each with a weight.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['weighted loss', 'total loss', 'add losses', 'multi-task', 'beta'],
  icon: 'sum',
  fields: {
    weights: {
      type: 'numbers',
      title: 'Weights',
      default: [],
      of: 'losses',
      live: true,
      essential: true,
      help: 'One for each loss, in the order of the wires; 1 where none is given. Each can be driven by a schedule.',
    },
  },
  inputs: [{ id: 'losses', title: 'Losses', type: 'loss', variadic: true }],
  outputs: [{ id: 'loss', title: 'Loss', type: 'loss' }],
  second: true,
  oftenNext: ['adam', 'sgd'],
};

export const infer: Infer = ({ inputs }) => ({
  outputs: { loss: scalarSpec() },
  flops: 2 * (inputs.losses?.length ?? 0),
});

export const docs: KindDocs = {
  text: 'When a network should do several things at once, their losses are added. The weights say how much each one matters.',
  formula: 'L = w₁·L₁ + w₂·L₂ + …',
};

export const examples: KindExample[] = [
  {
    title: 'Two, one at half weight',
    params: { weights: [1, 0.5] },
    inputs: {
      losses: [
        { shape: [], dtype: 'float32', meaning: 'score' },
        { shape: [], dtype: 'float32', meaning: 'score' },
      ],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, numbers, inputs }) {
    const constants = params.weights === undefined ? [] : numbersOf(params, 'weights');
    let loss: Tensor = tf.scalar(0);
    (inputs.losses ?? []).forEach((each, index) => {
      const weight = numbers[`weights.${index}`] ?? constants[index] ?? 1;
      loss = tf.add(loss, isConstant(weight, 1) ? each : tf.mul(each, weight));
    });
    return { outputs: { loss } };
  },
};

export const emit: Emit = lossEmit;
