import { convFields, emitConv, inferConv, runConv } from '../common/conv-layer';
import { spectralEvaluation } from '../common/spectral';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'conv-3d',
  version: 1,
  title: 'Conv 3D',
  summary: 'Slides small filters through a volume or a film.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['conv3d', 'volumetric convolution', 'video', 'scan', 'voxels'],
  icon: 'cube',
  fields: convFields(3),
  inputs: [{ id: 'x', title: 'Volume', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  evaluation: spectralEvaluation,
  passThrough: { input: 'x', output: 'y' },
  body: { draw: 'kernel' },
  oftenNext: ['activation', 'batch-norm', 'conv-3d', 'flatten'],
};

export const infer: Infer = (context) => inferConv('Conv 3D', 3, context);

export const docs: KindDocs = {
  text: 'A convolution over three axes: through the slices of a scan, or through the pictures of a film, where a filter also sees what moves.',
  formula: 'y[d, i, j, f] = g(Σ x[s·d + t, s·i + u, s·j + v, c] · W[t, u, v, c, f] + b[f])',
  source: 'Ji et al., 3D convolutional neural networks for human action recognition, 2013; Keras 3 Conv3D',
};

export const examples: KindExample[] = [
  {
    title: 'A scan',
    params: { filters: 3, activation: 'relu' },
    inputs: { x: [{ shape: ['batch', 4, 5, 4, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Halving, without border',
    params: { filters: 2, kernel: [2, 3, 2], stride: [2, 2, 1], padding: 'valid', bias: false },
    inputs: { x: [{ shape: ['batch', 5, 5, 4, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Halving the border too',
    params: { filters: 2, kernel: [3, 2, 3], stride: [2, 2, 2] },
    inputs: { x: [{ shape: ['batch', 4, 3, 5, 1], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Dilated',
    params: { filters: 2, kernel: [2, 2, 2], dilation: [2, 1, 2] },
    inputs: { x: [{ shape: ['batch', 4, 3, 5, 1], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = { as: 'op', run: runConv };

export const emit = emitConv(3);
