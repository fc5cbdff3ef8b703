import { broadcastShapes } from '@/lib/tensor/broadcast';
import { type Dim, fitsDim, formatDim, formatShape } from '@/lib/tensor/spec';
import { flopsPerExample, rankProblem, textProblem, unknownOutput } from '../common/inference';
import { kerasOperation } from '../common/keras-operation';
import { PAIR_INPUTS, Y_OUTPUT } from '../common/merge';
import { floatOn } from '../common/operands';
import { flagOf } from '../common/params';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'matmul',
  version: 1,
  title: 'Matmul',
  summary: 'Multiplies two matrices.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['matrix product', 'dot', 'matrix multiply', 'bmm', 'similarity'],
  icon: 'matrix',
  fields: {
    transposeA: { type: 'switch', title: 'Transpose A', default: false },
    transposeB: { type: 'switch', title: 'Transpose B', default: false },
  },
  inputs: PAIR_INPUTS,
  outputs: Y_OUTPUT,
  second: true,
  oftenNext: ['softmax', 'add', 'activation'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const [a, b] = [inputs.a?.[0], inputs.b?.[0]];
  if (a?.dtype === 'string') return unknownOutput(textProblem('Matmul', 'a'));
  if (b?.dtype === 'string') return unknownOutput(textProblem('Matmul', 'b'));
  if (!a?.shape || !b?.shape) return unknownOutput();
  if (a.shape.length < 2) return unknownOutput(rankProblem('Matmul', 'a', a, [2, 3]));
  if (b.shape.length < 2) return unknownOutput(rankProblem('Matmul', 'b', b, [2, 3]));
  const [rows, inner] = lastTwo(a.shape, flagOf(params, 'transposeA'));
  const [inner2, columns] = lastTwo(b.shape, flagOf(params, 'transposeB'));
  const outer = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  if (!fitsDim(inner, inner2) || 'conflict' in outer) {
    return unknownOutput({
      code: 'shape-mismatch',
      severity: 'error',
      port: 'b',
      message: `The rows of A have ${formatDim(inner)} numbers, the columns of B ${formatDim(inner2)}; a matrix product needs equal ones (${formatShape(a.shape)} and ${formatShape(b.shape)}).`,
      expected: `${formatDim(inner)} rows in B`,
      received: formatShape(b.shape),
      remedies: [{ title: 'Transpose B', set: { transposeB: !flagOf(params, 'transposeB') } }],
    });
  }
  const shape = outer.shape === null ? null : [...outer.shape, rows, columns];
  const depth = typeof inner === 'number' ? inner : typeof inner2 === 'number' ? inner2 : 1;
  return {
    outputs: { y: { shape, dtype: 'float32', meaning: 'features' } },
    flops: flopsPerExample(shape, 2 * depth),
  };
}

export const docs: KindDocs = {
  text: 'Every row of A with every column of B: multiplied number by number and added up. Leading axes, such as the batch, are kept.',
  formula: 'y[i, j] = Σₖ a[i, k]·b[k, j]',
};

export const examples: KindExample[] = [
  {
    title: 'Scores between steps',
    params: { transposeB: true },
    inputs: {
      a: [{ shape: ['batch', 4, 3], dtype: 'float32', meaning: 'features' }],
      b: [{ shape: ['batch', 5, 3], dtype: 'float32', meaning: 'features' }],
    },
  },
  {
    title: 'A fixed matrix',
    inputs: {
      a: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }],
      b: [{ shape: [3, 2], dtype: 'float32', meaning: 'features' }],
    },
  },
];

function lastTwo(shape: Dim[], transposed: boolean): [Dim, Dim] {
  const pair: [Dim, Dim] = [shape.at(-2) ?? null, shape.at(-1) ?? null];
  return transposed ? [pair[1], pair[0]] : pair;
}

export const run: KindRun = {
  as: 'op',
  run: (tf, { params, inputs }) => ({
    outputs: {
      y: tf.matMul(
        floatOn(tf, inputs, 'a'),
        floatOn(tf, inputs, 'b'),
        flagOf(params, 'transposeA'),
        flagOf(params, 'transposeB'),
      ),
    },
  }),
};

const TRANSPOSED: Record<string, string> = { a: 'transposeA', b: 'transposeB' };

export const emit: Emit = {
  keras({ params, inputs }) {
    const [a, b] = [inputs.a?.[0]?.shape, inputs.b?.[0]?.shape];
    if (a?.length !== 3 || b?.length !== 3 || a[0] !== 'batch' || b[0] !== 'batch') {
      const turned = ['a', 'b'].filter((port) => flagOf(params, TRANSPOSED[port] ?? ''));
      return [
        ...turned.map((port) =>
          kerasOperation(
            'numpy',
            'Swapaxes',
            { axis1: -2, axis2: -1 },
            { call: { args: [port] }, outputs: [`${port}T`] },
          ),
        ),
        kerasOperation(
          'numpy',
          'Matmul',
          {},
          {
            call: { args: ['a', 'b'].map((port) => (turned.includes(port) ? `${port}T` : port)) },
            outputs: ['y'],
          },
        ),
      ];
    }
    const axes = [flagOf(params, 'transposeA') ? 1 : 2, flagOf(params, 'transposeB') ? 2 : 1];
    return [{ className: 'Dot', config: { axes, normalize: false }, weights: [] }];
  },
  torch({ params }) {
    const turned = (x: string, key: string) => (flagOf(params, key) ? `${x}.transpose(-1, -2)` : x);
    return { forward: ({ on }) => ({ y: `${turned(on('a'), 'transposeA')} @ ${turned(on('b'), 'transposeB')}` }) };
  },
  onnx: ({ params, inputs }) => ({
    write({ on, node }) {
      const turned = (port: string, key: string) => {
        const axes = (inputs[port]?.[0]?.shape ?? []).map((_, axis) => axis);
        const perm = [...axes.slice(0, -2), ...axes.slice(-2).reverse()];
        return flagOf(params, key) ? node('Transpose', [on(port)], { perm }) : on(port);
      };
      return { y: node('MatMul', [turned('a', 'transposeA'), turned('b', 'transposeB')]) };
    },
  }),
};
