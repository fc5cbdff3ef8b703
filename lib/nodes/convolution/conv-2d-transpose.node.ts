import { spectralEvaluation } from '../common/spectral';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { emitTransposed, inferTransposed, runTransposed, transposedFields } from './transposed-conv-layer';

export const face: Face = {
  id: 'conv-2d-transpose',
  version: 1,
  title: 'Conv 2D transposed',
  summary: 'Paints a larger picture with small filters.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['deconvolution', 'upconv', 'transposed convolution', 'conv transpose', 'fractionally strided', 'decoder'],
  icon: 'grid-pattern',
  fields: transposedFields(2),
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  evaluation: spectralEvaluation,
  passThrough: { input: 'x', output: 'y' },
  body: { draw: 'kernel' },
  oftenNext: ['batch-norm', 'activation', 'conv-2d-transpose', 'conv-2d'],
};

export const infer: Infer = (context) => inferTransposed('Conv 2D transposed', 2, context);

export const docs: KindDocs = {
  text: 'The reverse of a convolution with a stride: each pixel paints its pattern into the larger picture, where the patterns overlap and add up. A kernel that the stride divides avoids a checkerboard.',
  formula: 'y[s·i + u, s·j + v, f] += Σ x[i, j, c] · W[u, v, f, c]',
  source: 'Zeiler et al., Deconvolutional networks, 2010; Keras 3 Conv2DTranspose',
};

export const examples: KindExample[] = [
  {
    title: 'Doubling',
    params: { filters: 3, activation: 'relu' },
    inputs: { x: [{ shape: ['batch', 3, 4, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Without padding',
    params: { filters: 2, kernel: [3, 2], stride: [2, 2], padding: 'valid', bias: false },
    inputs: { x: [{ shape: ['batch', 3, 3, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'With gaps',
    params: { filters: 2, kernel: [3, 2], stride: [1, 1], dilation: [2, 3] },
    inputs: { x: [{ shape: ['batch', 3, 3, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'With gaps, without padding',
    params: { filters: 1, kernel: [2, 3], stride: [1, 1], dilation: [3, 1], padding: 'valid' },
    inputs: { x: [{ shape: ['batch', 2, 3, 2], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = { as: 'op', run: runTransposed };

export const emit = emitTransposed(2);
