import { type Dim, formatShape, type Spec } from '@/lib/tensor/spec';
import { specOn, unknownOutput } from '../inference';
import type { Emit, Face, KindRun, PlainParams, Problem, Tensor4D } from '../kind';
import { END, onnxNodes } from '../onnx-nodes';
import { floatOn } from '../operands';
import { pairOf } from '../params';
import { torchExpression } from '../torch-layer';
import { pictureOn } from '../windows';

export const face: Face = {
  id: 'cropping-2d',
  version: 1,
  title: 'Cropping',
  summary: 'Cuts the border off a picture.',
  category: 'convolution',
  makes: 'op',
  role: 'op',
  aliases: ['crop', 'cut', 'trim', 'border'],
  icon: 'crop',
  fields: {
    border: {
      type: 'size',
      title: 'Border',
      axes: 2,
      default: [1, 1],
      min: 0,
      max: 4096,
      essential: true,
      help: 'How many pixels are cut off above and below, and left and right.',
    },
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  passThrough: { input: 'x', output: 'y' },
  infer({ params, inputs }) {
    const x = specOn(inputs, 'x');
    const picture = pictureOn('Cropping', 'x', x);
    if (picture === null || x === undefined) return unknownOutput();
    if ('problems' in picture) return unknownOutput(...picture.problems);
    const [rows, columns] = pairOf(params, 'border');
    const change = (dim: Dim, by: number): Dim => (typeof dim === 'number' ? dim - 2 * by : by === 0 ? dim : null);
    const height = change(picture.height, rows);
    const width = change(picture.width, columns);
    const shape = [picture.batch, height, width, picture.channels];
    const problems: Problem[] = [height, width].some((dim) => typeof dim === 'number' && dim < 1)
      ? [tooMuch(x, params)]
      : [];
    return { outputs: { y: { ...x, dtype: 'float32', shape } }, problems };
  },
  docs: {
    text: 'Removes pixels on all sides, such as to fit a skip connection to what it joins.',
    source: 'Keras 3 Cropping2D',
  },
  examples: [
    { title: 'One pixel', inputs: { x: [{ shape: ['batch', 4, 4, 2], dtype: 'float32', meaning: 'features' }] } },
    {
      title: 'More at the sides',
      params: { border: [0, 2] },
      inputs: { x: [{ shape: ['batch', 3, 5, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
    },
  ],
  oftenNext: ['conv-2d', 'max-pool-2d', 'concat'],
};

const tooMuch = (x: Spec, params: PlainParams): Problem => ({
  code: 'shape-mismatch',
  severity: 'error',
  port: 'x',
  message: `Nothing would be left of a picture of ${formatShape(x.shape, { batch: false })} without a border of ${pairOf(params, 'border').join(' × ')}.`,
  remedies: [{ title: 'Cut off less', set: { border: [1, 1] } }],
});

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = floatOn(tf, inputs, 'x') as Tensor4D;
    const [rows, columns] = pairOf(params, 'border');
    const [batch, height, width, channels] = x.shape;
    const y = tf.slice(x, [0, rows, columns, 0], [batch, height - 2 * rows, width - 2 * columns, channels]);
    return { outputs: { y } };
  },
};

export const emit: Emit = {
  keras({ params }) {
    const [rows, columns] = pairOf(params, 'border');
    const border = [
      [rows, rows],
      [columns, columns],
    ];
    return [{ className: 'Cropping2D', config: { cropping: border, data_format: 'channels_last' }, weights: [] }];
  },
  torch({ params }) {
    const cut = pairOf(params, 'border').map((border) => (border > 0 ? `${border}:-${border}` : ':'));
    return torchExpression((x) => `${x}[:, :, ${cut.join(', ')}]`, { channels: 'first' });
  },
  onnx({ params }) {
    const border = pairOf(params, 'border');
    const ends = border.map((cut) => (cut > 0 ? -cut : END));
    return onnxNodes(
      (x, { node, constant }) =>
        node('Slice', [x, constant(border, 'int64'), constant(ends, 'int64'), constant([2, 3], 'int64')]),
      { channels: 'first' },
    );
  },
};
