import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { rateField } from './random-layer';
import { emitSpatialDropout, inferSpatialDropout, runSpatialDropout } from './spatial-dropout-layer';

export const face: Face = {
  id: 'spatial-dropout-1d',
  version: 1,
  title: 'Spatial dropout 1D',
  summary: 'Silences whole channels of a sequence while training.',
  category: 'normalisation',
  makes: 'op',
  role: 'op',
  aliases: ['channel dropout', 'dropout 1d', 'regularisation', 'sequence'],
  icon: 'layers-difference',
  fields: { rate: rateField(0.3, 'The share of channels that are set to zero.') },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  evaluation: 'identity',
  rng: 'iteration',
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-1d', 'max-pool-1d'],
};

export const infer: Infer = (context) => inferSpatialDropout('Spatial dropout 1D', 1, context);

export const docs: KindDocs = {
  text: 'Neighbouring steps tell nearly the same, so dropping single ones helps little. This drops a channel along the whole sequence at once.',
  formula: 'y = x · m / (1 − rate), one m for each channel',
  source: 'Tompson et al., Efficient object localization using convolutional networks, 2015; Keras 3 SpatialDropout1D',
};

export const examples: KindExample[] = [
  { title: 'Channels', inputs: { x: [{ shape: ['batch', 5, 6], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = { as: 'op', run: runSpatialDropout };

export const emit = emitSpatialDropout(1);
