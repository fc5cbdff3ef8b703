import type { Dim, Spec } from '@/lib/tensor/spec';
import { flopsPerExample, rankProblem, specOn, textProblem, unknownOutput } from '../common/inference';
import { Y_OUTPUT } from '../common/merge';
import { FLOAT, INT64 } from '../common/onnx-nodes';
import { floatOn, tensorOn } from '../common/operands';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';

export const face: Face = {
  id: 'gather',
  version: 1,
  title: 'Gather',
  summary: 'Picks rows of a table by their numbers.',
  category: 'shape',
  makes: 'op',
  role: 'op',
  aliases: ['look up', 'lookup', 'index', 'pick rows', 'take', 'select rows', 'weight of class'],
  icon: 'table-row',
  fields: {},
  inputs: [
    { id: 'x', title: 'Table', type: 'tensor' },
    { id: 'index', title: 'Row numbers', type: 'tensor' },
  ],
  outputs: Y_OUTPUT,
  grad: ['x'],
  second: true,
  oftenNext: ['cross-entropy', 'multiply'],
};

export function infer({ inputs }: InferContext): Inference {
  const [x, index] = [specOn(inputs, 'x'), specOn(inputs, 'index')];
  if (x?.dtype === 'string') return unknownOutput(textProblem('Gather', 'x'));
  if (index?.dtype === 'string') return unknownOutput(textProblem('Gather', 'index'));
  if (!x?.shape || !index?.shape) return unknownOutput();
  if (x.shape.length === 0) return unknownOutput(rankProblem('Gather', 'x', x, [1, 2]));
  const shape: Dim[] = [...index.shape, ...x.shape.slice(1)];
  const y: Spec = { shape, dtype: 'float32', meaning: x.meaning, ...(x.range ? { range: x.range } : {}) };
  return { outputs: { y }, flops: flopsPerExample(shape, 1), problems: [...rangeProblems(x, index)] };
}

export const docs: KindDocs = {
  text: 'Each number says which row of the table comes out in its place: the weight of a class, the vector of a word. The gradient goes back to the rows that were picked.',
  formula: 'y[i] = x[index[i]]',
};

export const examples: KindExample[] = [
  {
    title: 'A weight for each class',
    inputs: {
      x: [{ shape: [3], dtype: 'float32', meaning: 'sample-weight' }],
      index: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 3 }],
    },
  },
  {
    title: 'A vector for each token',
    inputs: {
      x: [{ shape: [5, 2], dtype: 'float32', meaning: 'features' }],
      index: [{ shape: ['batch', 4], dtype: 'int32', meaning: 'tokens', classes: 5 }],
    },
  },
];

function rangeProblems(x: Spec, index: Spec): Problem[] {
  const rows = x.shape?.[0];
  if (typeof rows !== 'number' || index.classes === undefined || index.classes <= rows) return [];
  return [
    {
      code: 'label-range',
      severity: 'error',
      port: 'index',
      message: `The numbers go from 0 to ${index.classes - 1}, but the table has only ${rows} rows. Wire a table with a row for each.`,
      expected: `at least ${index.classes} rows`,
      received: `${rows} rows`,
    },
  ];
}

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const index = tensorOn(inputs, 'index');
    const numbers = index.dtype === 'int32' ? index : tf.cast(tf.round(index), 'int32');
    return { outputs: { y: tf.gather(floatOn(tf, inputs, 'x'), numbers) } };
  },
};

const isFloat = (specs: Spec[] | undefined) => specs?.[0]?.dtype === 'float32';

const asFloat = (x: string, specs: Spec[] | undefined) => (isFloat(specs) ? x : `${x}.float()`);

const rounded = (index: string, specs: Spec[] | undefined) => (isFloat(specs) ? `${index}.round().long()` : index);

export const emit: Emit = {
  keras: () => ({ unsupported: 'Keras has no layer that picks rows of another tensor' }),
  torch: ({ inputs }) => ({
    takes: 'any',
    forward: ({ on }) => ({ y: `${asFloat(on('x'), inputs.x)}[${rounded(on('index'), inputs.index)}]` }),
  }),
  onnx: ({ inputs }) => ({
    takes: 'any',
    write({ on, node }) {
      const index = isFloat(inputs.index) ? node('Round', [on('index')]) : on('index');
      const x = isFloat(inputs.x) ? on('x') : node('Cast', [on('x')], { to: FLOAT });
      return { y: node('Gather', [x, node('Cast', [index], { to: INT64 })], { axis: 0 }) };
    },
  }),
};
