import { convFields, emitConv, inferConv, runConv } from '../common/conv-layer';
import { spectralEvaluation } from '../common/spectral';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'conv-2d',
  version: 1,
  title: 'Conv 2D',
  summary: 'Slides small filters over a picture.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['conv', 'convolution', 'conv2d', 'cnn', 'filter'],
  icon: 'grid-3x3',
  fields: convFields(2),
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  evaluation: spectralEvaluation,
  passThrough: { input: 'x', output: 'y' },
  body: { draw: 'kernel' },
  oftenNext: ['max-pool-2d', 'batch-norm', 'conv-2d', 'flatten', 'global-average-pool-2d', 'activation'],
};

export const infer: Infer = (context) => inferConv('Conv 2D', 2, context);

export const docs: KindDocs = {
  text: 'Each filter is a small window of weights that slides over the picture and answers how well the pattern fits at each place. Because the same weights are used everywhere, a pattern is found wherever it is.',
  formula: 'y[i, j, f] = g(Σ x[s·i + u, s·j + v, c] · W[u, v, c, f] + b[f])',
  source: 'LeCun et al., Gradient-based learning applied to document recognition, 1998; Keras 3 Conv2D',
};

export const examples: KindExample[] = [
  {
    title: 'Digits',
    params: { filters: 4, activation: 'relu' },
    inputs: { x: [{ shape: ['batch', 8, 8, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
  },
  {
    title: 'Halving, without border',
    params: { filters: 3, kernel: [3, 2], stride: [2, 2], padding: 'valid', bias: false, activation: 'tanh' },
    inputs: { x: [{ shape: ['batch', 7, 6, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Dilated',
    params: { filters: 2, dilation: [2, 3] },
    inputs: { x: [{ shape: ['batch', 8, 9, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'In two groups',
    params: { filters: 4, groups: 2, kernel: [3, 2], stride: [2, 2], activation: 'relu' },
    inputs: { x: [{ shape: ['batch', 5, 6, 4], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'In a critic: never steeper than one',
    params: { filters: 3, kernel: [2, 2], stride: [2, 2], activation: 'leaky-relu', spectral: true },
    inputs: { x: [{ shape: ['batch', 4, 4, 2], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = { as: 'op', run: runConv };

export const emit = emitConv(2);
