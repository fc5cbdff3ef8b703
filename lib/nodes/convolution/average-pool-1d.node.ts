import { floatOn } from '../common/operands';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { averagePool, emitAveragePool, inferPool, poolFields, poolWindow } from './pool-layer';

export const face: Face = {
  id: 'average-pool-1d',
  version: 1,
  title: 'Average pool 1D',
  summary: 'Takes the mean of each stretch of steps.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  aliases: ['avgpool', 'mean pool', 'smooth', 'downsample', 'sequence'],
  icon: 'chart-line',
  fields: poolFields(1),
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  time: 'mixing',
  passThrough: { input: 'x', output: 'y' },
  body: { draw: 'kernel' },
  oftenNext: ['conv-1d', 'lstm', 'flatten', 'dense'],
};

export const infer: Infer = (context) => inferPool('Average pool 1D', 1, context);

export const docs: KindDocs = {
  text: 'Shortens a sequence by taking, for each channel, the mean of each window of steps. Steps of the padding do not count.',
  formula: 'y[t, c] = mean over u of x[s·t + u, c]',
  source: 'Keras 3 AveragePooling1D',
};

export const examples: KindExample[] = [
  {
    title: 'Halving',
    inputs: { x: [{ shape: ['batch', 6, 3], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'A moving mean',
    params: { size: 3, stride: 1 },
    inputs: { x: [{ shape: ['batch', 5, 2], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { params, inputs }) => ({ outputs: { y: averagePool(tf, floatOn(tf, inputs, 'x'), poolWindow(params)) } }),
};

export const emit = emitAveragePool(1);
