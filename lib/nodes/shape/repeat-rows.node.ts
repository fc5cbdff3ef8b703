import { movedSpec, takesWhole, wholeOrFloat } from '../common/along-axis';
import { timesBatch } from '../common/box-ports';
import { specOn, textProblem, unknownOutput } from '../common/inference';
import { Y_OUTPUT } from '../common/merge';
import { onnxNodes } from '../common/onnx-nodes';
import { tensorOn } from '../common/operands';
import { numberOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import { X_INPUT } from '../common/unary';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'repeat-rows',
  version: 1,
  title: 'Repeat rows',
  summary: 'Makes several rows of each example, all alike.',
  category: 'shape',
  makes: 'op',
  role: 'op',
  aliases: ['repeat examples', 'repeat interleave', 'expand batch', 'broadcast'],
  icon: 'copy-plus',
  fields: {
    times: { type: 'number', title: 'Times', default: 2, min: 1, max: 100_000, integer: true, essential: true },
  },
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  oftenNext: ['mse', 'cross-entropy', 'concat', 'multiply'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Repeat rows', 'x'));
  if (!x?.shape) return unknownOutput();
  const [rows, ...rest] = x.shape;
  const times = numberOf(params, 'times');
  return { outputs: { y: movedSpec(x, [times === 1 ? (rows ?? null) : timesBatch(rows, times), ...rest]) } };
}

export const docs: KindDocs = {
  text: 'Where a network makes several rows of an example, such as one for each region of a picture, what belongs to the whole example is repeated, so that each of its rows has it beside. The rows of an example follow one another.',
  formula: 'y[n·times + k] = x[n]',
  source: 'Keras 3 ops.repeat',
};

export const examples: KindExample[] = [
  { title: 'Features', inputs: { x: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'Classes',
    params: { times: 4 },
    inputs: { x: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 5 }] },
  },
  {
    title: 'Pictures',
    params: { times: 3 },
    inputs: { x: [{ shape: ['batch', 2, 2, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = wholeOrFloat(tf, tensorOn(inputs, 'x'));
    const [rows = 1, ...rest] = x.shape;
    const times = numberOf(params, 'times');
    const size = x.size / rows;
    const copies = tf.broadcastTo(tf.reshape(x, [rows, 1, size]), [rows, times, size]);
    return { outputs: { y: tf.reshape(copies, [rows * times, ...rest]) } };
  },
};

export const emit: Emit = {
  keras: () => ({ unsupported: 'all tensors of a Keras model have one row for each example' }),
  torch: (context) =>
    torchExpression((x) => `${x}.repeat_interleave(${numberOf(context.params, 'times')}, dim=0)`, {
      channels: 'either',
      takes: takesWhole(context),
    }),
  onnx: (context) =>
    onnxNodes(
      (x, { node, constant }) => {
        const rest = (context.inputs.x?.[0]?.shape ?? []).slice(1);
        const times = numberOf(context.params, 'times');
        const copies = node('Expand', [
          node('Unsqueeze', [x, constant([1], 'int64')]),
          constant([1, times, ...rest.map(() => 1)], 'int64'),
        ]);
        // The first size follows from the rest, which is that of the copies from their third axis on.
        const sizes = node('Slice', [node('Shape', [x]), constant([1], 'int64'), constant([rest.length + 1], 'int64')]);
        return node('Reshape', [copies, node('Concat', [constant([-1], 'int64'), sizes], { axis: 0 })]);
      },
      { channels: 'either', takes: takesWhole(context) },
    ),
};
