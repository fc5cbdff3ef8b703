import { type Dim, formatShape } from '@/lib/tensor/spec';
import { gridOn, sizeField, sizesOf } from '../common/grid';
import { specOn, unknownOutput } from '../common/inference';
import { kerasOperation } from '../common/keras-operation';
import { mirrored } from '../common/mirrored';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';

export const face: Face = {
  id: 'reflection-padding-2d',
  version: 1,
  title: 'Reflection padding',
  summary: 'Continues a picture as if its border were a mirror.',
  category: 'convolution',
  makes: 'op',
  role: 'op',
  aliases: ['mirror pad', 'reflect', 'padding', 'border', 'style transfer'],
  icon: 'flip-horizontal',
  fields: {
    border: sizeField(2, {
      title: 'Border',
      default: 1,
      min: 0,
      max: 4096,
      essential: true,
      help: 'How many pixels are added above and below, and left and right.',
    }),
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-2d'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const grid = gridOn('Reflection padding', 'x', x, 2);
  if (grid === null || x === undefined) return unknownOutput();
  if ('problems' in grid) return unknownOutput(...grid.problems);
  const border = sizesOf(params, 'border');
  const inner = grid.inner.map((dim, axis): Dim => {
    const by = border[axis] ?? 0;
    return typeof dim === 'number' ? dim + 2 * by : by === 0 ? dim : null;
  });
  const most = grid.inner.map((dim) => (typeof dim === 'number' ? dim - 1 : Number.POSITIVE_INFINITY));
  const problems = border.some((by, axis) => by > (most[axis] ?? 0)) ? [tooWide(border, grid.inner, most)] : [];
  return { outputs: { y: { ...x, dtype: 'float32', shape: [grid.batch, ...inner, grid.channels] } }, problems };
}

export const docs: KindDocs = {
  text: 'Adds pixels that mirror those inside, without repeating the outermost ones. Unlike a border of zeros it makes no dark frame, so generators of pictures use it.',
  formula: 'y[i] = x[|i − border|], and likewise at the far end',
  source: 'Johnson et al., Perceptual losses for real-time style transfer, 2016',
};

export const examples: KindExample[] = [
  { title: 'One pixel', inputs: { x: [{ shape: ['batch', 4, 4, 2], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'More at the sides',
    params: { border: [0, 3] },
    inputs: { x: [{ shape: ['batch', 3, 5, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
  },
];

const tooWide = (border: number[], inner: Dim[], most: number[]): Problem => ({
  code: 'param-range',
  severity: 'error',
  param: 'border',
  message: `A picture of ${formatShape(inner)} cannot mirror a border of ${border.join(' × ')}: the border must be smaller than the picture.`,
  remedies: [
    { title: 'Use the widest border', set: { border: border.map((by, axis) => Math.min(by, most[axis] ?? by)) } },
  ],
});

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = floatOn(tf, inputs, 'x');
    const y = sizesOf(params, 'border').reduce((tensor, by, axis) => mirrored(tf, tensor, axis + 1, by, by, 1), x);
    return { outputs: { y: tf.clone(y) } };
  },
};

export const emit: Emit = {
  keras({ params }) {
    const inner = sizesOf(params, 'border').map((by) => [by, by]);
    return [kerasOperation('numpy', 'Pad', { pad_width: [[0, 0], ...inner, [0, 0]], mode: 'reflect' })];
  },
  torch({ params }) {
    const [rows = 0, columns = 0] = sizesOf(params, 'border');
    const pads = `(${columns}, ${columns}, ${rows}, ${rows})`;
    return torchExpression((x) => `F.pad(${x}, ${pads}, mode="reflect")`, { channels: 'first' });
  },
  onnx({ params }) {
    const side = [0, 0, ...sizesOf(params, 'border')];
    return onnxNodes(
      (x, { node, constant }) => node('Pad', [x, constant([...side, ...side], 'int64')], { mode: 'reflect' }),
      { channels: 'first' },
    );
  },
};
