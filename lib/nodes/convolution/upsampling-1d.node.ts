import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { emitEnlarge, enlargeFields, inferEnlarge, runEnlarge } from './enlarge-layer';

export const face: Face = {
  id: 'upsampling-1d',
  version: 1,
  title: 'Upsampling 1D',
  summary: 'Makes a sequence longer by repeating its steps.',
  category: 'convolution',
  makes: 'op',
  role: 'op',
  aliases: ['upsample', 'repeat', 'enlarge', 'nearest', 'sequence'],
  icon: 'arrows-maximize',
  fields: enlargeFields(1),
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  time: 'mixing',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-1d', 'concat'],
};

export const infer: Infer = (context) => inferEnlarge('Upsampling 1D', 1, context);

export const docs: KindDocs = {
  text: 'Repeats each step a whole number of times along the sequence. Followed by a convolution it is the smooth alternative to a transposed one.',
  formula: 'y[s·t + u, c] = x[t, c]',
  source: 'Keras 3 UpSampling1D',
};

export const examples: KindExample[] = [
  {
    title: 'Doubling',
    inputs: { x: [{ shape: ['batch', 4, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Three times',
    params: { size: 3 },
    inputs: { x: [{ shape: ['batch', 4, 2], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = { as: 'op', run: runEnlarge };

export const emit = emitEnlarge(1);
