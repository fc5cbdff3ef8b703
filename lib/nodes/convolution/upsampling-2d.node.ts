import { flopsPerExample } from '../common/inference';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { pairOf, textOf } from '../common/params';
import { torchExpression, torchSize } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { enlargeFields, inferEnlarge, repeatAlong } from './enlarge-layer';
import { resample } from './resample';

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
    ...enlargeFields(2),
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
  second: true,
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-2d', 'concat'],
};

export function infer(context: InferContext): Inference {
  const inference = inferEnlarge('Upsampling', 2, context);
  const shape = inference.outputs.y?.shape ?? null;
  return {
    ...inference,
    flops: flopsPerExample(shape, textOf(context.params, 'interpolation') === 'bilinear' ? 8 : 0),
  };
}

export const docs: KindDocs = {
  text: 'Enlarges each picture by whole factors. Followed by a convolution it is the smooth alternative to a transposed one.',
  source: 'Odena et al., Deconvolution and checkerboard artifacts, 2016; Keras 3 UpSampling2D',
};

export const examples: KindExample[] = [
  { title: 'Blocks', inputs: { x: [{ shape: ['batch', 2, 3, 2], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'Smooth',
    params: { interpolation: 'bilinear', size: [2, 3] },
    inputs: { x: [{ shape: ['batch', 3, 4, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = floatOn(tf, inputs, 'x');
    const [rows, columns] = pairOf(params, 'size');
    const [, height = 1, width = 1] = x.shape;
    if (textOf(params, 'interpolation') === 'nearest')
      return { outputs: { y: tf.clone(repeatAlong(tf, repeatAlong(tf, x, 1, rows), 2, columns)) } };
    return { outputs: { y: resample(tf, x, height * rows, width * columns, 'bilinear') } };
  },
};

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
