import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { emitSeparableConv } from './depthwise-emission';
import { inferSeparableConv, runSeparableConv, separableFields } from './depthwise-layer';

export const face: Face = {
  id: 'separable-conv-2d',
  version: 1,
  title: 'Separable conv 2D',
  summary: 'Filters each channel, then mixes them.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['separable convolution', 'xception', 'depthwise separable', 'mobilenet'],
  icon: 'grid-4x4',
  fields: separableFields(2),
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  passThrough: { input: 'x', output: 'y' },
  body: { draw: 'kernel' },
  oftenNext: ['batch-norm', 'activation', 'max-pool-2d', 'separable-conv-2d'],
};

export const infer: Infer = (context) => inferSeparableConv('Separable conv 2D', 2, context);

export const docs: KindDocs = {
  text: 'A depthwise convolution and a 1×1 convolution in one layer: nearly as good as a full convolution at a fraction of its weights.',
  formula: 'y = g(pointwise(depthwise(x)) + b)',
  source: 'Chollet, Xception, 2017; Keras 3 SeparableConv2D',
};

export const examples: KindExample[] = [
  {
    title: 'To four channels',
    params: { filters: 4, activation: 'relu' },
    inputs: { x: [{ shape: ['batch', 5, 4, 3], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Halving, two filters each',
    params: { filters: 2, stride: [2, 2], padding: 'valid', multiplier: 2, bias: false },
    inputs: { x: [{ shape: ['batch', 5, 7, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Dilated',
    params: { filters: 3, dilation: [2, 1], kernel: [2, 3] },
    inputs: { x: [{ shape: ['batch', 5, 4, 2], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = { as: 'op', run: runSeparableConv };

export const emit = emitSeparableConv(2);
