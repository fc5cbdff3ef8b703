import { inferGlobalPool, innerAxesFirst } from '../global-pooling';
import type { Emit, Face, KindRun } from '../kind';
import { onnxNodes } from '../onnx-nodes';
import { floatOn } from '../operands';
import { torchExpression } from '../torch-layer';

export const face: Face = {
  id: 'global-max-pool-2d',
  version: 1,
  title: 'Global max',
  summary: 'The largest number of each channel over the whole picture.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  aliases: ['gmp', 'global max pooling', 'pool'],
  icon: 'arrows-minimize',
  fields: {},
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  infer: (context) => inferGlobalPool('Global max', context),
  docs: {
    text: 'Leaves one number for each channel: its strongest answer anywhere in the picture.',
    formula: 'y[c] = max over (i, j) of x[i, j, c]',
    source: 'Keras 3 GlobalMaxPooling2D',
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
    return { outputs: { y: tf.max(x, inner) } };
  },
};

export const emit: Emit = {
  keras({ inputs }) {
    const spatial = (inputs.x?.[0]?.shape?.length ?? 0) - 2;
    if (spatial !== 1 && spatial !== 2) return { unsupported: 'Keras pools pictures and sequences here, nothing else' };
    const config = { data_format: 'channels_last', keepdims: false };
    return [{ className: `GlobalMaxPooling${spatial}D`, config, weights: [] }];
  },
  torch: ({ inputs }) => torchExpression((x) => `${x}.amax(dim=(${innerAxesFirst(inputs)}))`, { channels: 'first' }),
  onnx: () =>
    onnxNodes((x, { node }) => node('Flatten', [node('GlobalMaxPool', [x])], { axis: 1 }), { channels: 'first' }),
};
