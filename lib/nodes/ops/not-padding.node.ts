import { flopsPerExample, specOn, textProblem, unknownOutput } from '../common/inference';
import { Y_OUTPUT } from '../common/merge';
import { FLOAT, onnxNodes } from '../common/onnx-nodes';
import { tensorOn } from '../common/operands';
import { numberOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'not-padding',
  version: 1,
  title: 'Not padding',
  summary: 'Is 1 where a sequence holds a token and 0 where it is filled up.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['mask', 'padding mask', 'masking', 'sequence mask'],
  icon: 'equal-not',
  fields: {
    padding: {
      type: 'number',
      title: 'Padding token',
      default: 0,
      integer: true,
      help: 'What short sequences are filled up with.',
    },
  },
  inputs: [{ id: 'x', title: 'Tokens', type: 'tensor' }],
  outputs: Y_OUTPUT,
  grad: [],
  time: 'pointwise',
  oftenNext: ['cross-entropy', 'perplexity'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Not padding', 'x'));
  if (!x?.shape) return unknownOutput();
  return {
    outputs: { y: { shape: x.shape, dtype: 'float32', meaning: 'sample-weight', range: [0, 1] } },
    flops: flopsPerExample(x.shape, 1),
  };
}

export const docs: KindDocs = {
  text: 'Sequences of a batch are filled up to one length. As the sample weight of a loss this keeps what was filled in from counting.',
  formula: 'y = [x ≠ padding]',
};

export const examples: KindExample[] = [
  { title: 'Tokens', inputs: { x: [{ shape: ['batch', 5], dtype: 'int32', meaning: 'tokens', classes: 3 }] } },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs, params }) {
    const x = tensorOn(inputs, 'x');
    const padding = tf.scalar(numberOf(params, 'padding'), x.dtype as 'int32');
    return { outputs: { y: tf.cast(tf.notEqual(x, padding), 'float32') } };
  },
};

export const emit: Emit = {
  keras: ({ params }) => [
    {
      className: 'NotEqual',
      operation: 'numpy',
      config: {},
      call: { args: ['x'], set: { x2: numberOf(params, 'padding') } },
      weights: [],
    },
    { className: 'Cast', operation: 'core', config: { dtype: 'float32' }, weights: [] },
  ],
  torch: ({ params }) =>
    torchExpression((x) => `(${x} != ${numberOf(params, 'padding')}).float()`, { channels: 'either', takes: 'any' }),
  onnx: ({ params, inputs }) =>
    onnxNodes(
      (x, { node, constant }) => {
        const type = inputs.x?.[0]?.dtype === 'float32' ? 'float32' : 'int32';
        const padding = node('Equal', [x, constant(numberOf(params, 'padding'), type)]);
        return node('Cast', [node('Not', [padding])], { to: FLOAT });
      },
      { channels: 'either', takes: 'any' },
    ),
};
