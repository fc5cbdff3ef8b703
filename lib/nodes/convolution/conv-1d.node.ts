import { convFields, emitConv, inferConv, runConv } from '../common/conv-layer';
import { spectralEvaluation } from '../common/spectral';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'conv-1d',
  version: 1,
  title: 'Conv 1D',
  summary: 'Slides small filters along a sequence.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['conv1d', 'temporal convolution', 'convolution', 'signal', 'tcn', 'causal convolution'],
  icon: 'timeline',
  fields: convFields(1),
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  evaluation: spectralEvaluation,
  time({ padding, stride, kernel }) {
    if (kernel === 1 && stride === 1) return 'pointwise';
    return padding === 'causal' && stride === 1 ? 'causal' : 'mixing';
  },
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['activation', 'global-average-pool-2d', 'lstm', 'dense'],
};

export const infer: Infer = (context) => inferConv('Conv 1D', 1, context);

export const docs: KindDocs = {
  text: 'A convolution over time: each filter looks at a few neighbouring steps and answers how well its pattern fits there. Sees all steps at once, unlike a recurrent layer.',
  formula: 'y[t, f] = g(Σ x[s·t + u, c] · W[u, c, f] + b[f])',
  source: 'Waibel et al., Phoneme recognition using time-delay neural networks, 1989; Keras 3 Conv1D',
};

export const examples: KindExample[] = [
  {
    title: 'A signal',
    params: { filters: 4, activation: 'relu' },
    inputs: { x: [{ shape: ['batch', 8, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Causal, halving',
    params: { filters: 3, kernel: 2, stride: 2, padding: 'causal', bias: false },
    inputs: { x: [{ shape: ['batch', 6, 3], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Causal, dilated',
    params: { filters: 2, kernel: 3, padding: 'causal', dilation: 2 },
    inputs: { x: [{ shape: ['batch', 7, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'In two groups',
    params: { filters: 4, groups: 2 },
    inputs: { x: [{ shape: ['batch', 5, 6], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = { as: 'op', run: runConv };

export const emit = emitConv(1);
