import type { Dim } from '@/lib/tensor/spec';
import { specOn, unknownOutput } from '../inference';
import type { Emit, Face, KindRun, Tensor4D } from '../kind';
import { onnxNodes } from '../onnx-nodes';
import { floatOn } from '../operands';
import { pairOf } from '../params';
import { torchPad } from '../sliding';
import { torchExpression } from '../torch-layer';
import { pictureOn } from '../windows';

export const face: Face = {
  id: 'zero-padding-2d',
  version: 1,
  title: 'Zero padding',
  summary: 'Puts a border of zeros around a picture.',
  category: 'convolution',
  makes: 'op',
  role: 'op',
  aliases: ['pad', 'padding', 'border', 'zeros'],
  icon: 'box-padding',
  fields: {
    border: {
      type: 'size',
      title: 'Border',
      axes: 2,
      default: [1, 1],
      min: 0,
      max: 4096,
      essential: true,
      help: 'How many pixels are added above and below, and left and right.',
    },
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  passThrough: { input: 'x', output: 'y' },
  infer({ params, inputs }) {
    const x = specOn(inputs, 'x');
    const picture = pictureOn('Zero padding', 'x', x);
    if (picture === null || x === undefined) return unknownOutput();
    if ('problems' in picture) return unknownOutput(...picture.problems);
    const [rows, columns] = pairOf(params, 'border');
    const change = (dim: Dim, by: number): Dim => (typeof dim === 'number' ? dim + 2 * by : by === 0 ? dim : null);
    const height = change(picture.height, rows);
    const width = change(picture.width, columns);
    const shape = [picture.batch, height, width, picture.channels];
    return {
      outputs: {
        y: {
          ...x,
          dtype: 'float32',
          shape,
          ...(x.range && { range: [Math.min(0, x.range[0]), Math.max(0, x.range[1])] }),
        },
      },
    };
  },
  docs: {
    text: 'Adds pixels of value 0 on all sides, so that a following convolution keeps the size or sees the border.',
    source: 'Keras 3 ZeroPadding2D',
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

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = floatOn(tf, inputs, 'x') as Tensor4D;
    const [rows, columns] = pairOf(params, 'border');
    const y = tf.pad(x, [
      [0, 0],
      [rows, rows],
      [columns, columns],
      [0, 0],
    ]);
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
    return [{ className: 'ZeroPadding2D', config: { padding: border, data_format: 'channels_last' }, weights: [] }];
  },
  torch({ params }) {
    const [rows, columns] = pairOf(params, 'border');
    const pads = [
      [rows, rows],
      [columns, columns],
    ] as const;
    return torchExpression((x) => torchPad(x, pads), { channels: 'first' });
  },
  onnx({ params }) {
    const [rows, columns] = pairOf(params, 'border');
    const pads = [0, 0, rows, columns, 0, 0, rows, columns];
    return onnxNodes((x, { node, constant }) => node('Pad', [x, constant(pads, 'int64')]), { channels: 'first' });
  },
};
