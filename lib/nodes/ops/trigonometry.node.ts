import { required } from '@/lib/base/invariant';
import { kerasFunction } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNode } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { textOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import { inferUnary, X_INPUT } from '../common/unary';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun, PlainParams, Tensor, Tf } from '../kind';

interface Trigonometric {
  title: string;
  apply(tf: Tf, x: Tensor): Tensor;
  torch: string;
  onnx: string;
  keras: string;
  range?: [number, number];
}

/** Those that every number has; sine, cosine and the hyperbolic tangent have kinds of their own. */
const FUNCTIONS: Record<string, Trigonometric> = {
  tan: { title: 'Tangent', apply: (tf, x) => tf.tan(x), torch: 'tan', onnx: 'Tan', keras: 'Tan' },
  atan: {
    title: 'Arc tangent',
    apply: (tf, x) => tf.atan(x),
    torch: 'atan',
    onnx: 'Atan',
    keras: 'Arctan',
    range: [-Math.PI / 2, Math.PI / 2],
  },
  sinh: { title: 'Hyperbolic sine', apply: (tf, x) => tf.sinh(x), torch: 'sinh', onnx: 'Sinh', keras: 'Sinh' },
  cosh: { title: 'Hyperbolic cosine', apply: (tf, x) => tf.cosh(x), torch: 'cosh', onnx: 'Cosh', keras: 'Cosh' },
  asinh: {
    title: 'Inverse hyperbolic sine',
    apply: (tf, x) => tf.asinh(x),
    torch: 'asinh',
    onnx: 'Asinh',
    keras: 'Arcsinh',
  },
};

const functionOf = (params: PlainParams): Trigonometric =>
  required(FUNCTIONS[textOf(params, 'function')], 'a function');

export const face: Face = {
  id: 'trigonometry',
  version: 1,
  title: 'Trigonometry',
  summary: 'Tangents, hyperbolic functions and their inverses.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['tan', 'atan', 'arctan', 'sinh', 'cosh', 'asinh', 'arcsinh', 'tangent', 'hyperbolic', 'angle'],
  icon: 'math-tg',
  fields: {
    function: {
      type: 'choice',
      title: 'Function',
      default: 'atan',
      essential: true,
      choices: Object.entries(FUNCTIONS).map(([value, { title }]) => ({ value, title })),
    },
  },
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['multiply', 'concat', 'reduce'],
};

export const infer: Infer = (context) => inferUnary('Trigonometry', context, 6, () => functionOf(context.params).range);

export const docs: KindDocs = {
  text: 'The arc tangent turns a slope into an angle and bends every number into −π/2 … π/2. The inverse hyperbolic sine is a logarithm that takes negative numbers too.',
  formula: 'y = tan x, atan x, sinh x, cosh x or asinh x',
  source: 'Keras 3 ops.tan, arctan, sinh, cosh, arcsinh',
};

export const examples: KindExample[] = [
  {
    title: 'A row',
    inputs: { x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features', range: [-1.2, 1.2] }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { params, inputs }) => ({ outputs: { y: functionOf(params).apply(tf, floatOn(tf, inputs, 'x')) } }),
};

export const emit: Emit = {
  keras: (context) => kerasFunction(context, functionOf(context.params).keras),
  torch: ({ params }) => torchExpression((x) => `torch.${functionOf(params).torch}(${x})`),
  onnx: ({ params }) => onnxNode(functionOf(params).onnx),
};
