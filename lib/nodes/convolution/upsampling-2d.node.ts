import type { Dim } from '@/lib/tensor/spec';
import { flopsPerExample, specOn, unknownOutput } from '../inference';
import type { Emit, Face, KindRun, Tensor, Tensor4D, Tf } from '../kind';
import { onnxNodes } from '../onnx-nodes';
import { floatOn } from '../operands';
import { pairOf, textOf } from '../params';
import { torchExpression, torchSize } from '../torch-layer';
import { pictureOn } from '../windows';

export const face: Face = {
  id: 'upsampling-2d',
  version: 1,
  title: 'Upsampling',
  summary: 'Makes a picture larger without learning.',
  category: 'convolution',
  makes: 'op',
  role: 'op',
  aliases: ['upsample', 'resize', 'enlarge', 'unpool', 'interpolate', 'bilinear', 'nearest'],
  icon: 'arrows-maximize',
  fields: {
    size: {
      type: 'size',
      title: 'Factor',
      axes: 2,
      default: [2, 2],
      min: 1,
      max: 64,
      essential: true,
      help: 'How many times higher and wider the picture becomes.',
    },
    interpolation: {
      type: 'choice',
      title: 'Between pixels',
      default: 'nearest',
      choices: [
        { value: 'nearest', title: 'Nearest', help: 'Each pixel becomes a block.' },
        { value: 'bilinear', title: 'Bilinear', help: 'Colours flow into each other.' },
      ],
    },
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  passThrough: { input: 'x', output: 'y' },
  infer({ params, inputs }) {
    const x = specOn(inputs, 'x');
    const picture = pictureOn('Upsampling', 'x', x);
    if (picture === null || x === undefined) return unknownOutput();
    if ('problems' in picture) return unknownOutput(...picture.problems);
    const [rows, columns] = pairOf(params, 'size');
    const times = (dim: Dim, by: number): Dim => (typeof dim === 'number' ? dim * by : by === 1 ? dim : null);
    const shape = [picture.batch, times(picture.height, rows), times(picture.width, columns), picture.channels];
    return {
      outputs: { y: { ...x, dtype: 'float32', shape } },
      flops: flopsPerExample(shape, textOf(params, 'interpolation') === 'bilinear' ? 8 : 0),
    };
  },
  docs: {
    text: 'Enlarges each picture by whole factors. Followed by a convolution it is the smooth alternative to a transposed one.',
    source: 'Odena et al., Deconvolution and checkerboard artifacts, 2016; Keras 3 UpSampling2D',
  },
  examples: [
    { title: 'Blocks', inputs: { x: [{ shape: ['batch', 2, 3, 2], dtype: 'float32', meaning: 'features' }] } },
    {
      title: 'Smooth',
      params: { interpolation: 'bilinear', size: [2, 3] },
      inputs: { x: [{ shape: ['batch', 3, 4, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
    },
  ],
  oftenNext: ['conv-2d', 'concat'],
};

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = floatOn(tf, inputs, 'x') as Tensor4D;
    const [rows, columns] = pairOf(params, 'size');
    const [batch, height, width, channels] = x.shape;
    if (textOf(params, 'interpolation') === 'nearest') {
      // Copies rows, then pixels: the gradient of TensorFlow.js' resizing is not right on every engine.
      const tall = tf.broadcastTo(tf.reshape(x, [batch * height, 1, width * channels]), [
        batch * height,
        rows,
        width * channels,
      ]);
      const pixels = batch * height * rows * width;
      const wide = tf.broadcastTo(tf.reshape(tall, [pixels, 1, channels]), [pixels, columns, channels]);
      return { outputs: { y: tf.reshape(wide, [batch, height * rows, width * columns, channels]) } };
    }
    const tall = tf.matMul(between(tf, height, rows), tf.reshape(x, [batch, height, width * channels]));
    const lines = tf.reshape(tall, [batch * height * rows, width, channels]);
    const wide = tf.matMul(between(tf, width, columns), lines);
    return { outputs: { y: tf.reshape(wide, [batch, height * rows, width * columns, channels]) } };
  },
};

/**
 * The matrix `[1, size·factor, size]` of linear interpolation with half-pixel centres, as Keras has it. TensorFlow.js'
 * own resizing has a wrong gradient for these.
 */
function between(tf: Tf, size: number, factor: number): Tensor {
  const length = size * factor;
  const weights = new Float32Array(length * size);
  for (let place = 0; place < length; place++) {
    const source = (place + 0.5) / factor - 0.5;
    const below = Math.floor(source);
    const share = source - below;
    for (const [pixel, weight] of [
      [below, 1 - share],
      [below + 1, share],
    ] as const) {
      const at = place * size + Math.min(size - 1, Math.max(0, pixel));
      weights[at] = (weights[at] ?? 0) + weight;
    }
  }
  return tf.tensor3d(weights, [1, length, size]);
}

export const emit: Emit = {
  keras: ({ params }) => {
    const interpolation = textOf(params, 'interpolation');
    const config = { size: pairOf(params, 'size'), interpolation, data_format: 'channels_last' };
    if (interpolation === 'nearest') return [{ className: 'UpSampling2D', config, weights: [] }];
    const unsupported = 'TensorFlow.js interpolates at the corners of pixels, Keras at their centres';
    return [{ className: 'UpSampling2D', config, weights: [], tfjs: { unsupported } }];
  },
  torch({ params }) {
    const mode = textOf(params, 'interpolation');
    const options = `scale_factor=${torchSize(pairOf(params, 'size'))}, mode="${mode}"`;
    return torchExpression((x) => `F.interpolate(${x}, ${options})`, { channels: 'first' });
  },
  onnx({ params }) {
    const attributes =
      textOf(params, 'interpolation') === 'nearest'
        ? { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' }
        : { mode: 'linear', coordinate_transformation_mode: 'half_pixel' };
    return onnxNodes(
      (x, { node, constant }) => node('Resize', [x, '', constant([1, 1, ...pairOf(params, 'size')])], attributes),
      { channels: 'first' },
    );
  },
};
