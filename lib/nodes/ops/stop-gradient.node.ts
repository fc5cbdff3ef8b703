import { specOn, unknownOutput } from '../common/inference';
import { Y_OUTPUT } from '../common/merge';
import { onnxPass } from '../common/onnx-nodes';
import { tensorOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import { X_INPUT } from '../common/unary';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'stop-gradient',
  version: 1,
  title: 'Stop gradient',
  summary: 'Lets numbers through, but no learning back.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['detach', 'no grad', 'freeze', 'constant'],
  icon: 'hand-stop',
  fields: {},
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  grad: [],
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['mse', 'subtract'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  return x?.shape ? { outputs: { y: x } } : unknownOutput();
}

export const docs: KindDocs = {
  text: 'What comes in goes out unchanged. Only the gradient ends here: what lies before does not learn from what lies behind.',
  formula: 'y = x, ∂y/∂x = 0',
};

export const examples: KindExample[] = [
  { title: 'A row', inputs: { x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { inputs }) => ({ outputs: { y: tf.clone(tensorOn(inputs, 'x')) } }),
};

export const emit: Emit = {
  keras: () => [{ className: 'Activation', config: { activation: 'linear' }, weights: [] }],
  torch: () => torchExpression((x) => `${x}.detach()`, { channels: 'either', takes: 'any' }),
  onnx: () => ({ ...onnxPass(), takes: 'any' }),
};
