import type { Dim } from '@/lib/tensor/spec';
import { alongAxis, axisField, axisIn, axisOf, movedSpec, takesWhole, wholeOrFloat } from '../common/along-axis';
import { unknownOutput } from '../common/inference';
import { kerasOperation } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNodes } from '../common/onnx-nodes';
import { tensorOn } from '../common/operands';
import { numberOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import { X_INPUT } from '../common/unary';
import type { Emit, EmitContext, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'tile',
  version: 1,
  title: 'Tile',
  summary: 'Puts the same numbers several times one after another.',
  category: 'shape',
  makes: 'op',
  role: 'op',
  aliases: ['repeat', 'copies', 'pattern', 'broadcast'],
  icon: 'copy',
  fields: {
    times: { type: 'number', title: 'Times', default: 2, min: 1, max: 100_000, integer: true, essential: true },
    axis: axisField('Along which axis; -1 is the last one. The batch stays as it is.'),
  },
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  time: 'mixing',
  oftenNext: ['concat', 'conv-2d', 'dense'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const along = alongAxis('Tile', { params, inputs });
  if ('problems' in along) return unknownOutput(...along.problems);
  const { x, shape, axis, length } = along;
  return {
    outputs: {
      y: movedSpec(
        x,
        shape.map((dim, at) => (at === axis ? times(length, numberOf(params, 'times')) : dim)),
      ),
    },
  };
}

export const docs: KindDocs = {
  text: 'Whole copies one behind another along an axis: 1 2 becomes 1 2 1 2. To give one row to every step, Repeat adds the axis as well.',
  formula: 'y[…, i + k·length] = x[…, i]',
  source: 'Keras 3 ops.tile',
};

export const examples: KindExample[] = [
  { title: 'A row twice', inputs: { x: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'Rows of a picture',
    params: { times: 3, axis: 1 },
    inputs: { x: [{ shape: ['batch', 2, 2, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
  },
  {
    title: 'A phrase again',
    inputs: { x: [{ shape: ['batch', 2], dtype: 'int32', meaning: 'tokens', classes: 9 }] },
  },
];

function times(length: Dim, by: number): Dim {
  if (length === null || by === 1) return length;
  if (typeof length === 'number') return length * by;
  return typeof length === 'string' ? { of: length, times: by } : { of: length.of, times: length.times * by };
}

export const run: KindRun = {
  as: 'op',
  // By a new axis that is stretched: TensorFlow.js' own tiling has no gradient for more than four axes.
  run(tf, { params, inputs }) {
    const x = wholeOrFloat(tf, tensorOn(inputs, 'x'));
    const [axis, by] = [axisOf(params, x.rank), numberOf(params, 'times')];
    const before = x.shape.slice(0, axis).reduce((product, dim) => product * dim, 1);
    const within = x.size / before;
    const copies = tf.broadcastTo(tf.reshape(x, [before, 1, within]), [before, by, within]);
    return {
      outputs: {
        y: tf.reshape(
          copies,
          x.shape.map((dim, at) => (at === axis ? dim * by : dim)),
        ),
      },
    };
  },
};

/** How often along each axis. */
const repeatsOf = ({ params, inputs }: EmitContext, axis: number): number[] =>
  (inputs.x?.[0]?.shape ?? []).map((_, at) => (at === axis ? numberOf(params, 'times') : 1));

export const emit: Emit = {
  keras: (context) => [kerasOperation('numpy', 'Tile', { repeats: repeatsOf(context, axisIn(context)) })],
  torch: (context) =>
    torchExpression((x, { axis }) => `${x}.repeat(${repeatsOf(context, axis(axisIn(context))).join(', ')})`, {
      channels: 'either',
      takes: takesWhole(context),
    }),
  onnx: (context) =>
    onnxNodes(
      (x, { node, constant, axis }) => node('Tile', [x, constant(repeatsOf(context, axis(axisIn(context))), 'int64')]),
      { channels: 'either', takes: takesWhole(context) },
    ),
};
