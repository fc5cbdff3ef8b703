import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { emitSeparableConv } from './depthwise-emission';
import { inferSeparableConv, runSeparableConv, separableFields } from './depthwise-layer';

export const face: Face = {
  id: 'separable-conv-1d',
  version: 1,
  title: 'Separable conv 1D',
  summary: 'Filters each channel of a sequence, then mixes them.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['separable convolution', 'depthwise separable', 'xception', 'signal'],
  icon: 'wave-square',
  fields: separableFields(1),
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  time: ({ padding, stride }) => (padding === 'causal' && stride === 1 ? 'causal' : 'mixing'),
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['batch-norm', 'activation', 'max-pool-1d', 'separable-conv-1d'],
};

export const infer: Infer = (context) => inferSeparableConv('Separable conv 1D', 1, context);

export const docs: KindDocs = {
  text: 'A depthwise convolution along a sequence and a mixing of channels in one layer: nearly as good as a full convolution at a fraction of its weights.',
  formula: 'y = g(pointwise(depthwise(x)) + b)',
  source: 'Chollet, Xception, 2017; Keras 3 SeparableConv1D',
};

export const examples: KindExample[] = [
  {
    title: 'To four channels',
    params: { filters: 4, activation: 'relu' },
    inputs: { x: [{ shape: ['batch', 6, 3], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Halving, two filters each',
    params: { filters: 2, stride: 2, padding: 'valid', multiplier: 2, bias: false },
    inputs: { x: [{ shape: ['batch', 7, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Causal, dilated',
    params: { filters: 3, kernel: 2, padding: 'causal', dilation: 2 },
    inputs: { x: [{ shape: ['batch', 7, 2], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = { as: 'op', run: runSeparableConv };

export const emit = emitSeparableConv(1);
