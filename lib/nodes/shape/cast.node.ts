import type { Spec } from '@/lib/tensor/spec';
import { specOn, textProblem, unknownOutput } from '../common/inference';
import { kerasOperation } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { FLOAT, INT32, onnxNodes } from '../common/onnx-nodes';
import { floatOn, tensorOn } from '../common/operands';
import { textOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import { X_INPUT } from '../common/unary';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'cast',
  version: 1,
  title: 'Cast',
  summary: 'Holds the same numbers in another type.',
  category: 'shape',
  makes: 'op',
  role: 'op',
  aliases: ['convert', 'dtype', 'to float', 'to int', 'to bool', 'whole numbers', 'truth'],
  icon: 'transform',
  fields: {
    to: {
      type: 'choice',
      title: 'To',
      default: 'float32',
      essential: true,
      choices: [
        { value: 'float32', title: 'Numbers', help: 'float32.' },
        { value: 'int32', title: 'Whole numbers', help: 'int32; what is behind the point is cut off.' },
        { value: 'bool', title: 'Truth', help: '1 for everything but 0, as a mask of float32.' },
      ],
    },
  },
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  grad: (params) => (textOf(params, 'to') === 'float32' ? ['x'] : []),
  second: true,
  time: 'pointwise',
  oftenNext: ['gather', 'multiply', 'reduce'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Cast', 'x'));
  if (!x?.shape) return unknownOutput();
  return { outputs: { y: { ...castSpec(x, textOf(params, 'to')), shape: x.shape } } };
}

export const docs: KindDocs = {
  text: 'Class numbers become numbers to compute with, rounded scores become places of a table, counts become a mask. Layers that compute take whole numbers as they are, so this is seldom needed.',
  formula: 'y = x; or x without its fraction; or x ≠ 0',
  source: 'Keras 3 ops.cast',
};

export const examples: KindExample[] = [
  {
    title: 'Classes as numbers',
    inputs: { x: [{ shape: ['batch', 2], dtype: 'int32', meaning: 'class', classes: 4 }] },
  },
  {
    title: 'Numbers cut off',
    params: { to: 'int32' },
    inputs: { x: [{ shape: ['batch', 5], dtype: 'float32', meaning: 'features', range: [-3.5, 3.5] }] },
  },
  {
    title: 'Where something is',
    params: { to: 'bool' },
    inputs: { x: [{ shape: ['batch', 4], dtype: 'int32', meaning: 'tokens', classes: 3 }] },
  },
];

function castSpec(x: Spec, to: string): Omit<Spec, 'shape'> {
  if (to === 'bool') return { dtype: 'float32', meaning: 'mask', range: [0, 1] };
  const whole = x.range?.map(Math.trunc) as [number, number] | undefined;
  if (to === 'int32')
    return x.dtype === 'int32' ? x : { dtype: 'int32', meaning: 'any', ...(whole && { range: whole }) };
  if (x.dtype === 'float32') return x;
  return { dtype: 'float32', meaning: 'features', ...(x.range && { range: x.range }) };
}

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const to = textOf(params, 'to');
    if (to === 'int32') return { outputs: { y: tf.clone(tf.cast(tensorOn(inputs, 'x'), 'int32')) } };
    const x = floatOn(tf, inputs, 'x');
    return { outputs: { y: to === 'bool' ? tf.cast(tf.notEqual(x, 0), 'float32') : tf.clone(x) } };
  },
};

export const emit: Emit = {
  keras({ params }) {
    const to = textOf(params, 'to');
    if (to !== 'bool') return [kerasOperation('core', 'Cast', { dtype: to })];
    const notZero = kerasOperation('numpy', 'NotEqual', {}, { call: { args: ['x'], set: { x2: 0 } } });
    return [notZero, kerasOperation('core', 'Cast', { dtype: 'float32' })];
  },
  torch({ params }) {
    const to = textOf(params, 'to');
    const written = (x: string) =>
      to === 'bool' ? `(${x} != 0).float()` : to === 'int32' ? `${x}.long()` : `${x}.float()`;
    return torchExpression(written, { channels: 'either', takes: 'any' });
  },
  onnx({ params }) {
    const to = textOf(params, 'to');
    const rest = { channels: 'either', takes: 'any' } as const;
    return onnxNodes((x, { node, constant }) => {
      if (to === 'int32') return node('Cast', [x], { to: INT32 });
      const x32 = node('Cast', [x], { to: FLOAT });
      if (to !== 'bool') return x32;
      return node('Cast', [node('Not', [node('Equal', [x32, constant(0)])])], { to: FLOAT });
    }, rest);
  },
};
