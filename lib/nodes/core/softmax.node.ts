import { activatedSpec } from '../common/activations';
import { flopsPerExample, rankProblem, specOn, textProblem, unknownOutput } from '../common/inference';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'softmax',
  version: 1,
  title: 'Softmax',
  summary: 'Turns scores into probabilities that add up to one.',
  category: 'core',
  makes: 'op',
  role: 'op',
  aliases: ['probabilities', 'normalise', 'classifier output'],
  icon: 'percentage',
  fields: {},
  inputs: [{ id: 'x', title: 'Scores', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Probabilities', type: 'tensor' }],
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  body: { draw: 'bars' },
  oftenNext: ['output'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Softmax', 'x'));
  if (!x?.shape) return unknownOutput();
  if (x.shape.length === 0) return unknownOutput(rankProblem('Softmax', 'x', x, [2]));
  return { outputs: { y: activatedSpec(x, 'softmax') }, flops: flopsPerExample(x.shape, 4) };
}

export const docs: KindDocs = {
  text: 'Each score is raised to the exponential and divided by the sum, along the last axis: the largest gets the largest share. For training, give the scores themselves to the cross-entropy instead.',
  formula: 'yᵢ = exp(xᵢ) / Σⱼ exp(xⱼ)',
  source: 'Keras 3 Softmax',
};

export const examples: KindExample[] = [
  { title: 'Ten classes', inputs: { x: [{ shape: ['batch', 10], dtype: 'float32', meaning: 'logits' }] } },
  { title: 'Every step', inputs: { x: [{ shape: ['batch', 4, 3], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { inputs }) => ({ outputs: { y: tf.softmax(floatOn(tf, inputs, 'x'), -1) } }),
};

export const emit: Emit = {
  keras: () => [{ className: 'Softmax', config: { axis: -1 }, weights: [] }],
  torch: () => torchExpression((x, { axis }) => `F.softmax(${x}, dim=${axis(-1)})`),
  onnx: () => onnxNodes((x, { node, axis }) => node('Softmax', [x], { axis: axis(-1) })),
};
