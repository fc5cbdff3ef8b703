import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { emitDepthwiseConv } from './depthwise-emission';
import { depthwiseFields, inferDepthwiseConv, runDepthwiseConv } from './depthwise-layer';

export const face: Face = {
  id: 'depthwise-conv-2d',
  version: 1,
  title: 'Depthwise conv 2D',
  summary: 'Filters each channel on its own.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['depthwise convolution', 'mobilenet', 'grouped convolution', 'depthwise'],
  icon: 'grid-dots',
  fields: depthwiseFields(2),
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  passThrough: { input: 'x', output: 'y' },
  body: { draw: 'kernel' },
  oftenNext: ['conv-2d', 'batch-norm', 'activation'],
};

export const infer: Infer = (context) => inferDepthwiseConv('Depthwise conv 2D', 2, context);

export const docs: KindDocs = {
  text: 'A convolution that does not mix channels: each one has filters of its own. Followed by a 1×1 convolution, which mixes them, it needs far fewer weights than a full one.',
  formula: 'y[i, j, c] = g(Σ x[s·i + u, s·j + v, c] · W[u, v, c] + b[c])',
  source: 'Howard et al., MobileNets, 2017; Keras 3 DepthwiseConv2D',
};

export const examples: KindExample[] = [
  { title: 'One filter each', inputs: { x: [{ shape: ['batch', 5, 4, 3], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'Two each, halving',
    params: { kernel: [3, 3], stride: [2, 2], padding: 'valid', multiplier: 2, activation: 'relu', bias: false },
    inputs: { x: [{ shape: ['batch', 7, 7, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Dilated',
    params: { dilation: [2, 1], kernel: [2, 3] },
    inputs: { x: [{ shape: ['batch', 5, 4, 2], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = { as: 'op', run: runDepthwiseConv };

export const emit = emitDepthwiseConv(2);
