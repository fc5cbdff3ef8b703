import { required } from '@/lib/base/invariant';
import type { Emit, Face, KindRun, Tensor, Tf } from '../kind';
import { oneMinus } from '../live';
import { tensorOn, trainable, variableOf } from '../operands';
import { flagOf, numberOf } from '../params';
import { inferRecurrent, recurrentFields, recurrentLayer, unroll } from '../recurrent-layer';

export const face: Face = {
  id: 'gru',
  version: 1,
  title: 'GRU',
  summary: 'Reads a sequence with two gates.',
  category: 'recurrent',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['gated recurrent unit', 'rnn', 'recurrent', 'sequence', 'memory'],
  icon: 'rotate-clockwise',
  fields: {
    ...recurrentFields(),
    resetAfter: {
      type: 'switch',
      title: 'Reset after the product',
      default: true,
      help: 'Where the reset gate acts. On is what Keras and GPU libraries do; off exports to TensorFlow.js too.',
    },
  },
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  time: 'causal',
  infer: (context) =>
    inferRecurrent(
      'GRU',
      context,
      (features, units) => [
        trainable('kernel', [features, 3 * units], { law: 'glorot_uniform' }),
        trainable('recurrent_kernel', [units, 3 * units], { law: 'orthogonal' }),
        ...(flagOf(context.params, 'bias')
          ? [trainable('bias', flagOf(context.params, 'resetAfter') ? [2, 3 * units] : [3 * units], { law: 'zeros' })]
          : []),
      ],
      (features, units) => 2 * 3 * units * (features + units) + 20 * units,
    ),
  docs: {
    text: 'A smaller sister of the LSTM: one gate says how much of the memory is replaced, another how much of it is looked at.',
    formula: 'z, r = σ(…);  h ← z·h + (1 − z)·tanh(x·W + r·(h·U))',
    source: 'Cho et al., Learning phrase representations, 2014; Keras 3 GRU',
  },
  examples: [
    {
      title: 'A row',
      params: { units: 4 },
      inputs: { x: [{ shape: ['batch', 5, 3], dtype: 'float32', meaning: 'features' }] },
    },
    {
      title: 'Every step, reset before',
      params: { units: 3, gives: 'every', resetAfter: false },
      inputs: { x: [{ shape: ['batch', 4, 2], dtype: 'float32', meaning: 'features' }] },
    },
  ],
  oftenNext: ['dense', 'gru', 'dropout'],
};

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs, variables }) {
    const units = numberOf(params, 'units');
    const recurrent = variableOf(variables, 'recurrent_kernel');
    const kernel = variableOf(variables, 'kernel');
    const after = flagOf(params, 'resetAfter');
    const [inner, outer] = variables.bias && after ? tf.unstack(variables.bias) : [variables.bias, undefined];
    const y = unroll(tf, params, tensorOn(inputs, 'x'), kernel, inner, 1, (projected, [hidden]) => {
      const h = required(hidden, 'hidden state');
      const [x, xc] = tf.split(projected, [2 * units, units], 1) as [Tensor, Tensor];
      if (!after) {
        const [gates, candidate] = tf.split(recurrent, [2 * units, units], 1) as [Tensor, Tensor];
        const [z, r] = gatesOf(tf, tf.add(x, tf.matMul(h, gates)));
        return [mix(tf, z, h, tf.tanh(tf.add(xc, tf.matMul(tf.mul(r, h), candidate))))];
      }
      const product = tf.matMul(h, recurrent);
      const [g, c] = tf.split(outer ? tf.add(product, outer) : product, [2 * units, units], 1) as [Tensor, Tensor];
      const [z, r] = gatesOf(tf, tf.add(x, g));
      return [mix(tf, z, h, tf.tanh(tf.add(xc, tf.mul(r, c))))];
    });
    return { outputs: { y } };
  },
};

const gatesOf = (tf: Tf, sums: Tensor): [Tensor, Tensor] => tf.split(tf.sigmoid(sums), 2, 1) as [Tensor, Tensor];

const mix = (tf: Tf, gate: Tensor, old: Tensor, candidate: Tensor): Tensor =>
  tf.add(tf.mul(gate, old), tf.mul(oneMinus(tf, gate), candidate));

export const emit: Emit = {
  keras({ params }) {
    const after = flagOf(params, 'resetAfter');
    const config = { activation: 'tanh', recurrent_activation: 'sigmoid', reset_after: after };
    const layer = recurrentLayer('GRU', params, config);
    return [after ? { ...layer, tfjs: { unsupported: 'TensorFlow.js resets before the product only' } } : layer];
  },
};
