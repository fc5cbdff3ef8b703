import { flopsPerExample, specOn, textProblem, unknownOutput } from '../common/inference';
import { liveNumber } from '../common/live';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { numberOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'rescaling',
  version: 1,
  title: 'Rescaling',
  summary: 'Multiplies by a number and adds another.',
  category: 'core',
  makes: 'op',
  role: 'op',
  aliases: ['scale', 'normalise', 'shift', 'affine', 'divide by 255', 'offset'],
  icon: 'ruler',
  fields: {
    scale: { type: 'number', title: 'Scale', default: 1, live: true, essential: true },
    offset: { type: 'number', title: 'Offset', default: 0, live: true, essential: true },
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-2d', 'dense', 'flatten'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Rescaling', 'x'));
  if (!x?.shape) return unknownOutput();
  const { range, classes: _, ...rest } = x;
  const meaning = x.meaning === 'image' ? 'image' : 'features';
  const [scale, offset] = [params.scale, params.offset];
  // A scale that a schedule drives has no fixed range.
  const known = range && typeof scale === 'number' && typeof offset === 'number';
  const ends = known ? range.map((end) => end * scale + offset) : [];
  return {
    outputs: {
      y: { ...rest, dtype: 'float32', meaning, ...(known && { range: [Math.min(...ends), Math.max(...ends)] }) },
    },
    flops: flopsPerExample(x.shape, 2),
  };
}

export const docs: KindDocs = {
  text: 'Moves numbers to another range: pictures from 0 … 1 to −1 … 1 with scale 2 and offset −1.',
  formula: 'y = scale · x + offset',
  source: 'Keras 3 Rescaling',
};

export const examples: KindExample[] = [
  {
    title: 'To −1 … 1',
    params: { scale: 2, offset: -1 },
    inputs: { x: [{ shape: ['batch', 3, 3, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const x = floatOn(tf, context.inputs, 'x');
    return { outputs: { y: tf.add(tf.mul(x, liveNumber(context, 'scale')), liveNumber(context, 'offset')) } };
  },
};

export const emit: Emit = {
  keras: ({ params }) => [
    {
      className: 'Rescaling',
      config: { scale: numberOf(params, 'scale'), offset: numberOf(params, 'offset') },
      weights: [],
    },
  ],
  torch: ({ params }) => torchExpression((x) => `${x} * ${numberOf(params, 'scale')} + ${numberOf(params, 'offset')}`),
  onnx: ({ params }) =>
    onnxNodes((x, { node, constant }) =>
      node('Add', [node('Mul', [x, constant(numberOf(params, 'scale'))]), constant(numberOf(params, 'offset'))]),
    ),
};
