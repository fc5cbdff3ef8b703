import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { emitGlobalAverage, inferGlobalPool, runGlobalAverage } from './global-pool-layer';

export const face: Face = {
  id: 'global-average-pool-2d',
  version: 1,
  title: 'Global average',
  summary: 'The mean of each channel over the whole picture.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  aliases: ['gap', 'global average pooling', 'squeeze', 'pool'],
  icon: 'arrows-minimize',
  fields: {},
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['dense', 'dropout'],
};

export const infer: Infer = (context) => inferGlobalPool('Global average', 2, context);

export const docs: KindDocs = {
  text: 'Leaves one number for each channel: how strongly it answered over the whole picture. Needs no weights, unlike Flatten and Dense.',
  formula: 'y[c] = mean over (i, j) of x[i, j, c]',
  source: 'Lin et al., Network in network, 2014; Keras 3 GlobalAveragePooling2D',
};

export const examples: KindExample[] = [
  { title: 'Feature maps', inputs: { x: [{ shape: ['batch', 3, 4, 5], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = { as: 'op', run: runGlobalAverage };

export const emit = emitGlobalAverage(2);
