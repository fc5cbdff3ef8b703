import { productOf } from '@/lib/tensor/conv-arithmetic';
import { type Dim, elementsPerExample, formatShape } from '@/lib/tensor/spec';
import { formatCount, rankProblem, specOn, unknownOutput } from '../common/inference';
import { onnxNodes } from '../common/onnx-nodes';
import { tensorOn } from '../common/operands';
import { numbersOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';

export const face: Face = {
  id: 'reshape',
  version: 1,
  title: 'Reshape',
  summary: 'Arranges the same numbers in other axes.',
  category: 'shape',
  makes: 'op',
  role: 'op',
  aliases: ['view', 'expand dims', 'squeeze', 'unflatten', 'shape'],
  icon: 'box-model',
  fields: {
    shape: {
      type: 'shape',
      title: 'Shape',
      default: [-1],
      essential: true,
      help: 'Of one example; one size may be -1 and follows from the rest.',
    },
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-2d', 'dense', 'lstm'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const shape = numbersOf(params, 'shape');
  if (!x?.shape) return unknownOutput();
  const [batch, ...rest] = x.shape;
  if (batch === undefined) return unknownOutput(rankProblem('Reshape', 'x', x, [2, 3, 4]));
  const size = elementsPerExample(x.shape);
  const product = shape.filter((dim) => dim !== -1).reduce((total, dim) => total * dim, 1);
  const open = shape.includes(-1);
  const total: Dim = size ?? productOf(rest);
  const problems: Problem[] = [];
  if (size !== null && (open ? size % product !== 0 : size !== product)) {
    problems.push(mismatch(formatShape(rest), size, shape, product, open));
  }
  const left: Dim = typeof total === 'number' ? total / product : product === 1 ? total : null;
  const known = problems.length === 0;
  const dims = shape.map((dim): Dim => (dim === -1 ? (known ? left : null) : dim));
  const picture = dims.length === 3 && x.meaning === 'image';
  const meaning = x.meaning === 'image' && !picture ? 'features' : x.meaning;
  return { outputs: { y: { ...x, meaning, shape: [batch, ...dims] } }, problems };
}

export const docs: KindDocs = {
  text: 'The numbers and their order stay; only the axes change, such as from a row of 49 to a picture of 7 × 7 × 1. The batch axis is not touched.',
  source: 'Keras 3 Reshape',
};

export const examples: KindExample[] = [
  {
    title: 'A row into a picture',
    params: { shape: [4, 3, 1] },
    inputs: { x: [{ shape: ['batch', 12], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'The rest follows',
    params: { shape: [2, -1] },
    inputs: { x: [{ shape: ['batch', 4, 3, 2], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
  },
];

function mismatch(from: string, size: number, shape: number[], product: number, open: boolean): Problem {
  const wanted = shape.map((dim) => (dim === -1 ? '?' : dim)).join('×') || '1';
  return {
    code: 'shape-mismatch',
    severity: 'error',
    port: 'x',
    message: `An example of ${from} has ${formatCount(size)} numbers; ${wanted} ${open ? `needs a multiple of ${formatCount(product)}` : `has room for ${formatCount(product)}`}.`,
    expected: `${formatCount(product)} numbers`,
    received: `${formatCount(size)} numbers`,
    remedies: [{ title: 'Flatten to one row', set: { shape: [-1] } }],
  };
}

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = tensorOn(inputs, 'x');
    return { outputs: { y: tf.reshape(x, [x.shape[0] ?? 1, ...numbersOf(params, 'shape')]) } };
  },
};

export const emit: Emit = {
  keras: ({ params }) => [{ className: 'Reshape', config: { target_shape: numbersOf(params, 'shape') }, weights: [] }],
  torch: ({ params }) =>
    torchExpression((x) => `${x}.reshape(${[`${x}.shape[0]`, ...numbersOf(params, 'shape')].join(', ')})`, {
      takes: 'any',
    }),
  onnx: ({ params }) =>
    onnxNodes((x, { node, constant }) => node('Reshape', [x, constant([0, ...numbersOf(params, 'shape')], 'int64')]), {
      takes: 'any',
    }),
};
