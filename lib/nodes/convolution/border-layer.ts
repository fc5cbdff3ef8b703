import { type Dim, formatShape, type Spec } from '@/lib/tensor/spec';
import { asParam, GRID, type GridRank, gridOn, sizeField, sizesOf } from '../common/grid';
import { specOn, unknownOutput } from '../common/inference';
import { END, onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { padInner } from '../common/pad-inner';
import { torchPad } from '../common/sliding';
import { torchExpression } from '../common/torch-layer';
import type { Emit, InferContext, Inference, KerasEmission, OpRun, PlainParams, Problem } from '../kind';

/** Borders put around sequences, pictures and volumes, or cut off. */

export const borderFields = (rank: GridRank, what: string) => ({
  border: sizeField(rank, {
    title: 'Border',
    default: 1,
    min: 0,
    max: 4096,
    essential: true,
    help: `How many ${GRID[rank].places} are ${what} at both ends of each axis.`,
  }),
});

/** `sign`: 1 adds a border, −1 cuts it off. */
export function inferBorder(title: string, rank: GridRank, sign: 1 | -1, { params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const grid = gridOn(title, 'x', x, rank);
  if (grid === null || x === undefined) return unknownOutput();
  if ('problems' in grid) return unknownOutput(...grid.problems);
  const border = sizesOf(params, 'border');
  const inner = grid.inner.map((dim, axis): Dim => {
    const by = border[axis] ?? 0;
    return typeof dim === 'number' ? dim + sign * 2 * by : by === 0 ? dim : null;
  });
  const problems = inner.some((dim) => typeof dim === 'number' && dim < 1) ? [tooMuch(x, rank, border)] : [];
  const y: Spec = { ...x, dtype: 'float32', shape: [grid.batch, ...inner, grid.channels] };
  if (sign === 1 && x.range) y.range = [Math.min(0, x.range[0]), Math.max(0, x.range[1])];
  return { outputs: { y }, problems };
}

const tooMuch = (x: Spec, rank: GridRank, border: number[]): Problem => ({
  code: 'shape-mismatch',
  severity: 'error',
  port: 'x',
  message: `Nothing would be left of a ${GRID[rank].one} of ${formatShape(x.shape, { batch: false })} without a border of ${border.join(' × ')}.`,
  remedies: [{ title: 'Cut off less', set: { border: asParam(border.map(() => 1)) } }],
});

export const runZeroPadding: OpRun = (tf, { params, inputs }) => {
  const border = sizesOf(params, 'border');
  const x = floatOn(tf, inputs, 'x');
  return { outputs: { y: tf.clone(padInner(tf, x, border, border)) } };
};

export const runCropping: OpRun = (tf, { params, inputs }) => {
  const x = floatOn(tf, inputs, 'x');
  const border = [0, ...sizesOf(params, 'border'), 0];
  const size = x.shape.map((length, axis) => length - 2 * (border[axis] ?? 0));
  return { outputs: { y: tf.slice(x, border, size) } };
};

/** Sequences have one border, others a list of them. */
function kerasBorder(className: string, key: string, rank: GridRank, params: PlainParams): KerasEmission {
  const borders = sizesOf(params, 'border').map((size) => [size, size]);
  const config = { [key]: rank === 1 ? (borders[0] ?? [0, 0]) : borders };
  const format = rank === 1 ? {} : { data_format: 'channels_last' };
  return [{ className: `${className}${rank}D`, config: { ...config, ...format }, weights: [] }];
}

export const emitZeroPadding = (rank: GridRank): Emit => ({
  keras: ({ params }) => kerasBorder('ZeroPadding', 'padding', rank, params),
  torch({ params }) {
    const pads = sizesOf(params, 'border').map((size) => [size, size] as const);
    return torchExpression((x) => torchPad(x, pads), { channels: 'first' });
  },
  onnx({ params }) {
    const side = [0, 0, ...sizesOf(params, 'border')];
    return onnxNodes((x, { node, constant }) => node('Pad', [x, constant([...side, ...side], 'int64')]), {
      channels: 'first',
    });
  },
});

export const emitCropping = (rank: GridRank): Emit => ({
  keras: ({ params }) => kerasBorder('Cropping', 'cropping', rank, params),
  torch({ params }) {
    const cut = sizesOf(params, 'border').map((size) => (size > 0 ? `${size}:-${size}` : ':'));
    return torchExpression((x) => `${x}[:, :, ${cut.join(', ')}]`, { channels: 'first' });
  },
  onnx({ params }) {
    const border = sizesOf(params, 'border');
    const [ends, axes] = [border.map((size) => (size > 0 ? -size : END)), border.map((_, axis) => axis + 2)];
    return onnxNodes(
      (x, { node, constant }) =>
        node('Slice', [x, constant(border, 'int64'), constant(ends, 'int64'), constant(axes, 'int64')]),
      { channels: 'first' },
    );
  },
});
