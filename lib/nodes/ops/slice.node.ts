import { type Dim, formatShape, type Spec } from '@/lib/tensor/spec';
import { rankProblem, specOn, textProblem, unknownOutput } from '../inference';
import type { Emit, EmitContext, Face, KindRun, PlainParams, Problem } from '../kind';
import { Y_OUTPUT } from '../merge';
import { onnxNodes } from '../onnx-nodes';
import { asFloat, tensorOn } from '../operands';
import { numberOf } from '../params';
import { torchExpression } from '../torch-layer';
import { X_INPUT } from '../unary';

export const face: Face = {
  id: 'slice',
  version: 1,
  title: 'Slice',
  summary: 'Takes a part of one axis.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['part', 'crop', 'select', 'columns', 'range', 'split'],
  icon: 'slice',
  fields: {
    axis: {
      type: 'number',
      title: 'Axis',
      default: -1,
      min: -6,
      max: 6,
      integer: true,
      help: 'Of which axis; -1 is the last one. The batch cannot be cut.',
    },
    start: {
      type: 'number',
      title: 'From',
      default: 0,
      min: 0,
      max: 2_000_000_000,
      integer: true,
      essential: true,
      help: 'The first place that is kept, from 0.',
    },
    size: { type: 'number', title: 'Length', default: 1, min: 1, max: 2_000_000_000, integer: true, essential: true },
  },
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  infer({ params, inputs }) {
    const x = specOn(inputs, 'x');
    if (x?.dtype === 'string') return unknownOutput(textProblem('Slice', 'x'));
    if (!x?.shape) return unknownOutput();
    if (x.shape.length < 2) return unknownOutput(rankProblem('Slice', 'x', x, [2, 3, 4]));
    const axis = axisOf(params, x.shape.length);
    const [start, size] = [numberOf(params, 'start'), numberOf(params, 'size')];
    const length = x.shape[axis];
    if (axis < 1 || length === undefined) return unknownOutput(noAxis(x, numberOf(params, 'axis')));
    if (typeof length === 'number' && start + size > length) return unknownOutput(beyond(x, length, start, size));
    const shape = x.shape.map((dim, at): Dim => (at === axis ? size : dim));
    // Whole numbers stay what they are: a part of a row of tokens is a row of tokens.
    if (x.dtype === 'int32') return { outputs: { y: { ...x, shape } } };
    const meaning = x.meaning === 'image' || x.meaning === 'latent' ? x.meaning : 'features';
    return { outputs: { y: { shape, dtype: 'float32', meaning, ...(x.range && { range: x.range }) } } };
  },
  docs: {
    text: 'Keeps a range of places along one axis and drops the others: some columns of a table, some channels of a picture, the first steps of a sequence.',
    formula: 'y = x[…, start : start + length]',
  },
  examples: [
    {
      title: 'Two of five columns',
      params: { start: 1, size: 2 },
      inputs: { x: [{ shape: ['batch', 5], dtype: 'float32', meaning: 'features' }] },
    },
    {
      title: 'The first steps',
      params: { axis: 1, size: 2 },
      inputs: { x: [{ shape: ['batch', 4, 3], dtype: 'float32', meaning: 'features' }] },
    },
    {
      title: 'How a text begins',
      params: { axis: 1, size: 3 },
      inputs: { x: [{ shape: ['batch', 5], dtype: 'int32', meaning: 'tokens', classes: 9 }] },
    },
  ],
  oftenNext: ['dense', 'concat', 'gaussian-sample'],
};

function axisOf(params: PlainParams, rank: number): number {
  const axis = numberOf(params, 'axis');
  return axis < 0 ? rank + axis : axis;
}

const noAxis = (x: Spec, axis: number): Problem => ({
  code: 'param-range',
  severity: 'error',
  param: 'axis',
  message: `${formatShape(x.shape)} has no axis ${axis} that can be cut; the batch stays whole.`,
  received: String(axis),
  remedies: [{ title: 'Use the last axis', set: { axis: -1 } }],
});

const beyond = (x: Spec, length: number, start: number, size: number): Problem => ({
  code: 'shape-mismatch',
  severity: 'error',
  port: 'x',
  message: `Places ${start} to ${start + size - 1} are wanted, but the axis of ${formatShape(x.shape)} ends at ${length - 1}.`,
  expected: `at least ${start + size} places`,
  received: `${length} places`,
  remedies: [{ title: 'Take the whole axis', set: { start: 0, size: length } }],
});

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const given = tensorOn(inputs, 'x');
    const x = given.dtype === 'int32' ? given : asFloat(tf, given);
    const axis = axisOf(params, x.rank);
    const begin = x.shape.map((_, at) => (at === axis ? numberOf(params, 'start') : 0));
    const size = x.shape.map((dim, at) => (at === axis ? numberOf(params, 'size') : dim));
    return { outputs: { y: tf.slice(x, begin, size) } };
  },
};

/** Whole numbers stay whole, as when it runs. */
const takesOf = ({ x }: EmitContext['inputs']) => (x?.[0]?.dtype === 'int32' ? 'any' : 'float32');

export const emit: Emit = {
  keras: () => ({ unsupported: 'Keras has no layer that takes a part of an axis' }),
  torch({ params, inputs }) {
    const axis = axisOf(params, inputs.x?.[0]?.shape?.length ?? 1);
    const sizes = `${numberOf(params, 'start')}, ${numberOf(params, 'size')}`;
    return torchExpression((x, place) => `${x}.narrow(${place.axis(axis)}, ${sizes})`, {
      channels: 'either',
      takes: takesOf(inputs),
    });
  },
  onnx({ params, inputs }) {
    const axis = axisOf(params, inputs.x?.[0]?.shape?.length ?? 1);
    const [start, size] = [numberOf(params, 'start'), numberOf(params, 'size')];
    return onnxNodes(
      (x, place) => {
        const [from, to, along] = [start, start + size, place.axis(axis)].map((value) =>
          place.constant([value], 'int64'),
        );
        return place.node('Slice', [x, from ?? '', to ?? '', along ?? '']);
      },
      { channels: 'either', takes: takesOf(inputs) },
    );
  },
};
