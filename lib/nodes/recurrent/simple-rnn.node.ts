import { required } from '@/lib/base/invariant';
import { activate, activationChoices, activationOf } from '../activations';
import type { Emit, Face, KindRun } from '../kind';
import { tensorOn, trainable, variableOf } from '../operands';
import { flagOf, textOf } from '../params';
import { inferRecurrent, recurrentFields, recurrentLayer, unroll } from '../recurrent-layer';

export const face: Face = {
  id: 'simple-rnn',
  version: 1,
  title: 'Simple RNN',
  summary: 'Reads a sequence, mixing each step with the last.',
  category: 'recurrent',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['rnn', 'vanilla rnn', 'recurrent', 'elman', 'sequence'],
  icon: 'refresh',
  fields: {
    ...recurrentFields(),
    activation: { type: 'choice', title: 'Activation', default: 'tanh', choices: activationChoices() },
  },
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  time: 'causal',
  infer: (context) =>
    inferRecurrent(
      'Simple RNN',
      context,
      (features, units) => [
        trainable('kernel', [features, units], { law: 'glorot_uniform' }),
        trainable('recurrent_kernel', [units, units], { law: 'orthogonal' }),
        ...(flagOf(context.params, 'bias') ? [trainable('bias', [units], { law: 'zeros' })] : []),
      ],
      (features, units) => 2 * units * (features + units) + 5 * units,
    ),
  docs: {
    text: 'The plainest memory: what was remembered and what comes in are mixed by a dense layer at every step. Long sequences fade; LSTM and GRU hold on longer.',
    formula: 'h ← tanh(x·W + h·U + b)',
    source: 'Elman, Finding structure in time, 1990; Keras 3 SimpleRNN',
  },
  examples: [
    {
      title: 'A row',
      params: { units: 4 },
      inputs: { x: [{ shape: ['batch', 5, 3], dtype: 'float32', meaning: 'features' }] },
    },
    {
      title: 'Every step',
      params: { units: 2, gives: 'every', bias: false, activation: 'sigmoid' },
      inputs: { x: [{ shape: ['batch', 'time', 2], dtype: 'float32', meaning: 'features' }] },
    },
  ],
  oftenNext: ['dense', 'lstm', 'gru'],
};

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs, variables }) {
    const recurrent = variableOf(variables, 'recurrent_kernel');
    const activation = textOf(params, 'activation');
    const kernel = variableOf(variables, 'kernel');
    const y = unroll(tf, params, tensorOn(inputs, 'x'), kernel, variables.bias, 1, (projected, [hidden]) => [
      activate(tf, tf.add(projected, tf.matMul(required(hidden, 'hidden state'), recurrent)), activation),
    ]);
    return { outputs: { y } };
  },
};

export const emit: Emit = {
  keras({ params }) {
    const { keras, tfjs } = activationOf(textOf(params, 'activation'));
    if (keras === undefined) return { unsupported: 'Keras has no such activation inside a recurrent layer' };
    const layer = recurrentLayer('SimpleRNN', params, { activation: keras });
    return [tfjs === undefined ? layer : { ...layer, tfjs: { config: { activation: tfjs } } }];
  },
};
