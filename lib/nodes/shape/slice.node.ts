import { formatShape, type Spec } from '@/lib/tensor/spec';
import {
  alongAxis,
  axisField,
  axisIn,
  axisOf,
  movedSpec,
  partOf,
  takesWhole,
  wholeOrFloat,
} from '../common/along-axis';
import { unknownOutput } from '../common/inference';
import { kerasOperation } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNodes } from '../common/onnx-nodes';
import { tensorOn } from '../common/operands';
import { numberOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import { X_INPUT } from '../common/unary';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';

export const face: Face = {
  id: 'slice',
  version: 1,
  title: 'Slice',
  summary: 'Takes a part of one axis.',
  category: 'shape',
  makes: 'op',
  role: 'op',
  aliases: ['part', 'crop', 'select', 'columns', 'range'],
  icon: 'slice',
  fields: {
    axis: axisField('Of which axis; -1 is the last one. The batch cannot be cut.'),
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
  oftenNext: ['dense', 'concat', 'gaussian-sample'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const along = alongAxis('Slice', { params, inputs });
  if ('problems' in along) return unknownOutput(...along.problems);
  const { x, axis, length } = along;
  const [start, size] = [numberOf(params, 'start'), numberOf(params, 'size')];
  if (typeof length === 'number' && start + size > length) return unknownOutput(beyond(x, length, start, size));
  return {
    outputs: {
      y: movedSpec(
        x,
        along.shape.map((dim, at) => (at === axis ? size : dim)),
      ),
    },
  };
}

export const docs: KindDocs = {
  text: 'Keeps a range of places along one axis and drops the others: some columns of a table, some channels of a picture, the first steps of a sequence.',
  formula: 'y = x[…, start : start + length]',
};

export const examples: KindExample[] = [
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
];

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
    const x = wholeOrFloat(tf, tensorOn(inputs, 'x'));
    const y = partOf(tf, x, axisOf(params, x.rank), numberOf(params, 'start'), numberOf(params, 'size'));
    return { outputs: { y } };
  },
};

export const emit: Emit = {
  // By a split: Keras' own slice needs the size of the batch.
  keras(context) {
    const [start, size] = [numberOf(context.params, 'start'), numberOf(context.params, 'size')];
    const axis = axisIn(context);
    const ends = context.inputs.x?.[0]?.shape?.[axis] === start + size;
    const cuts = [...(start > 0 ? [start] : []), ...(ends ? [] : [start + size])];
    if (cuts.length === 0) return [{ className: 'Identity', config: {}, weights: [] }];
    const outputs = [...(start > 0 ? ['before'] : []), 'y', ...(ends ? [] : ['after'])];
    return [kerasOperation('numpy', 'Split', { indices_or_sections: cuts, axis }, { outputs })];
  },
  torch(context) {
    const { params } = context;
    const sizes = `${numberOf(params, 'start')}, ${numberOf(params, 'size')}`;
    return torchExpression((x, { axis }) => `${x}.narrow(${axis(axisIn(context))}, ${sizes})`, {
      channels: 'either',
      takes: takesWhole(context),
    });
  },
  onnx(context) {
    const [start, size] = [numberOf(context.params, 'start'), numberOf(context.params, 'size')];
    return onnxNodes(
      (x, { node, constant, axis }) => {
        const range = [start, start + size, axis(axisIn(context))];
        return node('Slice', [x, ...range.map((value) => constant([value], 'int64'))]);
      },
      { channels: 'either', takes: takesWhole(context) },
    );
  },
};
