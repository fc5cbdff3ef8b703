import { inferGlobalPool, innerAxesFirst } from '../global-pooling';
import type { Emit, Face, KindRun } from '../kind';
import { onnxNodes } from '../onnx-nodes';
import { floatOn } from '../operands';
import { torchExpression } from '../torch-layer';

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
  infer: (context) => inferGlobalPool('Global average', context),
  docs: {
    text: 'Leaves one number for each channel: how strongly it answered over the whole picture. Needs no weights, unlike Flatten and Dense.',
    formula: 'y[c] = mean over (i, j) of x[i, j, c]',
    source: 'Lin et al., Network in network, 2014; Keras 3 GlobalAveragePooling2D',
  },
  examples: [
    {
      title: 'A sequence',
      inputs: { x: [{ shape: ['batch', 4, 3], dtype: 'float32', meaning: 'features' }] },
    },
    { title: 'Feature maps', inputs: { x: [{ shape: ['batch', 3, 4, 5], dtype: 'float32', meaning: 'features' }] } },
  ],
  oftenNext: ['dense', 'dropout'],
};

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const x = floatOn(tf, inputs, 'x');
    const inner = x.shape.map((_, axis) => axis).slice(1, -1);
    return { outputs: { y: tf.mean(x, inner) } };
  },
};

export const emit: Emit = {
  keras({ inputs }) {
    const spatial = (inputs.x?.[0]?.shape?.length ?? 0) - 2;
    if (spatial !== 1 && spatial !== 2) return { unsupported: 'Keras pools pictures and sequences here, nothing else' };
    const config = { data_format: 'channels_last', keepdims: false };
    return [{ className: `GlobalAveragePooling${spatial}D`, config, weights: [] }];
  },
  torch: ({ inputs }) => torchExpression((x) => `${x}.mean(dim=(${innerAxesFirst(inputs)}))`, { channels: 'first' }),
  onnx: () =>
    onnxNodes((x, { node }) => node('Flatten', [node('GlobalAveragePool', [x])], { axis: 1 }), { channels: 'first' }),
};
