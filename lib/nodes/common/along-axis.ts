import { type Dim, formatShape, type Spec } from '@/lib/tensor/spec';
import type { Field } from '../field';
import type { EmitContext, InferContext, PlainParams, Problem, Takes, Tensor, Tf } from '../kind';
import { rankProblem, specOn, textProblem } from './inference';
import { asFloat } from './operands';
import { numberOf } from './params';

/** Kinds that work along one axis of input `x`, of which examples have their own: not along the batch. */

export const axisField = (help: string): Field => ({
  type: 'number',
  title: 'Axis',
  default: -1,
  min: -6,
  max: 6,
  integer: true,
  help,
});

/** The axis that `params.axis` means in a tensor of so many, from 0. */
export function axisOf(params: PlainParams, rank: number): number {
  const axis = numberOf(params, 'axis');
  return axis < 0 ? rank + axis : axis;
}

/** The same in the first input of an emission. */
export const axisIn = ({ params, inputs }: EmitContext): number => axisOf(params, inputs.x?.[0]?.shape?.length ?? 1);

export interface Along {
  x: Spec;
  shape: Dim[];
  axis: number;
  /** Of the axis. */
  length: Dim;
}

/** The input and the axis; or why there are none, with no problem where they are only not known yet. */
export function alongAxis(
  title: string,
  { params, inputs }: Pick<InferContext, 'params' | 'inputs'>,
): Along | { problems: Problem[] } {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return { problems: [textProblem(title, 'x')] };
  if (!x?.shape) return { problems: [] };
  const { shape } = x;
  if (shape.length < 2) return { problems: [rankProblem(title, 'x', x, [2, 3, 4])] };
  const axis = axisOf(params, shape.length);
  const length = shape[axis];
  if (axis < 1 || length === undefined) return { problems: [noAxis(x, numberOf(params, 'axis'))] };
  return { x, shape, axis, length };
}

const noAxis = (x: Spec, axis: number): Problem => ({
  code: 'param-range',
  severity: 'error',
  param: 'axis',
  message: `${formatShape(x.shape)} has no axis ${axis} to work along; the batch stays whole.`,
  received: String(axis),
  remedies: [{ title: 'Use the last axis', set: { axis: -1 } }],
});

/** What is said of numbers that are only put elsewhere: whole numbers stay whole, pictures may lose their meaning. */
export function movedSpec(x: Spec, shape: Dim[]): Spec {
  if (x.dtype === 'int32') return { ...x, shape };
  const meaning = x.meaning === 'image' || x.meaning === 'latent' ? x.meaning : 'features';
  return { shape, dtype: 'float32', meaning, ...(x.range && { range: x.range }) };
}

/** The tensor as such a kind takes it. */
export const wholeOrFloat = (tf: Tf, x: Tensor): Tensor => (x.dtype === 'int32' ? x : asFloat(tf, x));

export const takesWhole = ({ inputs }: EmitContext): Takes => (inputs.x?.[0]?.dtype === 'int32' ? 'any' : 'float32');

/** A part of one axis. */
export function partOf(tf: Tf, x: Tensor, axis: number, start: number, size: number): Tensor {
  return tf.slice(
    x,
    x.shape.map((_, at) => (at === axis ? start : 0)),
    x.shape.map((length, at) => (at === axis ? size : length)),
  );
}
