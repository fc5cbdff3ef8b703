import { rankProblem, specOn, textProblem, unknownOutput } from '../common/inference';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { numberOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'repeat',
  version: 1,
  title: 'Repeat',
  summary: 'Makes a sequence of one row, over and over.',
  category: 'shape',
  makes: 'op',
  role: 'op',
  aliases: ['repeat vector', 'tile', 'copy', 'decoder input'],
  icon: 'copy',
  fields: {
    times: { type: 'number', title: 'Times', default: 8, min: 1, max: 100_000, integer: true, essential: true },
  },
  inputs: [{ id: 'x', title: 'Row', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Sequence', type: 'tensor' }],
  second: true,
  oftenNext: ['lstm', 'gru'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Repeat', 'x'));
  if (!x?.shape) return unknownOutput();
  const [batch = null, features = null] = x.shape;
  if (x.shape.length !== 2) {
    const flatten = [{ title: 'Insert Flatten', insert: { port: 'x', kind: 'flatten' } }];
    return unknownOutput(rankProblem('Repeat', 'x', x, [2], flatten));
  }
  return { outputs: { y: { ...x, dtype: 'float32', shape: [batch, numberOf(params, 'times'), features] } } };
}

export const docs: KindDocs = {
  text: 'Gives the same row at every step, such as the code of an encoder to a recurrent decoder.',
  formula: 'y[t] = x',
  source: 'Keras 3 RepeatVector',
};

export const examples: KindExample[] = [
  {
    title: 'Four times',
    params: { times: 4 },
    inputs: { x: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = floatOn(tf, inputs, 'x');
    const [batch = 1, features = 1] = x.shape;
    return {
      outputs: { y: tf.broadcastTo(tf.reshape(x, [batch, 1, features]), [batch, numberOf(params, 'times'), features]) },
    };
  },
};

export const emit: Emit = {
  keras: ({ params }) => [{ className: 'RepeatVector', config: { n: numberOf(params, 'times') }, weights: [] }],
  torch: ({ params }) => torchExpression((x) => `${x}.unsqueeze(1).expand(-1, ${numberOf(params, 'times')}, -1)`),
  onnx: ({ params }) =>
    onnxNodes((x, { node, constant }) =>
      node('Expand', [
        node('Unsqueeze', [x, constant([1], 'int64')]),
        constant([1, numberOf(params, 'times'), 1], 'int64'),
      ]),
    ),
};
