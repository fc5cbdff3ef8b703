import { convDim, kernelExtent, type Padding } from '@/lib/tensor/conv-arithmetic';
import { type Dim, formatShape, type Spec } from '@/lib/tensor/spec';
import type { Field } from '../field';
import type { Inference, PlainParams, Problem, Remedy } from '../kind';
import { rankProblem, textProblem } from './inference';
import { numbersOf } from './params';
import { reshapeRemedies } from './reshape-remedies';

/** What layers slide over: sequences (1), pictures (2), volumes (3), each place with its channels. */
export type GridRank = 1 | 2 | 3;

export const GRID = {
  1: { one: 'sequence', places: 'steps', axes: 'steps' },
  2: { one: 'picture', places: 'pixels', axes: 'height and width' },
  3: { one: 'volume', places: 'voxels', axes: 'depth, height and width' },
} as const;

/** One size for each inner axis: a plain number for sequences. */
export function sizeField(
  rank: GridRank,
  more: { title: string; default: number; min?: number; max?: number; help: string; essential?: true },
): Field {
  const { default: size, min = 1, max = 1024, ...rest } = more;
  return rank === 1
    ? { type: 'number', default: size, min, max, integer: true, ...rest }
    : { type: 'size', axes: rank, default: Array.from({ length: rank }, () => size), min, max, ...rest };
}

/** The value of a `sizeField`. */
export function sizesOf(params: PlainParams, key: string): number[] {
  const value = params[key];
  return typeof value === 'number' ? [value] : numbersOf(params, key);
}

/** As Keras writes sizes: 3, or [3, 3]. */
export const asParam = (sizes: number[]): number | number[] => (sizes.length === 1 ? (sizes[0] ?? 1) : sizes);

export interface Grid {
  batch: Dim;
  /** Steps; or height and width; or depth, height and width. */
  inner: Dim[];
  channels: Dim;
}

/** Axes of a tensor `[batch, …inner, channels]`, or why the input is none; null where its rank is not known yet. */
export function gridOn(
  title: string,
  port: string,
  x: Spec | undefined,
  rank: GridRank,
): { problems: Problem[] } | Grid | null {
  if (x?.dtype === 'string') return { problems: [textProblem(title, port)] };
  if (!x?.shape) return null;
  const [batch, ...rest] = x.shape;
  const channels = rest.pop();
  if (batch !== undefined && channels !== undefined && rest.length === rank) return { batch, inner: rest, channels };
  const remedies: Remedy[] =
    x.shape.length === rank + 1 && batch !== undefined
      ? [
          {
            title: 'Insert Reshape to add a channel',
            insert: { port, kind: 'reshape', params: { shape: added(x.shape) } },
          },
        ]
      : reshapeRemedies(port, x, rank + 2);
  return { problems: [rankProblem(title, port, x, [rank + 2], remedies)] };
}

const added = (shape: Dim[]): number[] => [...shape.slice(1).map((dim) => (typeof dim === 'number' ? dim : -1)), 1];

/** What slides over a grid, for each of its inner axes. */
export interface GridWindow {
  kernel: number[];
  stride: number[];
  dilation: number[];
  padding: Padding | 'causal';
}

/** The inner axes after a window slid over them, with a problem where it does not fit in. */
export function slideOver(
  title: string,
  port: string,
  x: Spec,
  inner: Dim[],
  { kernel, stride, dilation, padding }: GridWindow,
): { inner: Dim[]; problems: Problem[] } {
  const rank = inner.length as GridRank;
  const dims = inner.map((dim, axis) =>
    convDim(dim, kernel[axis] ?? 1, stride[axis] ?? 1, padding === 'valid' ? 'valid' : 'same', dilation[axis]),
  );
  if (dims.every((dim) => typeof dim !== 'number' || dim >= 1)) return { inner: dims, problems: [] };
  const extent = kernel.map((size, axis) => kernelExtent(size, dilation[axis])).join('×');
  const { one, places } = GRID[rank];
  return {
    inner: inner.map(() => null),
    problems: [
      {
        code: 'shape-mismatch',
        severity: 'error',
        port,
        message: `${title} slides a window of ${extent} ${places}, but the ${one} has only ${formatShape(inner)}. Pad it, or shrink it less before.`,
        expected: `at least ${extent} ${places}`,
        received: formatShape(x.shape, { batch: false }),
        remedies: [{ title: 'Use padding “same”', set: { padding: 'same' } }],
      },
    ],
  };
}

/** The window as the receptive field counts it. */
export const seenWindow = ({ kernel, stride, dilation }: GridWindow): NonNullable<Inference['window']> => ({
  size: kernel.map((size, axis) => kernelExtent(size, dilation[axis])),
  stride: [...stride],
});

/** Places of a grid; 0 where one of its axes is not known, 1 for each axis of time. */
export const placesOf = (inner: Dim[]): number =>
  inner.reduce<number>((product, dim) => product * (typeof dim === 'number' ? dim : dim === null ? 0 : 1), 1);

/** Keras lets a window either skip places of the input or have gaps, not both. */
export const strideOrGaps = ({ stride, dilation }: GridWindow): Problem[] =>
  Math.max(...stride) > 1 && Math.max(...dilation) > 1
    ? [
        {
          code: 'param-range',
          severity: 'error',
          param: 'dilation',
          message: 'A convolution can have a stride or a dilation, not both.',
          remedies: [
            { title: 'Set dilation to 1', set: { dilation: asParam(dilation.map(() => 1)) } },
            { title: 'Set stride to 1', set: { stride: asParam(stride.map(() => 1)) } },
          ],
        },
      ]
    : [];
