import { specOn, textProblem } from '../common/inference';
import { numberOf } from '../common/params';
import { emitEveryField } from '../common/sink-fields';
import type { Face, HostTensor, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

/** More cells than this could not be told apart. */
const MOST = 128;

export const face: Face = {
  id: 'matrix',
  version: 1,
  title: 'Matrix',
  summary: 'Shows a tensor as the numbers that it is.',
  category: 'sinks',
  makes: 'metric',
  role: 'sink',
  aliases: ['heatmap', 'numbers', 'table', 'weights', 'kernel', 'attention map'],
  icon: 'grid-4x4',
  fields: {
    every: emitEveryField(50),
    example: {
      type: 'number',
      title: 'Example',
      default: 0,
      min: 0,
      max: 255,
      integer: true,
      help: 'Which example is shown, where each is a matrix or a picture of its own.',
    },
    channel: {
      type: 'number',
      title: 'Channel',
      default: 0,
      min: 0,
      max: 65_535,
      integer: true,
      help: 'Which channel of a picture is shown.',
    },
    count: { type: 'number', title: 'Rows', default: 16, min: 1, max: MOST, integer: true },
  },
  inputs: [{ id: 'x', title: 'Numbers', type: 'tensor' }],
  outputs: [],
  body: { draw: 'thumbnails' },
  oftenNext: [],
};

export function infer({ inputs }: InferContext): Inference {
  return { outputs: {}, problems: specOn(inputs, 'x')?.dtype === 'string' ? [textProblem('Matrix', 'x')] : [] };
}

export const docs: KindDocs = {
  text: 'Lays the numbers of a wire out in rows and columns, coloured by size: a batch of feature rows, one channel of a picture, a kernel, an attention map. Point at a cell to read it.',
};

export const examples: KindExample[] = [
  { title: 'Feature rows', inputs: { x: [{ shape: ['batch', 5], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'A picture',
    inputs: { x: [{ shape: ['batch', 8, 8, 3], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
  },
  { title: 'A number', inputs: { x: [{ shape: [], dtype: 'float32', meaning: 'score' }] } },
];

export const run: KindRun = {
  as: 'sink',
  sink: {
    pack(values, params) {
      const x = values.x?.[0] ?? { data: new Float32Array(), shape: [0, 0] };
      const [rows, columns, at] = layOut(x, numberOf(params, 'example'), numberOf(params, 'channel'));
      const size: [number, number] = [Math.min(MOST, rows), Math.min(MOST, columns)];
      const numbers: number[] = [];
      for (let row = 0; row < size[0]; row++)
        for (let column = 0; column < size[1]; column++) {
          const value = x.data[at(row, column)] ?? 0;
          numbers.push(Number.isFinite(value) ? Number(value.toPrecision(5)) : 0);
        }
      return { sample: 'matrix', size, values: numbers };
    },
  },
};

/** Rows, columns and where each number lies: whole where there are two axes at most, else one example and channel. */
function layOut(
  { shape }: HostTensor,
  example: number,
  channel: number,
): [rows: number, columns: number, at: (row: number, column: number) => number] {
  if (shape.length <= 2) {
    const [rows = 1, columns = 1] = shape.length === 1 ? [1, shape[0]] : shape;
    return [rows, columns, (row, column) => row * columns + column];
  }
  const [examples = 1, rows = 1, columns = 1, ...rest] = shape;
  const depth = rest.reduce((product, length) => product * length, 1);
  const first = Math.min(example, examples - 1) * rows * columns * depth;
  const chosen = Math.min(channel, depth - 1);
  return [rows, columns, (row, column) => first + (row * columns + column) * depth + chosen];
}
