import type { Dim } from '@/lib/tensor/spec';
import { type Equation, einsum, einsumFlops, letterSizes, parseEquation } from '../common/einsum';
import { textProblem, unknownOutput } from '../common/inference';
import { kerasOperation } from '../common/keras-operation';
import { MERGE_INPUTS, Y_OUTPUT } from '../common/merge';
import { asFloat } from '../common/operands';
import { textOf } from '../common/params';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';

export const face: Face = {
  id: 'einsum',
  version: 1,
  title: 'Einsum',
  summary: 'Sums products along axes that are named by letters.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['einstein summation', 'tensordot', 'contract', 'outer product', 'batch product', 'transpose'],
  icon: 'sum',
  fields: {
    equation: {
      type: 'text',
      title: 'Equation',
      default: 'bij,bjk->bik',
      essential: true,
      placeholder: 'bij,bjk->bik',
      help: 'A letter for each axis of each input, in the order of their wires, and those of the output. “...” stands for all other axes.',
    },
  },
  inputs: MERGE_INPUTS,
  outputs: Y_OUTPUT,
  second: true,
  oftenNext: ['softmax', 'dense', 'add'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const specs = inputs.x ?? [];
  if (specs.some(({ dtype }) => dtype === 'string')) return unknownOutput(textProblem('Einsum', 'x'));
  const shapes = specs.flatMap(({ shape }): Dim[][] => (shape === null ? [] : [shape]));
  if (shapes.length === 0 || shapes.length < specs.length) return unknownOutput();
  const equation = parseEquation(
    textOf(params, 'equation'),
    shapes.map(({ length }) => length),
  );
  if (typeof equation === 'string') return unknownOutput(wrong(equation, 'param-range', { param: 'equation' }));
  const sizes = letterSizes(equation, shapes);
  if (typeof sizes === 'string') return unknownOutput(wrong(sizes, 'shape-mismatch', { port: 'x' }));
  const shape = equation.output.map((letter) => sizes.get(letter) ?? null);
  return { outputs: { y: { shape, dtype: 'float32', meaning: 'features' } }, flops: einsumFlops(sizes) };
}

export const docs: KindDocs = {
  text: 'One notation for products of matrices, outer products, weighted sums and exchanged axes: letters that inputs share are multiplied, and those that the output lacks are summed over.',
  formula: 'bij,bjk->bik: y[b, i, k] = Σⱼ a[b, i, j] · c[b, j, k]',
  source: 'Keras 3 ops.einsum; numpy.einsum',
};

export const examples: KindExample[] = [
  {
    title: 'Matrices of each example',
    inputs: {
      x: [
        { shape: ['batch', 2, 3], dtype: 'float32', meaning: 'features' },
        { shape: ['batch', 3, 4], dtype: 'float32', meaning: 'features' },
      ],
    },
  },
  {
    title: 'Scores of heads',
    params: { equation: 'bqhd,bkhd->bhqk' },
    inputs: {
      x: [
        { shape: ['batch', 3, 2, 4], dtype: 'float32', meaning: 'features' },
        { shape: ['batch', 2, 2, 4], dtype: 'float32', meaning: 'features' },
      ],
    },
  },
  {
    title: 'Three rows, weighted and added up',
    params: { equation: 'bi, ...i, bj -> b' },
    inputs: {
      x: [
        { shape: ['batch', 3], dtype: 'float32', meaning: 'features' },
        { shape: [3], dtype: 'float32', meaning: 'features' },
        { shape: ['batch', 2], dtype: 'float32', meaning: 'features' },
      ],
    },
  },
  {
    title: 'The last axes exchanged',
    params: { equation: '...ij->...ji' },
    inputs: { x: [{ shape: ['batch', 2, 3], dtype: 'float32', meaning: 'features' }] },
  },
];

const wrong = (message: string, code: Problem['code'], at: Pick<Problem, 'port' | 'param'>): Problem => ({
  code,
  severity: 'error',
  ...at,
  message,
  expected: 'an equation that fits the tensors, such as bij,bjk->bik',
});

function equationOf(text: string, ranks: number[]): Equation {
  const equation = parseEquation(text, ranks);
  if (typeof equation === 'string') throw new Error(`Invariant: ${equation}`);
  return equation;
}

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const tensors = (inputs.x ?? []).map((tensor) => asFloat(tf, tensor));
    const equation = equationOf(
      textOf(params, 'equation'),
      tensors.map(({ rank }) => rank),
    );
    return { outputs: { y: tf.clone(einsum(tf, equation, tensors)) } };
  },
};

const written = (text: string): string => text.replaceAll(/\s/g, '');

export const emit: Emit = {
  keras: ({ params }) => [
    kerasOperation('numpy', 'Einsum', { subscripts: written(textOf(params, 'equation')) }, { call: { args: ['x'] } }),
  ],
  torch: ({ params }) => ({
    forward: ({ inputs }) => ({
      y: `torch.einsum("${written(textOf(params, 'equation'))}", ${(inputs.x ?? []).join(', ')})`,
    }),
  }),
  onnx: ({ params }) => ({
    write: ({ inputs, node }) => ({
      y: node('Einsum', inputs.x ?? [], { equation: written(textOf(params, 'equation')) }),
    }),
  }),
};
