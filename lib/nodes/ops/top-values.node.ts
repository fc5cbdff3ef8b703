import { formatShape, type Spec } from '@/lib/tensor/spec';
import { flopsPerExample, rankProblem, specOn, textProblem, unknownSpec } from '../common/inference';
import { kerasOperation } from '../common/keras-operation';
import { INT32 } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { numberOf } from '../common/params';
import { X_INPUT } from '../common/unary';
import { withoutGradient } from '../common/without-gradient';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem, Tensor, Tf } from '../kind';

export const face: Face = {
  id: 'top-values',
  version: 1,
  title: 'Top k values',
  summary: 'The largest numbers of each row, and where they stand.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['top k', 'topk', 'k largest', 'best of', 'sort', 'ranking', 'beam'],
  icon: 'sort-descending-numbers',
  fields: {
    k: { type: 'number', title: 'How many', default: 3, min: 1, max: 100_000, integer: true, essential: true },
  },
  inputs: X_INPUT,
  outputs: [
    { id: 'y', title: 'Values', type: 'tensor' },
    { id: 'places', title: 'Places', type: 'tensor' },
  ],
  second: true,
  time: 'pointwise',
  oftenNext: ['reduce', 'gather', 'output'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknown(textProblem('Top k values', 'x'));
  if (!x?.shape) return unknown();
  if (x.shape.length === 0) return unknown(rankProblem('Top k values', 'x', x, [2, 3]));
  const [k, length] = [numberOf(params, 'k'), x.shape.at(-1)];
  if (typeof length === 'number' && k > length) return unknown(tooFew(x, k, length));
  const shape = [...x.shape.slice(0, -1), k];
  const classes = typeof length === 'number' ? { classes: length } : {};
  return {
    outputs: {
      y: { shape, dtype: 'float32', meaning: 'features', ...(x.range && { range: x.range }) },
      places: { shape, dtype: 'int32', meaning: 'index', ...classes },
    },
    flops: flopsPerExample(x.shape, Math.ceil(Math.log2(k + 1))),
  };
}

export const docs: KindDocs = {
  text: 'Along the last axis, the largest first. With scores of classes, the places are the numbers of the likeliest classes. Gradients flow to the numbers that were taken; places have none.',
  formula: 'y₁ ≥ y₂ ≥ … ≥ yₖ, with yᵢ = x[placesᵢ]',
  source: 'Keras 3 ops.top_k',
};

export const examples: KindExample[] = [
  { title: 'Three best scores', inputs: { x: [{ shape: ['batch', 5], dtype: 'float32', meaning: 'logits' }] } },
  {
    title: 'At each step',
    params: { k: 1 },
    inputs: { x: [{ shape: ['batch', 2, 4], dtype: 'float32', meaning: 'features' }] },
  },
];

const unknown = (...problems: Problem[]): Inference => ({
  outputs: { y: unknownSpec(), places: { shape: null, dtype: 'int32', meaning: 'index' } },
  problems,
});

const tooFew = (x: Spec, k: number, length: number): Problem => ({
  code: 'shape-mismatch',
  severity: 'error',
  port: 'x',
  message: `The ${k} largest are wanted, but the last axis of ${formatShape(x.shape)} has only ${length} numbers.`,
  expected: `at least ${k} numbers`,
  received: `${length} numbers`,
  remedies: [{ title: 'Take all, in order', set: { k: length } }],
});

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const [x, k] = [floatOn(tf, inputs, 'x'), numberOf(params, 'k')];
    return { outputs: { y: largest(tf, x, k), places: withoutGradient(tf, x, (given) => tf.topk(given, k).indices) } };
  },
};

/** The k largest of each row, with the gradient that TensorFlow.js lacks: to the places that they came from. */
function largest(tf: Tf, x: Tensor, k: number): Tensor {
  return tf.customGrad((given, save) => {
    const { values, indices } = tf.topk(given as Tensor, k);
    const length = (given as Tensor).shape.at(-1) ?? 1;
    (save as (tensors: Tensor[]) => void)([indices]);
    return {
      value: values,
      gradFunc: (dy: Tensor, [places]: Tensor[]) => {
        const taken = tf.cast(tf.oneHot(places as Tensor, length), 'float32');
        return tf.sum(tf.mul(taken, tf.expandDims(dy, -1)), -2);
      },
    };
  })(x);
}

export const emit: Emit = {
  keras: ({ params }) => [kerasOperation('math', 'TopK', { k: numberOf(params, 'k') }, { outputs: ['y', 'places'] })],
  torch: ({ params }) => ({
    forward({ on, keep }) {
      const top = keep('top', `${on('x')}.topk(${numberOf(params, 'k')}, dim=-1)`);
      return { y: `${top}.values`, places: `${top}.indices` };
    },
  }),
  onnx: ({ params }) => ({
    write({ on, node, nodes, constant }) {
      const k = constant([numberOf(params, 'k')], 'int64');
      const [y = '', places = ''] = nodes('TopK', [on('x'), k], { axis: -1 }, 2);
      return { y, places: node('Cast', [places], { to: INT32 }) };
    },
  }),
};
