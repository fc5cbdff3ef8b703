import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { rateField } from './random-layer';
import { emitSpatialDropout, inferSpatialDropout, runSpatialDropout } from './spatial-dropout-layer';

export const face: Face = {
  id: 'spatial-dropout-3d',
  version: 1,
  title: 'Spatial dropout 3D',
  summary: 'Silences whole channels of a volume while training.',
  category: 'normalisation',
  makes: 'op',
  role: 'op',
  aliases: ['channel dropout', 'dropout 3d', 'regularisation', 'volume'],
  icon: 'layers-difference',
  fields: { rate: rateField(0.3, 'The share of channels that are set to zero.') },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  evaluation: 'identity',
  rng: 'iteration',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-3d', 'max-pool-3d'],
};

export const infer: Infer = (context) => inferSpatialDropout('Spatial dropout 3D', 3, context);

export const docs: KindDocs = {
  text: 'Neighbouring voxels tell nearly the same, so dropping single ones helps little. This drops a channel along the whole volume at once.',
  formula: 'y = x · m / (1 − rate), one m for each channel',
  source: 'Tompson et al., Efficient object localization using convolutional networks, 2015; Keras 3 SpatialDropout3D',
};

export const examples: KindExample[] = [
  { title: 'Channels', inputs: { x: [{ shape: ['batch', 2, 3, 2, 6], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = { as: 'op', run: runSpatialDropout };

export const emit = emitSpatialDropout(3);
