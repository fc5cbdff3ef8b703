import type { Dim } from '@/lib/tensor/spec';
import { gridOn } from '../common/grid';
import { specOn, unknownOutput } from '../common/inference';
import { onnxNode } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { numberOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'pixel-shuffle',
  version: 1,
  title: 'Pixel shuffle',
  summary: 'Lays channels out as the pixels of a larger picture.',
  category: 'convolution',
  makes: 'op',
  role: 'op',
  aliases: ['depth to space', 'sub-pixel convolution', 'super resolution', 'espcn', 'upscale'],
  icon: 'grid-scan',
  fields: {
    factor: {
      type: 'number',
      title: 'Factor',
      default: 2,
      min: 1,
      max: 64,
      integer: true,
      essential: true,
      help: 'How many times higher and wider the picture becomes; its square divides the channels.',
    },
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  oftenNext: ['conv-2d', 'activation', 'output'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const grid = gridOn('Pixel shuffle', 'x', x, 2);
  if (grid === null || x === undefined) return unknownOutput();
  if ('problems' in grid) return unknownOutput(...grid.problems);
  const factor = numberOf(params, 'factor');
  const parts = factor * factor;
  const { channels } = grid;
  if (typeof channels === 'number' && channels % parts !== 0) {
    const more = Math.ceil(channels / parts) * parts;
    return unknownOutput({
      code: 'shape-mismatch',
      severity: 'error',
      port: 'x',
      message: `Each pixel becomes ${factor} × ${factor} of them, so the channels must be a multiple of ${parts}; here are ${channels}.`,
      expected: `a multiple of ${parts} channels`,
      received: String(channels),
      remedies: [
        {
          title: `Insert a 1×1 convolution to ${more} channels`,
          insert: { port: 'x', kind: 'conv-2d', params: { filters: more, kernel: [1, 1] } },
        },
      ],
    });
  }
  const times = (dim: Dim): Dim => (typeof dim === 'number' ? dim * factor : factor === 1 ? dim : null);
  const shape = [grid.batch, ...grid.inner.map(times), typeof channels === 'number' ? channels / parts : null];
  return { outputs: { y: { ...x, dtype: 'float32', shape } } };
}

export const docs: KindDocs = {
  text: 'Takes four channels of a pixel (for factor 2) and makes a 2 × 2 block of pixels of them. A convolution before it computes at the small size and paints at the large one, without a checkerboard.',
  formula: 'y[r·i + u, r·j + v, c] = x[i, j, (r·u + v)·C + c]',
  source: 'Shi et al., Real-time single image super-resolution, 2016; TensorFlow depth_to_space',
};

export const examples: KindExample[] = [
  { title: 'Doubling', inputs: { x: [{ shape: ['batch', 2, 3, 8], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'Three times',
    params: { factor: 3 },
    inputs: { x: [{ shape: ['batch', 2, 2, 9], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const factor = numberOf(params, 'factor');
    const x = floatOn(tf, inputs, 'x');
    const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
    const left = channels / (factor * factor);
    // Of each row of pixels the parts that belong to one row of the larger picture move together.
    const parts = tf.transpose(tf.reshape(x, [batch * height, width, factor, factor * left]), [0, 2, 1, 3]);
    return { outputs: { y: tf.reshape(parts, [batch, height * factor, width * factor, left]) } };
  },
};

export const emit: Emit = {
  keras({ params, inputs, outputs }) {
    const factor = numberOf(params, 'factor');
    const [, height, width] = inputs.x?.[0]?.shape ?? [];
    const [, high, wide, left] = outputs.y?.shape ?? [];
    if (![height, width, high, wide, left].every((size) => typeof size === 'number'))
      return { unsupported: 'the size of the picture is not known' };
    return [
      {
        className: 'Reshape',
        config: { target_shape: [Number(height), Number(width), factor, factor, Number(left)] },
        weights: [],
        tfjs: { unsupported: 'TensorFlow.js permutes no more than four axes' },
      },
      { className: 'Permute', config: { dims: [1, 3, 2, 4, 5] }, weights: [] },
      { className: 'Reshape', config: { target_shape: [Number(high), Number(wide), Number(left)] }, weights: [] },
    ];
  },
  // PyTorch counts the places of the block within each channel, we the channels within each place.
  torch({ params }) {
    const factor = numberOf(params, 'factor');
    return torchExpression(
      (x) => `F.pixel_shuffle(${x}.unflatten(1, (${factor ** 2}, -1)).transpose(1, 2).flatten(1, 2), ${factor})`,
      { channels: 'first' },
    );
  },
  onnx: ({ params }) =>
    onnxNode('DepthToSpace', { blocksize: numberOf(params, 'factor'), mode: 'DCR' }, { channels: 'first' }),
};
