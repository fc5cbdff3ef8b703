import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { emitGlobalAverage, inferGlobalPool, runGlobalAverage } from './global-pool-layer';

export const face: Face = {
  id: 'global-average-pool-3d',
  version: 1,
  title: 'Global average 3D',
  summary: 'The mean of each channel over the whole volume.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  aliases: ['global pooling', 'pool', 'squeeze', 'volume', 'gap'],
  icon: 'arrows-minimize',
  fields: {},
  inputs: [{ id: 'x', title: 'Volume', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['dense', 'dropout'],
};

export const infer: Infer = (context) => inferGlobalPool('Global average 3D', 3, context);

export const docs: KindDocs = {
  text: 'Leaves one number for each channel: how strongly it answered over the whole volume, however long that is.',
  formula: 'y[c] = mean over (d, i, j) of x[d, i, j, c]',
  source: 'Lin et al., Network in network, 2014; Keras 3 GlobalAveragePooling3D',
};

export const examples: KindExample[] = [
  {
    title: 'Feature maps',
    inputs: { x: [{ shape: ['batch', 2, 3, 4, 2], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = { as: 'op', run: runGlobalAverage };

export const emit = emitGlobalAverage(3);
