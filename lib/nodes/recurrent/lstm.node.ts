import { required } from '@/lib/base/invariant';
import type { Emit, Face, KindRun } from '../kind';
import { tensorOn, trainable, variableOf } from '../operands';
import { flagOf } from '../params';
import { inferRecurrent, recurrentFields, recurrentLayer, unroll } from '../recurrent-layer';

export const face: Face = {
  id: 'lstm',
  version: 1,
  title: 'LSTM',
  summary: 'Reads a sequence and decides what to remember.',
  category: 'recurrent',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['long short-term memory', 'rnn', 'recurrent', 'sequence', 'memory'],
  icon: 'repeat',
  fields: recurrentFields(),
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  time: 'causal',
  infer: (context) =>
    inferRecurrent(
      'LSTM',
      context,
      (features, units) => [
        trainable('kernel', [features, 4 * units], { law: 'glorot_uniform' }),
        trainable('recurrent_kernel', [units, 4 * units], { law: 'orthogonal' }),
        ...(flagOf(context.params, 'bias') ? [trainable('bias', [4 * units], { law: 'unit_forget_bias' })] : []),
      ],
      (features, units) => 2 * 4 * units * (features + units) + 25 * units,
    ),
  docs: {
    text: 'Carries a memory along the sequence. Three gates, learned like everything else, say what enters it, what is forgotten and what shows.',
    formula: 'i, f, o = σ(…);  c ← f·c + i·tanh(…);  h = o·tanh(c)',
    source: 'Hochreiter and Schmidhuber, Long short-term memory, 1997; Gers et al. 2000; Keras 3 LSTM',
  },
  examples: [
    {
      title: 'A sequence into a row',
      params: { units: 4 },
      inputs: { x: [{ shape: ['batch', 5, 3], dtype: 'float32', meaning: 'features' }] },
    },
    {
      title: 'Every step, from the end',
      params: { units: 3, gives: 'every', backwards: true, bias: false },
      inputs: { x: [{ shape: ['batch', 4, 2], dtype: 'float32', meaning: 'features' }] },
    },
  ],
  oftenNext: ['dense', 'lstm', 'dropout'],
};

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs, variables }) {
    const recurrent = variableOf(variables, 'recurrent_kernel');
    const kernel = variableOf(variables, 'kernel');
    const y = unroll(tf, params, tensorOn(inputs, 'x'), kernel, variables.bias, 2, (projected, [hidden, memory]) => {
      const h = required(hidden, 'hidden state');
      const [i, f, c, o] = tf.split(tf.add(projected, tf.matMul(h, recurrent)), 4, 1);
      const entering = tf.mul(tf.sigmoid(required(i, 'gate i')), tf.tanh(required(c, 'gate c')));
      const kept = tf.mul(tf.sigmoid(required(f, 'gate f')), required(memory, 'memory'));
      const next = tf.add(kept, entering);
      return [tf.mul(tf.sigmoid(required(o, 'gate o')), tf.tanh(next)), next];
    });
    return { outputs: { y } };
  },
};

export const emit: Emit = {
  keras({ params }) {
    return [
      recurrentLayer('LSTM', params, {
        activation: 'tanh',
        recurrent_activation: 'sigmoid',
        unit_forget_bias: flagOf(params, 'bias'),
      }),
    ];
  },
};
