import type { Spec } from '@/lib/tensor/spec';
import { specOn, textProblem, unknownOutput } from '../common/inference';
import { FLOAT, INT64, onnxNodes } from '../common/onnx-nodes';
import { tensorOn } from '../common/operands';
import { numberOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, PlainParams } from '../kind';

export const face: Face = {
  id: 'one-hot',
  version: 1,
  title: 'One-hot',
  summary: 'A class number becomes a row with a single one.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['onehot', 'to categorical', 'dummy', 'encode', 'indicator'],
  icon: 'list-numbers',
  fields: {
    depth: {
      type: 'number',
      title: 'Classes',
      default: 10,
      min: 1,
      max: 1_000_000,
      integer: true,
      essential: true,
      help: 'How long the rows are. Numbers outside 0 … classes − 1 give rows of zeros.',
    },
  },
  inputs: [{ id: 'x', title: 'Classes', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Rows', type: 'tensor' }],
  grad: [],
  time: 'pointwise',
  oftenNext: ['concat', 'dense', 'lstm'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('One-hot', 'x'));
  if (!x?.shape) return unknownOutput();
  const depth = depthOf(params);
  const y: Spec = { shape: [...x.shape, depth], dtype: 'float32', meaning: 'one-hot', classes: depth, range: [0, 1] };
  if (x.classes === undefined || x.classes === depth) return { outputs: { y } };
  return {
    outputs: { y },
    problems: [
      {
        code: 'label-range',
        severity: 'warning',
        param: 'depth',
        message: `The input tells ${x.classes} classes apart, but the rows have ${depth} places.`,
        expected: `${x.classes} classes`,
        received: `${depth} classes`,
        remedies: [{ title: `Set classes to ${x.classes}`, set: { depth: x.classes } }],
      },
    ],
  };
}

export const docs: KindDocs = {
  text: 'Class 2 of 4 becomes 0 0 1 0. This is how class numbers enter layers that would otherwise take them for sizes.',
  formula: 'y[i, k] = 1 where x[i] = k, else 0',
};

export const examples: KindExample[] = [
  {
    title: 'Four classes',
    params: { depth: 4 },
    inputs: { x: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 4 }] },
  },
  {
    title: 'Tokens',
    params: { depth: 6 },
    inputs: { x: [{ shape: ['batch', 3], dtype: 'int32', meaning: 'tokens', classes: 6 }] },
  },
];

const depthOf = (params: PlainParams): number => numberOf(params, 'depth');

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = tf.cast(tensorOn(inputs, 'x'), 'int32');
    return { outputs: { y: tf.cast(tf.oneHot(x, depthOf(params)), 'float32') } };
  },
};

export const emit: Emit = {
  keras: ({ params, inputs }) =>
    inputs.x?.[0]?.shape?.length === 1
      ? [
          {
            className: 'CategoryEncoding',
            config: { num_tokens: depthOf(params), output_mode: 'one_hot' },
            weights: [],
            tfjs: { unsupported: 'TensorFlow.js encodes only whole rows' },
          },
        ]
      : { unsupported: 'Keras encodes one class for each example only' },
  // Classes outside the depth give rows of zeros, which `F.one_hot` refuses.
  torch: ({ params }) =>
    torchExpression(
      (x) => `(${x}.long().unsqueeze(-1) == torch.arange(${depthOf(params)}, device=${x}.device)).float()`,
      {
        takes: 'any',
      },
    ),
  onnx: ({ params }) =>
    onnxNodes(
      (x, { node, constant }) => {
        const rows = node('Unsqueeze', [node('Cast', [x], { to: INT64 }), constant([-1], 'int64')]);
        const classes = constant(
          Array.from({ length: depthOf(params) }, (_, at) => at),
          'int64',
        );
        return node('Cast', [node('Equal', [rows, classes])], { to: FLOAT });
      },
      { takes: 'any' },
    ),
};
