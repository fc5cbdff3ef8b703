import { spectralEvaluation } from '../common/spectral';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { emitTransposed, inferTransposed, runTransposed, transposedFields } from './transposed-conv-layer';

export const face: Face = {
  id: 'conv-1d-transpose',
  version: 1,
  title: 'Conv 1D transposed',
  summary: 'Draws a longer sequence with small filters.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['deconvolution', 'transposed convolution', 'upconv', 'audio decoder', 'wavegan'],
  icon: 'timeline-event-plus',
  fields: transposedFields(1),
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  evaluation: spectralEvaluation,
  time: 'mixing',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['activation', 'batch-norm', 'conv-1d', 'conv-1d-transpose'],
};

export const infer: Infer = (context) => inferTransposed('Conv 1D transposed', 1, context);

export const docs: KindDocs = {
  text: 'The reverse of a convolution with a stride: each step draws its pattern into a longer sequence, where the patterns overlap and add up.',
  formula: 'y[s·t + u, f] += Σ x[t, c] · W[u, f, c]',
  source: 'Zeiler et al., Deconvolutional networks, 2010; Keras 3 Conv1DTranspose',
};

export const examples: KindExample[] = [
  {
    title: 'Doubling',
    params: { filters: 3, activation: 'relu' },
    inputs: { x: [{ shape: ['batch', 4, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Without padding',
    params: { filters: 2, kernel: 2, stride: 3, padding: 'valid', bias: false },
    inputs: { x: [{ shape: ['batch', 3, 2], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = { as: 'op', run: runTransposed };

export const emit = emitTransposed(1);
