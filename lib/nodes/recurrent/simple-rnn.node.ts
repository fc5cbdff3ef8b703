import { builtIn, recurrentActivationChoices } from '../common/activations';
import { textOf } from '../common/params';
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

const cell = CELLS['simple-rnn'];

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
    activation: { type: 'choice', title: 'Activation', default: 'tanh', choices: recurrentActivationChoices() },
  },
  inputs: recurrentInputs(cell),
  outputs: recurrentOutputs(cell),
  grad: recurrentGradients(cell),
  second: true,
  evaluation: 'own',
  rng: 'iteration',
  time: readingTime,
  steps: RECURRENT_STEPS,
  oftenNext: ['dense', 'lstm', 'gru'],
};

export const infer: Infer = (context) => inferRecurrent('Simple RNN', context, cell);

export const docs: KindDocs = {
  text: 'The plainest memory: what was remembered and what comes in are mixed by a dense layer at every step. Long sequences fade; LSTM and GRU hold on longer.',
  formula: 'h ← tanh(x·W + h·U + b)',
  source: 'Elman, Finding structure in time, 1990; Keras 3 SimpleRNN',
};

export const examples: KindExample[] = [
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
  {
    title: 'With a mask',
    params: { units: 3 },
    inputs: {
      x: [{ shape: ['batch', 5, 2], dtype: 'float32', meaning: 'features' }],
      mask: [{ shape: ['batch', 5], dtype: 'int32', meaning: 'mask', classes: 2 }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, context) => runRecurrent(tf, context, cell, cellWeights(context.variables)),
};

export const emit: Emit = {
  keras(context) {
    const layer = usedRecurrentLayer(recurrentLayer('SimpleRNN', context.params, {}), context);
    return [builtIn(layer, textOf(context.params, 'activation'))];
  },
  torch: (context) => torchRecurrent('simple-rnn', context),
  onnx: ({ params }) => onnxRecurrent('simple-rnn', params),
};
