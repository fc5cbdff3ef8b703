import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { emitGlobalMax, inferGlobalPool, runGlobalMax } from './global-pool-layer';

export const face: Face = {
  id: 'global-max-pool-1d',
  version: 1,
  title: 'Global max 1D',
  summary: 'The largest number of each channel over the whole sequence.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  aliases: ['global pooling', 'pool', 'squeeze', 'sequence', 'gmp'],
  icon: 'arrows-diagonal-minimize-2',
  fields: {},
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  time: 'mixing',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['dense', 'dropout'],
};

export const infer: Infer = (context) => inferGlobalPool('Global max 1D', 1, context);

export const docs: KindDocs = {
  text: 'Leaves one number for each channel: its strongest answer anywhere in the sequence. The gradient goes to the place where it stood.',
  formula: 'y[c] = max over t of x[t, c]',
  source: 'Keras 3 GlobalMaxPooling1D',
};

export const examples: KindExample[] = [
  {
    title: 'A sequence',
    inputs: { x: [{ shape: ['batch', 5, 3], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = { as: 'op', run: runGlobalMax };

export const emit = emitGlobalMax(1);
