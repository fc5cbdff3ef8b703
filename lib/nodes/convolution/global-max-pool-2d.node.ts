import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { emitGlobalMax, inferGlobalPool, runGlobalMax } from './global-pool-layer';

export const face: Face = {
  id: 'global-max-pool-2d',
  version: 1,
  title: 'Global max',
  summary: 'The largest number of each channel over the whole picture.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  aliases: ['gmp', 'global max pooling', 'pool'],
  icon: 'arrows-minimize',
  fields: {},
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['dense', 'dropout'],
};

export const infer: Infer = (context) => inferGlobalPool('Global max', 2, context);

export const docs: KindDocs = {
  text: 'Leaves one number for each channel: its strongest answer anywhere in the picture.',
  formula: 'y[c] = max over (i, j) of x[i, j, c]',
  source: 'Keras 3 GlobalMaxPooling2D',
};

export const examples: KindExample[] = [
  { title: 'Feature maps', inputs: { x: [{ shape: ['batch', 3, 4, 5], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = { as: 'op', run: runGlobalMax };

export const emit = emitGlobalMax(2);
