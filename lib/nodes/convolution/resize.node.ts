import { gridOn, sizeField, sizesOf } from '../common/grid';
import { flopsPerExample, specOn, unknownOutput } from '../common/inference';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { pairOf, textOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { type Interpolation, resample } from './resample';

export const face: Face = {
  id: 'resize',
  version: 1,
  title: 'Resize',
  summary: 'Brings pictures to a given height and width.',
  category: 'convolution',
  makes: 'op',
  role: 'op',
  aliases: ['resizing', 'scale', 'interpolate', 'bilinear', 'nearest', 'downscale', 'upscale'],
  icon: 'resize',
  fields: {
    size: sizeField(2, {
      title: 'Size',
      default: 32,
      max: 4096,
      essential: true,
      help: 'Height and width of the new picture.',
    }),
    interpolation: {
      type: 'choice',
      title: 'Between pixels',
      default: 'bilinear',
      choices: [
        { value: 'bilinear', title: 'Bilinear', help: 'Colours flow into each other.' },
        { value: 'nearest', title: 'Nearest', help: 'Each pixel takes the colour of the nearest old one.' },
      ],
    },
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-2d', 'concat'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const grid = gridOn('Resize', 'x', x, 2);
  if (grid === null || x === undefined) return unknownOutput();
  if ('problems' in grid) return unknownOutput(...grid.problems);
  const shape = [grid.batch, ...sizesOf(params, 'size'), grid.channels];
  const each = textOf(params, 'interpolation') === 'bilinear' ? 8 : 0;
  return { outputs: { y: { ...x, dtype: 'float32', shape } }, flops: flopsPerExample(shape, each) };
}

export const docs: KindDocs = {
  text: 'Makes pictures of any size as large as the next layer wants them. Bilinear mixes the four old pixels around each new one; much smaller pictures lose pixels, so pool first.',
  formula: 'y[i, j] = mix of x around ((i + ½)·h/h′ − ½, (j + ½)·w/w′ − ½)',
  source: 'Keras 3 Resizing',
};

export const examples: KindExample[] = [
  {
    title: 'Larger',
    params: { size: [5, 7] },
    inputs: { x: [{ shape: ['batch', 3, 4, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Smaller',
    params: { size: [3, 2] },
    inputs: { x: [{ shape: ['batch', 6, 5, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const [height, width] = pairOf(params, 'size');
    const interpolation = textOf(params, 'interpolation') as Interpolation;
    return { outputs: { y: resample(tf, floatOn(tf, inputs, 'x'), height, width, interpolation) } };
  },
};

export const emit: Emit = {
  keras({ params }) {
    const [height, width] = pairOf(params, 'size');
    const config = { height, width, interpolation: textOf(params, 'interpolation'), data_format: 'channels_last' };
    const unsupported = 'TensorFlow.js interpolates at the corners of pixels, Keras at their centres';
    return [{ className: 'Resizing', config, weights: [], tfjs: { unsupported } }];
  },
  torch({ params }) {
    const mode = textOf(params, 'interpolation') === 'nearest' ? 'nearest-exact' : 'bilinear';
    const size = `(${sizesOf(params, 'size').join(', ')})`;
    return torchExpression((x) => `F.interpolate(${x}, size=${size}, mode="${mode}")`, { channels: 'first' });
  },
  onnx({ params }) {
    const nearest = textOf(params, 'interpolation') === 'nearest';
    return onnxNodes(
      (x, { node, constant }) => {
        const outer = node('Shape', [x], { start: 0, end: 2 });
        const sizes = node('Concat', [outer, constant(sizesOf(params, 'size'), 'int64')], { axis: 0 });
        return node('Resize', [x, '', '', sizes], {
          coordinate_transformation_mode: 'half_pixel',
          ...(nearest ? { mode: 'nearest', nearest_mode: 'round_prefer_ceil' } : { mode: 'linear' }),
        });
      },
      { channels: 'first' },
    );
  },
};
