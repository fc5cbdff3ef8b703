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

const cell = CELLS.lstm;

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
  inputs: recurrentInputs(cell),
  outputs: recurrentOutputs(cell),
  grad: recurrentGradients(cell),
  second: true,
  evaluation: 'own',
  rng: 'iteration',
  time: readingTime,
  steps: RECURRENT_STEPS,
  oftenNext: ['dense', 'lstm', 'dropout'],
};

export const infer: Infer = (context) => inferRecurrent('LSTM', context, cell);

export const docs: KindDocs = {
  text: 'Carries a memory along the sequence. Three gates, learned like everything else, say what enters it, what is forgotten and what shows.',
  formula: 'i, f, o = σ(…);  c ← f·c + i·tanh(…);  h = o·tanh(c)',
  source: 'Hochreiter and Schmidhuber, Long short-term memory, 1997; Gers et al. 2000; Keras 3 LSTM',
};

export const examples: KindExample[] = [
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
  {
    title: 'With a mask, from a state and to one',
    params: { units: 2, gives: 'every', state: true },
    inputs: {
      x: [{ shape: ['batch', 4, 3], dtype: 'float32', meaning: 'features' }],
      mask: [{ shape: ['batch', 4], dtype: 'int32', meaning: 'mask', classes: 2 }],
      hidden: [{ shape: ['batch', 2], dtype: 'float32', meaning: 'features' }],
      memory: [{ shape: ['batch', 2], dtype: 'float32', meaning: 'features' }],
    },
  },
  {
    title: 'With dropout',
    params: { units: 3, dropout: 0.3, recurrentDropout: 0.4 },
    inputs: { x: [{ shape: ['batch', 3, 4], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, context) => runRecurrent(tf, context, cell, cellWeights(context.variables)),
};

export const emit: Emit = {
  keras: (context) => [
    usedRecurrentLayer(
      recurrentLayer('LSTM', context.params, {
        activation: 'tanh',
        recurrent_activation: 'sigmoid',
        unit_forget_bias: flagOf(context.params, 'bias'),
      }),
      context,
    ),
  ],
  torch: (context) => torchRecurrent('lstm', context),
  onnx: ({ params }) => onnxRecurrent('lstm', params),
};
