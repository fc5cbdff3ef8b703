import { flagOf } from '../common/params';
import { CELLS, cellWeights } from '../common/recurrent-cells';
import {
  inferRecurrent,
  RECURRENT_STEPS,
  readingTime,
  recurrentFields,
  recurrentGradients,
  recurrentInputs,
  recurrentLayer,
  recurrentOutputs,
  usedRecurrentLayer,
} from '../common/recurrent-layer';
import { runRecurrent } from '../common/unroll';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { onnxRecurrent } from './recurrent-onnx';
import { torchRecurrent } from './recurrent-torch';

const cell = CELLS.gru;

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
  inputs: recurrentInputs(cell),
  outputs: recurrentOutputs(cell),
  grad: recurrentGradients(cell),
  second: true,
  evaluation: 'own',
  rng: 'iteration',
  time: readingTime,
  steps: RECURRENT_STEPS,
  oftenNext: ['dense', 'gru', 'dropout'],
};

export const infer: Infer = (context) => inferRecurrent('GRU', context, cell);

export const docs: KindDocs = {
  text: 'A smaller sister of the LSTM: one gate says how much of the memory is replaced, another how much of it is looked at.',
  formula: 'z, r = σ(…);  h ← z·h + (1 − z)·tanh(x·W + r·(h·U))',
  source: 'Cho et al., Learning phrase representations, 2014; Keras 3 GRU',
};

export const examples: KindExample[] = [
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
  {
    title: 'With a mask, backwards, from a state and to one',
    params: { units: 2, backwards: true, state: true, recurrentDropout: 0.2 },
    inputs: {
      x: [{ shape: ['batch', 4, 3], dtype: 'float32', meaning: 'features' }],
      mask: [{ shape: ['batch', 4], dtype: 'int32', meaning: 'mask', classes: 2 }],
      hidden: [{ shape: ['batch', 2], dtype: 'float32', meaning: 'features' }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, context) => runRecurrent(tf, context, cell, cellWeights(context.variables)),
};

export const emit: Emit = {
  keras(context) {
    const after = flagOf(context.params, 'resetAfter');
    const config = { activation: 'tanh', recurrent_activation: 'sigmoid', reset_after: after };
    const layer = usedRecurrentLayer(recurrentLayer('GRU', context.params, config), context);
    return [after ? { ...layer, tfjs: { unsupported: 'TensorFlow.js resets before the product only' } } : layer];
  },
  torch: (context) => torchRecurrent('gru', context),
  onnx: ({ params }) => onnxRecurrent('gru', params),
};
