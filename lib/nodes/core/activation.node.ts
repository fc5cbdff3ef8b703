import { onnxActivation, torchActivation, torchActivationHelpers } from '../common/activation-emission';
import {
  type ActivationConstants,
  activatedSpec,
  activationFlops,
  activationLayer,
  activationOf,
  activations,
  allActivationChoices,
} from '../common/activations';
import { flopsPerExample, specOn, textProblem, unknownOutput } from '../common/inference';
import { liveNumber } from '../common/live';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { numberOf, textOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

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
    'celu',
    'hard swish',
    'hard sigmoid',
    'shrink',
    'squareplus',
    'sparsemax',
    'threshold',
    'nonlinearity',
  ],
  icon: 'wave-saw-tool',
  fields: {
    function: {
      type: 'choice',
      title: 'Function',
      default: 'relu',
      essential: true,
      choices: allActivationChoices(),
    },
    slope: {
      type: 'number',
      title: 'Slope below zero',
      default: 0.3,
      min: 0,
      max: 1,
      step: 0.01,
      live: true,
      when: { field: 'function', is: takers('slope') },
    },
    alpha: {
      type: 'number',
      title: 'α',
      default: 1,
      min: 0.001,
      soft: [0.1, 3],
      step: 0.05,
      live: true,
      help: 'How far down it bends: it nears −α.',
      when: { field: 'function', is: takers('alpha') },
    },
    threshold: {
      type: 'number',
      title: 'Threshold',
      default: 0.5,
      min: 0,
      soft: [0, 2],
      step: 0.05,
      live: true,
      when: { field: 'function', is: takers('threshold') },
    },
    value: {
      type: 'number',
      title: 'Value below it',
      default: 0,
      live: true,
      when: { field: 'function', is: takers('value') },
    },
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  body: { draw: 'curve', fn: 'relu', field: 'function' },
  oftenNext: ['dense', 'conv-2d', 'max-pool-2d', 'batch-norm', 'dropout'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const fn = textOf(params, 'function');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Activation', 'x'));
  if (!x?.shape) return unknownOutput();
  return {
    outputs: { y: activatedSpec({ ...x, dtype: 'float32' }, fn) },
    flops: flopsPerExample(x.shape, activationFlops(fn)),
  };
}

export const docs: KindDocs = {
  text: 'A network without activation functions is one big linear formula, however deep. These functions bend it, so that it can follow curves.',
  formula: 'y = g(x), for each number',
  source:
    'Keras 3 activations; He et al. 2015 (leaky), Clevert et al. 2016 (ELU), Klambauer et al. 2017 (SELU), Hendrycks and Gimpel 2016 (GELU), Martins and Astudillo 2016 (sparsemax)',
};

export const examples: KindExample[] = [
  ...['relu', 'softmax', 'sparsemax'].map((id) => ({
    title: activationOf(id).title,
    params: { function: id },
    inputs: { x: [{ shape: ['batch' as const, 6], dtype: 'float32' as const, meaning: 'features' as const }] },
  })),
  ...['elu', 'celu', 'soft-shrink', 'hard-shrink', 'threshold'].map((id) => ({
    title: `${activationOf(id).title} of another shape`,
    params: { function: id, alpha: 1.7, threshold: 0.3, value: -0.4 },
    inputs: { x: [{ shape: ['batch' as const, 6], dtype: 'float32' as const, meaning: 'features' as const }] },
  })),
  {
    title: 'Leaky, on pictures',
    params: { function: 'leaky-relu', slope: 0.1 },
    inputs: { x: [{ shape: ['batch', 3, 3, 2], dtype: 'float32', meaning: 'features' }] },
  },
];

/** Functions that depend on this constant. */
function takers(constant: keyof ActivationConstants): string[] {
  return Object.keys(activations).filter((id) => activationOf(id).constants?.includes(constant));
}

function constantsOf<T>(read: (key: keyof ActivationConstants) => T): ActivationConstants<T> {
  return { slope: read('slope'), alpha: read('alpha'), threshold: read('threshold'), value: read('value') };
}

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const x = floatOn(tf, context.inputs, 'x');
    const constants = constantsOf((key) => liveNumber(context, key));
    const y = activationOf(textOf(context.params, 'function')).apply(tf, x, constants);
    return { outputs: { y: y === x ? tf.clone(x) : y } };
  },
};

export const emit: Emit = {
  keras: ({ params }) =>
    activationLayer(
      textOf(params, 'function'),
      constantsOf((key) => numberOf(params, key)),
    ),
  torch({ params }) {
    const [id, constants] = [textOf(params, 'function'), constantsOf((key) => numberOf(params, key))];
    return torchExpression((x, { axis }) => torchActivation(id, x, axis(-1), constants), {
      channels: 'either',
      ...torchActivationHelpers(id),
    });
  },
  onnx({ params }) {
    const [id, constants] = [textOf(params, 'function'), constantsOf((key) => numberOf(params, key))];
    return onnxNodes((x, place) => onnxActivation(place, id, x, constants));
  },
};
