import { onnxActivation, torchActivation } from '../activation-emission';
import { activatedSpec, activationChoices, activationFlops, activationLayer, activationOf } from '../activations';
import { flopsPerExample, specOn, textProblem, unknownOutput } from '../inference';
import type { Emit, Face, KindRun } from '../kind';
import { liveNumber } from '../live';
import { onnxNodes } from '../onnx-nodes';
import { floatOn } from '../operands';
import { numberOf, textOf } from '../params';
import { torchExpression } from '../torch-layer';

export const face: Face = {
  id: 'activation',
  version: 1,
  title: 'Activation',
  summary: 'Bends every number by the same function.',
  category: 'core',
  makes: 'op',
  role: 'op',
  aliases: [
    'relu',
    'leaky relu',
    'elu',
    'selu',
    'gelu',
    'swish',
    'silu',
    'mish',
    'tanh',
    'sigmoid',
    'softplus',
    'nonlinearity',
  ],
  icon: 'wave-saw-tool',
  fields: {
    function: {
      type: 'choice',
      title: 'Function',
      default: 'relu',
      essential: true,
      choices: activationChoices(),
    },
    slope: {
      type: 'number',
      title: 'Slope below zero',
      default: 0.3,
      min: 0,
      max: 1,
      step: 0.01,
      live: true,
      when: { field: 'function', is: ['leaky-relu'] },
    },
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  infer({ params, inputs }) {
    const x = specOn(inputs, 'x');
    const fn = textOf(params, 'function');
    if (x?.dtype === 'string') return unknownOutput(textProblem('Activation', 'x'));
    if (!x?.shape) return unknownOutput();
    return {
      outputs: { y: activatedSpec({ ...x, dtype: 'float32' }, fn) },
      flops: flopsPerExample(x.shape, activationFlops(fn)),
    };
  },
  body: { draw: 'curve', fn: 'relu', field: 'function' },
  docs: {
    text: 'A network without activation functions is one big linear formula, however deep. These functions bend it, so that it can follow curves.',
    formula: 'y = g(x), for each number',
    source:
      'Keras 3 activations; He et al. 2015 (leaky), Clevert et al. 2016 (ELU), Klambauer et al. 2017 (SELU), Hendrycks and Gimpel 2016 (GELU)',
  },
  examples: [
    ...[
      'relu',
      'relu6',
      'elu',
      'selu',
      'gelu',
      'swish',
      'mish',
      'tanh',
      'sigmoid',
      'softplus',
      'softsign',
      'softmax',
      'linear',
    ].map((fn) => ({
      title: activationOf(fn).title,
      params: { function: fn },
      inputs: { x: [{ shape: ['batch' as const, 6], dtype: 'float32' as const, meaning: 'features' as const }] },
    })),
    {
      title: 'Leaky, on pictures',
      params: { function: 'leaky-relu', slope: 0.1 },
      inputs: { x: [{ shape: ['batch', 3, 3, 2], dtype: 'float32', meaning: 'features' }] },
    },
  ],
  oftenNext: ['dense', 'conv-2d', 'max-pool-2d', 'batch-norm', 'dropout'],
};

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const x = floatOn(tf, context.inputs, 'x');
    const y = activationOf(textOf(context.params, 'function')).apply(tf, x, liveNumber(context, 'slope'));
    return { outputs: { y: y === x ? tf.clone(x) : y } };
  },
};

export const emit: Emit = {
  keras: ({ params }) => [activationLayer(textOf(params, 'function'), numberOf(params, 'slope'))],
  torch: ({ params }) =>
    torchExpression((x, { axis }) =>
      torchActivation(textOf(params, 'function'), x, axis(-1), numberOf(params, 'slope')),
    ),
  onnx: ({ params }) =>
    onnxNodes((x, place) => onnxActivation(place, textOf(params, 'function'), x, numberOf(params, 'slope'))),
};
