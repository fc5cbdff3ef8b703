import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { emitGlobalMax, inferGlobalPool, runGlobalMax } from './global-pool-layer';

export const face: Face = {
  id: 'global-max-pool-3d',
  version: 1,
  title: 'Global max 3D',
  summary: 'The largest number of each channel over the whole volume.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  aliases: ['global pooling', 'pool', 'squeeze', 'volume', 'gmp'],
  icon: 'arrows-diagonal-minimize-2',
  fields: {},
  inputs: [{ id: 'x', title: 'Volume', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['dense', 'dropout'],
};

export const infer: Infer = (context) => inferGlobalPool('Global max 3D', 3, context);

export const docs: KindDocs = {
  text: 'Leaves one number for each channel: its strongest answer anywhere in the volume. The gradient goes to the place where it stood.',
  formula: 'y[c] = max over (d, i, j) of x[d, i, j, c]',
  source: 'Keras 3 GlobalMaxPooling3D',
};

export const examples: KindExample[] = [
  {
    title: 'Feature maps',
    inputs: { x: [{ shape: ['batch', 2, 3, 4, 2], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = { as: 'op', run: runGlobalMax };

export const emit = emitGlobalMax(3);
