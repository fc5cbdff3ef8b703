import { onnxActivation } from '../common/activation-emission';
import { activate, activatedSpec, activationField, activationFlops, withActivation } from '../common/activations';
import {
  flopsPerExample,
  formatCount,
  rankProblem,
  specOn,
  staticProblem,
  textProblem,
  unknownOutput,
} from '../common/inference';
import { initializerField, withInitializer } from '../common/initializer-field';
import { asIs, permuted } from '../common/make-weight';
import { onnxNodes } from '../common/onnx-nodes';
import { biasOf, floatOn, trainable } from '../common/operands';
import { flagOf, numberOf, textOf } from '../common/params';
import {
  kernelOf,
  ofKernel,
  spectralEvaluation,
  spectralFields,
  spectralLayers,
  spectralVariables,
  torchSpectral,
} from '../common/spectral';
import { torchLayer } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Tensor, Tensor2D } from '../kind';

export const face: Face = {
  id: 'dense',
  version: 1,
  title: 'Dense',
  summary: 'Every output is a weighted sum of all inputs.',
  category: 'core',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['fc', 'linear', 'fully connected', 'affine', 'perceptron', 'mlp'],
  icon: 'share',
  fields: {
    units: {
      type: 'number',
      title: 'Units',
      default: 32,
      min: 1,
      max: 1_000_000,
      soft: [1, 512],
      integer: true,
      logarithmic: true,
      essential: true,
      help: 'How many numbers come out. For a classifier, the last layer has one for each class.',
    },
    activation: { ...activationField(), essential: true },
    bias: { type: 'switch', title: 'Bias', default: true, help: 'A number that each output adds, whatever comes in.' },
    kernelInit: initializerField(),
    ...spectralFields(),
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  evaluation: spectralEvaluation,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['dense', 'dropout', 'activation', 'cross-entropy', 'batch-norm'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const units = numberOf(params, 'units');
  const activation = textOf(params, 'activation');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Dense', 'x'));
  if (!x?.shape) return unknownOutput();
  if (x.shape.length < 2) return unknownOutput(rankProblem('Dense', 'x', x, [2]));
  const shape = [...x.shape.slice(0, -1), units];
  const y = activatedSpec({ shape, dtype: 'float32', meaning: 'features' }, activation);
  const size = x.shape.at(-1);
  if (typeof size !== 'number') return { outputs: { y }, problems: [staticProblem('Dense', 'x', x, 'inputs')] };
  const pictures = x.shape.length === 4;
  return {
    outputs: { y },
    variables: [
      trainable('kernel', [size, units], { law: textOf(params, 'kernelInit') }),
      ...biasOf(flagOf(params, 'bias'), units),
      ...spectralVariables(params, units),
    ],
    flops: flopsPerExample(shape, 2 * size + activationFlops(activation)),
    problems: pictures
      ? [
          {
            code: 'shape-mismatch',
            severity: 'warning',
            port: 'x',
            message: `Dense works on the channels of each pixel alone here (${formatCount(size)} inputs). To look at whole pictures, flatten them first.`,
            expected: 'batch × features',
            received: 'batch × height × width × channels',
            remedies: [{ title: 'Insert Flatten', insert: { port: 'x', kind: 'flatten' } }],
          },
        ]
      : [],
  };
}

export const docs: KindDocs = {
  text: 'The basic layer: each output multiplies all inputs by its own weights, adds them up, adds a bias and passes the sum through an activation function. With more axes it works on the last one.',
  formula: 'y = g(x·W + b)',
  source: 'Rosenblatt, The perceptron, 1958; Keras 3 Dense',
};

export const examples: KindExample[] = [
  {
    title: 'Ten class scores',
    params: { units: 10 },
    inputs: { x: [{ shape: ['batch', 128], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'A hidden layer over a sequence',
    params: { units: 5, activation: 'tanh', bias: false, kernelInit: 'he_normal' },
    inputs: { x: [{ shape: ['batch', 7, 3], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'A critic’s score',
    params: { units: 3, spectral: true },
    inputs: { x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const { params, inputs, variables } = context;
    const x = floatOn(tf, inputs, 'x');
    const units = numberOf(params, 'units');
    const rows = x.rank === 2 ? x : tf.reshape(x, [-1, x.shape.at(-1) ?? 1]);
    const { kernel, ...written } = kernelOf(tf, context);
    let y: Tensor = tf.matMul(rows as Tensor2D, kernel as Tensor2D);
    if (variables.bias) y = tf.add(y, variables.bias);
    if (x.rank !== 2) y = tf.reshape(y, [...x.shape.slice(0, -1), units]);
    return { outputs: { y: activate(tf, y, textOf(params, 'activation')) }, ...written };
  },
};

export const emit: Emit = {
  keras({ params }) {
    const bias = flagOf(params, 'bias');
    const layer = {
      className: 'Dense',
      config: { units: numberOf(params, 'units'), use_bias: bias },
      weights: bias ? ['kernel', 'bias'] : ['kernel'],
    };
    const whole = withInitializer(layer, 'kernel_initializer', textOf(params, 'kernelInit'));
    return spectralLayers(params, withActivation(whole, textOf(params, 'activation')));
  },
  torch({ params, inputs }) {
    const bias = flagOf(params, 'bias');
    const sizes = `${inputs.x?.[0]?.shape?.at(-1)}, ${numberOf(params, 'units')}`;
    const layer = torchLayer(`nn.Linear(${sizes}${bias ? '' : ', bias=False'})`, {
      weights: { weight: permuted('kernel', [1, 0]), ...(bias && { bias: asIs('bias') }) },
      variables: { kernel: (self) => `${self}.weight.T`, bias: (self) => `${self}.bias` },
      activation: textOf(params, 'activation'),
    });
    return torchSpectral(params, layer);
  },
  onnx: ({ params }) =>
    onnxNodes(
      (x, place) => {
        const product = place.node('MatMul', [x, place.weight('kernel', ofKernel(params, asIs('kernel')))]);
        const y = flagOf(params, 'bias') ? place.node('Add', [product, place.weight('bias', asIs('bias'))]) : product;
        return onnxActivation(place, textOf(params, 'activation'), y);
      },
      { channels: 'last' },
    ),
};
