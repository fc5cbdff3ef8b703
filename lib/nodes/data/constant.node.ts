import type { Json } from '@/lib/base/json';
import { textOf } from '../common/params';
import type {
  Emit,
  Face,
  InferContext,
  Inference,
  KindDocs,
  KindExample,
  KindRun,
  PlainParams,
  Problem,
} from '../kind';

export const face: Face = {
  id: 'constant',
  version: 1,
  title: 'Constant',
  summary: 'Numbers that never change.',
  category: 'data',
  makes: 'data',
  role: 'op',
  aliases: ['value', 'number', 'literal', 'fixed'],
  icon: 'number-123',
  fields: {
    value: {
      type: 'json',
      title: 'Value',
      default: 1,
      essential: true,
      help: 'A number, or lists of numbers: [[4, 5]] is one example with two features.',
    },
    dtype: {
      type: 'choice',
      title: 'Numbers are',
      default: 'float32',
      choices: [
        { value: 'float32', title: 'Real' },
        { value: 'int32', title: 'Whole' },
      ],
    },
  },
  inputs: [],
  outputs: [{ id: 'y', title: 'Value', type: 'tensor' }],
  oftenNext: ['dense', 'add', 'multiply'],
};

export function infer({ params }: InferContext): Inference {
  const shape = shapeOf(params.value ?? 0);
  const dtype = textOf(params, 'dtype') === 'int32' ? 'int32' : 'float32';
  const meaning = 'any';
  if (shape === null) {
    return { outputs: { y: { shape: null, dtype, meaning } }, problems: [malformed(params.value ?? null)] };
  }
  return { outputs: { y: { shape, dtype, meaning } } };
}

export const docs: KindDocs = {
  text: 'A fixed tensor, such as one example to ask a trained network about. Lists in lists make the axes; all lists of one level have the same length.',
};

export const examples: KindExample[] = [
  { title: 'A number', params: { value: 0.5 }, inputs: {} },
  {
    title: 'Two examples',
    params: {
      value: [
        [4, 5],
        [1, 2],
      ],
    },
    inputs: {},
  },
];

/** Sizes of nested lists of numbers; null where they are ragged, empty or hold something else. */
function shapeOf(value: Json): number[] | null {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : null;
  if (!Array.isArray(value) || value.length === 0) return null;
  const [first, ...rest] = value.map(shapeOf);
  if (!first || rest.some((shape) => shape === null || shape.join() !== first.join())) return null;
  return [value.length, ...first];
}

const malformed = (value: Json): Problem => ({
  code: 'param-range',
  severity: 'error',
  param: 'value',
  message: 'A constant is a number, or lists of numbers with equal lengths, such as [[1, 2], [3, 4]].',
  expected: 'numbers in lists of equal length',
  received: JSON.stringify(value).slice(0, 60),
  remedies: [{ title: 'Set value to 1', set: { value: 1 } }],
});

const flat = (value: Json | undefined): number[] =>
  Array.isArray(value) ? value.flatMap(flat) : [typeof value === 'number' ? value : 0];

const tensorParts = (params: PlainParams) => ({
  values: flat(params.value),
  shape: shapeOf(params.value ?? 0) ?? [],
  dtype: textOf(params, 'dtype') === 'int32' ? ('int32' as const) : ('float32' as const),
});

export const run: KindRun = {
  as: 'op',
  run(tf, { params }) {
    const { values, shape, dtype } = tensorParts(params);
    return { outputs: { y: tf.tensor(values, shape, dtype) } };
  },
};

export const emit: Emit = {
  keras: () => ({ unsupported: 'Keras has no layer without an input' }),
  torch({ params }) {
    const { values, shape, dtype } = tensorParts(params);
    const type = dtype === 'int32' ? 'torch.int64' : 'torch.float32';
    if (shape.length === 0) return { forward: () => ({ y: `torch.tensor(${values[0]}, dtype=${type})` }) };
    // A parameter moves to other devices with the model.
    const text = JSON.stringify(params.value);
    return {
      module: `nn.Parameter(torch.tensor(${text}, dtype=${type}), requires_grad=False)`,
      weights: { '': () => ({ data: dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values), shape }) },
      forward: ({ self }) => ({ y: self }),
    };
  },
  onnx({ params }) {
    const { values, shape, dtype } = tensorParts(params);
    return { write: ({ constant }) => ({ y: constant([...values], dtype, shape) }) };
  },
};
