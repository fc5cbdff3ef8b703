import { floatOn } from '../common/operands';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { emitMaxPool, inferPool, maxPool, poolFields, poolWindow } from './pool-layer';

export const face: Face = {
  id: 'max-pool-1d',
  version: 1,
  title: 'Max pool 1D',
  summary: 'Keeps the largest number of each stretch of steps.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  aliases: ['pooling', 'maxpool', 'downsample', 'sequence', 'temporal pooling'],
  icon: 'chart-bar',
  fields: poolFields(1),
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  time: 'mixing',
  passThrough: { input: 'x', output: 'y' },
  body: { draw: 'kernel' },
  oftenNext: ['conv-1d', 'lstm', 'flatten', 'dropout'],
};

export const infer: Infer = (context) => inferPool('Max pool 1D', 1, context);

export const docs: KindDocs = {
  text: 'Shortens a sequence by keeping, for each channel, the largest number of each window of steps.',
  formula: 'y[t, c] = max over u of x[s·t + u, c]',
  source: 'Keras 3 MaxPooling1D',
};

export const examples: KindExample[] = [
  {
    title: 'Halving',
    inputs: { x: [{ shape: ['batch', 6, 3], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Overlapping, padded',
    params: { size: 3, stride: 2, padding: 'same' },
    inputs: { x: [{ shape: ['batch', 7, 2], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { params, inputs }) => ({ outputs: { y: maxPool(tf, floatOn(tf, inputs, 'x'), poolWindow(params)) } }),
};

export const emit = emitMaxPool(1);
