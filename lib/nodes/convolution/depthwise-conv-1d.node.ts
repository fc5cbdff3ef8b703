import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { emitDepthwiseConv } from './depthwise-emission';
import { depthwiseFields, inferDepthwiseConv, runDepthwiseConv } from './depthwise-layer';

export const face: Face = {
  id: 'depthwise-conv-1d',
  version: 1,
  title: 'Depthwise conv 1D',
  summary: 'Filters each channel of a sequence on its own.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['depthwise convolution', 'signal filter', 'depthwise', 'per channel'],
  icon: 'wave-saw-tool',
  fields: depthwiseFields(1),
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  time: 'mixing',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-1d', 'batch-norm', 'activation'],
};

export const infer: Infer = (context) => inferDepthwiseConv('Depthwise conv 1D', 1, context);

export const docs: KindDocs = {
  text: 'A convolution along a sequence that does not mix channels: each one has filters of its own, such as each sensor of a machine.',
  formula: 'y[t, c] = g(Σ x[s·t + u, c] · W[u, c] + b[c])',
  source: 'Howard et al., MobileNets, 2017; Keras 3 DepthwiseConv1D',
};

export const examples: KindExample[] = [
  { title: 'One filter each', inputs: { x: [{ shape: ['batch', 6, 3], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'Two each, halving',
    params: { kernel: 2, stride: 2, padding: 'valid', multiplier: 2, activation: 'relu', bias: false },
    inputs: { x: [{ shape: ['batch', 7, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Dilated',
    params: { dilation: 2 },
    inputs: { x: [{ shape: ['batch', 7, 2], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = { as: 'op', run: runDepthwiseConv };

export const emit = emitDepthwiseConv(1);
