import { spectralEvaluation } from '../common/spectral';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { emitTransposed, inferTransposed, runTransposed, transposedFields } from './transposed-conv-layer';

export const face: Face = {
  id: 'conv-3d-transpose',
  version: 1,
  title: 'Conv 3D transposed',
  summary: 'Paints a larger volume with small filters.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['deconvolution', 'transposed convolution', 'upconv', 'volume decoder', 'voxels'],
  icon: 'cube-plus',
  fields: transposedFields(3),
  inputs: [{ id: 'x', title: 'Volume', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  evaluation: spectralEvaluation,
  passThrough: { input: 'x', output: 'y' },
  body: { draw: 'kernel' },
  oftenNext: ['activation', 'batch-norm', 'conv-3d', 'conv-3d-transpose'],
};

export const infer: Infer = (context) => inferTransposed('Conv 3D transposed', 3, context);

export const docs: KindDocs = {
  text: 'The reverse of a 3-D convolution with a stride: each voxel paints its pattern into a larger volume, where the patterns overlap and add up.',
  formula: 'y[s·d + t, s·i + u, s·j + v, f] += Σ x[d, i, j, c] · W[t, u, v, f, c]',
  source: 'Zeiler et al., Deconvolutional networks, 2010; Keras 3 Conv3DTranspose',
};

export const examples: KindExample[] = [
  {
    title: 'Doubling',
    params: { filters: 2 },
    inputs: { x: [{ shape: ['batch', 2, 3, 2, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Without padding',
    params: { filters: 2, kernel: [2, 3, 2], stride: [3, 1, 2], padding: 'valid', bias: false },
    inputs: { x: [{ shape: ['batch', 2, 2, 3, 1], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'A stride wider than the kernel',
    params: { filters: 1, kernel: [1, 2, 3], stride: [2, 3, 2] },
    inputs: { x: [{ shape: ['batch', 2, 2, 2, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'With gaps',
    params: { filters: 1, kernel: [2, 3, 2], stride: [1, 1, 1], dilation: [2, 1, 3] },
    inputs: { x: [{ shape: ['batch', 2, 3, 2, 2], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = { as: 'op', run: runTransposed };

export const emit = emitTransposed(3);
