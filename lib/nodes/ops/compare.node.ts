import { required } from '@/lib/base/invariant';
import { kerasOperation, kerasPair } from '../common/keras-operation';
import { inferElementwise, PAIR_INPUTS, Y_OUTPUT } from '../common/merge';
import { FLOAT } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { textOf } from '../common/params';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Tensor, Tf } from '../kind';

interface Comparison {
  title: string;
  apply(tf: Tf, a: Tensor, b: Tensor): Tensor;
  torch: string;
  onnx: string;
  keras: string;
  not?: true;
}

const COMPARISONS: Record<string, Comparison> = {
  greater: { title: 'A > B', apply: (tf, a, b) => tf.greater(a, b), torch: '>', onnx: 'Greater', keras: 'Greater' },
  'greater-equal': {
    title: 'A ≥ B',
    apply: (tf, a, b) => tf.greaterEqual(a, b),
    torch: '>=',
    onnx: 'GreaterOrEqual',
    keras: 'GreaterEqual',
  },
  less: { title: 'A < B', apply: (tf, a, b) => tf.less(a, b), torch: '<', onnx: 'Less', keras: 'Less' },
  'less-equal': {
    title: 'A ≤ B',
    apply: (tf, a, b) => tf.lessEqual(a, b),
    torch: '<=',
    onnx: 'LessOrEqual',
    keras: 'LessEqual',
  },
  equal: { title: 'A = B', apply: (tf, a, b) => tf.equal(a, b), torch: '==', onnx: 'Equal', keras: 'Equal' },
  'not-equal': {
    title: 'A ≠ B',
    apply: (tf, a, b) => tf.notEqual(a, b),
    torch: '!=',
    onnx: 'Equal',
    keras: 'NotEqual',
    not: true,
  },
};

const comparisonOf = (id: string): Comparison => required(COMPARISONS[id], `comparison ${id}`);

export const face: Face = {
  id: 'compare',
  version: 1,
  title: 'Compare',
  summary: 'One where it is true, zero where it is not.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['greater', 'less', 'equal', 'threshold', 'mask', 'larger than', 'smaller than'],
  icon: 'math-greater',
  fields: {
    by: {
      type: 'choice',
      title: 'Is true where',
      default: 'greater',
      essential: true,
      choices: Object.entries(COMPARISONS).map(([value, { title }]) => ({ value, title })),
    },
  },
  inputs: PAIR_INPUTS,
  outputs: Y_OUTPUT,
  grad: [],
  time: 'pointwise',
  oftenNext: ['select', 'multiply', 'mean-metric'],
};

export function infer({ inputs }: InferContext): Inference {
  const inference = inferElementwise('Compare', [
    { port: 'a', spec: inputs.a?.[0] },
    { port: 'b', spec: inputs.b?.[0] },
  ]);
  const shape = inference.outputs.y?.shape ?? null;
  return { ...inference, outputs: { y: { shape, dtype: 'float32', meaning: 'mask', range: [0, 1] } } };
}

export const docs: KindDocs = {
  text: 'Compares two tensors number by number; a size of 1 stretches to fit. The answer is a mask, to choose or to count with. It has no slope.',
  formula: 'y = 1 where a > b (or ≥, <, ≤, =, ≠), else 0',
};

export const examples: KindExample[] = [
  {
    title: 'Larger',
    inputs: {
      a: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }],
      b: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }],
    },
  },
  {
    title: 'Equal classes',
    params: { by: 'equal' },
    inputs: {
      a: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 3 }],
      b: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 3 }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const [a, b] = [floatOn(tf, inputs, 'a'), floatOn(tf, inputs, 'b')];
    return { outputs: { y: tf.cast(comparisonOf(textOf(params, 'by')).apply(tf, a, b), 'float32') } };
  },
};

export const emit: Emit = {
  keras: ({ params }) => [
    ...kerasPair(comparisonOf(textOf(params, 'by')).keras),
    kerasOperation('core', 'Cast', { dtype: 'float32' }),
  ],
  torch: ({ params }) => ({
    channels: 'either',
    forward: ({ on }) => ({ y: `(${on('a')} ${comparisonOf(textOf(params, 'by')).torch} ${on('b')}).float()` }),
  }),
  onnx({ params }) {
    const { onnx, not } = comparisonOf(textOf(params, 'by'));
    return {
      channels: 'either',
      write({ node, on }) {
        const compared = node(onnx, [on('a'), on('b')]);
        return { y: node('Cast', [not ? node('Not', [compared]) : compared], { to: FLOAT }) };
      },
    };
  },
};
