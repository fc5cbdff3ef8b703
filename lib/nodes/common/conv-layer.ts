import type { Padding } from '@/lib/tensor/conv-arithmetic';
import type { Field } from '../field';
import type {
  Emit,
  EmitContext,
  InferContext,
  Inference,
  KerasEmission,
  OpRun,
  PlainParams,
  Problem,
  Tensor,
} from '../kind';
import { activate, activatedSpec, activationField, activationFlops, withActivation } from './activations';
import { type ConvEmission, convKernel, innerAxes, onnxConv, torchConv } from './conv-emission';
import { convolve } from './convolve';
import {
  GRID,
  type GridRank,
  type GridWindow,
  gridOn,
  placesOf,
  seenWindow,
  sizeField,
  sizesOf,
  slideOver,
  strideOrGaps,
} from './grid';
import { specOn, staticProblem, unknownOutput } from './inference';
import { initializerField, withInitializer } from './initializer-field';
import { biasOf, floatOn, trainable } from './operands';
import { flagOf, numberOf, textOf } from './params';
import { kernelOf, ofKernel, spectralFields, spectralLayers, spectralVariables, torchSpectral } from './spectral';

/** Convolutions over sequences, pictures and volumes differ only in how many axes they slide along. */

export const filtersField = (help: string): Field => ({
  type: 'number',
  title: 'Filters',
  default: 32,
  min: 1,
  max: 65_536,
  soft: [1, 256],
  integer: true,
  logarithmic: true,
  essential: true,
  help,
});

export const windowFields = (rank: GridRank, kernel: number, stride: number): Record<string, Field> => ({
  kernel: sizeField(rank, {
    title: 'Kernel',
    default: kernel,
    essential: true,
    help: rank === 1 ? 'How many steps a filter looks at.' : `${capital(GRID[rank].axes)} of the window.`,
  }),
  stride: sizeField(rank, {
    title: 'Stride',
    default: stride,
    essential: true,
    help: `By how many ${GRID[rank].places} the window moves on.`,
  }),
});

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const paddingField = (padding: Padding, rank: GridRank, causal = false): Field => ({
  type: 'choice',
  title: 'Padding',
  default: padding,
  help: `Same pads the border with zeros, so that only the stride makes the ${GRID[rank].one} smaller. Valid stays inside.`,
  choices: [
    { value: 'same', title: 'Same' },
    { value: 'valid', title: 'Valid' },
    ...(causal
      ? [{ value: 'causal', title: 'Causal', help: 'Zeros at the start only: no step sees a later one.' }]
      : []),
  ],
});

export const dilationField = (rank: GridRank): Field =>
  sizeField(rank, {
    title: 'Dilation',
    default: 1,
    help: `Gaps between the ${GRID[rank].places} that a filter looks at: a wider view for the same number of weights.`,
  });

export const groupsField: Field = {
  type: 'number',
  title: 'Groups',
  default: 1,
  min: 1,
  max: 65_536,
  integer: true,
  help: 'Into how many parts the channels are divided. Each part has filters of its own and is seen by no others.',
};

export const convFields = (rank: GridRank): Record<string, Field> => ({
  filters: filtersField('How many patterns are looked for; each gives one channel.'),
  ...windowFields(rank, 3, 1),
  padding: paddingField('same', rank, rank === 1),
  dilation: dilationField(rank),
  groups: groupsField,
  activation: activationField(),
  bias: { type: 'switch', title: 'Bias', default: true, help: 'A number that each filter adds everywhere.' },
  kernelInit: initializerField(),
  ...spectralFields(),
});

export const convWindow = (params: PlainParams): GridWindow => ({
  kernel: sizesOf(params, 'kernel'),
  stride: sizesOf(params, 'stride'),
  dilation: sizesOf(params, 'dilation'),
  padding: textOf(params, 'padding') as GridWindow['padding'],
});

export function inferConv(title: string, rank: GridRank, { params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const grid = gridOn(title, 'x', x, rank);
  if (grid === null || x === undefined) return unknownOutput();
  if ('problems' in grid) return unknownOutput(...grid.problems);
  const { batch, channels } = grid;
  const window = convWindow(params);
  const [filters, groups] = [numberOf(params, 'filters'), numberOf(params, 'groups')];
  const { inner, problems } = slideOver(title, 'x', x, grid.inner, window);
  problems.push(...strideOrGaps(window));
  const activation = textOf(params, 'activation');
  const y = activatedSpec({ shape: [batch, ...inner, filters], dtype: 'float32', meaning: 'features' }, activation);
  if (typeof channels !== 'number') {
    return { outputs: { y }, problems: [staticProblem(title, 'x', x, 'channels'), ...problems] };
  }
  problems.push(...groupProblems(channels, filters, groups));
  const shape = [...window.kernel, Math.max(1, Math.floor(channels / groups)), filters];
  const perOutput = 2 * shape.slice(0, -1).reduce((product, size) => product * size, 1) + activationFlops(activation);
  return {
    outputs: { y },
    variables: [
      trainable('kernel', shape, { law: textOf(params, 'kernelInit') }),
      ...biasOf(flagOf(params, 'bias'), filters),
      ...spectralVariables(params, filters),
    ],
    flops: placesOf(inner) * filters * perOutput,
    window: seenWindow(window),
    problems,
  };
}

function groupProblems(channels: number, filters: number, groups: number): Problem[] {
  if (channels % groups === 0 && filters % groups === 0) return [];
  const [count, what, param] =
    channels % groups === 0 ? [filters, 'filters', 'filters'] : [channels, 'channels', 'groups'];
  let most = Math.min(groups, channels);
  while (channels % most !== 0 || filters % most !== 0) most--;
  return [
    {
      code: 'param-range',
      severity: 'error',
      param,
      message: `${count} ${what} cannot be divided into ${groups} equal groups.`,
      expected: `a multiple of ${groups}`,
      received: String(count),
      remedies: [{ title: most === 1 ? 'Do not divide them' : `Use ${most} groups`, set: { groups: most } }],
    },
  ];
}

export const runConv: OpRun = (tf, context) => {
  const { params, inputs, variables } = context;
  const x = floatOn(tf, inputs, 'x');
  const { kernel, ...written } = kernelOf(tf, context);
  let y: Tensor = convolve(tf, x, kernel, convWindow(params), numberOf(params, 'groups'));
  if (variables.bias) y = tf.add(y, variables.bias);
  return { outputs: { y: activate(tf, y, textOf(params, 'activation')) }, ...written };
};

/** How a convolution along `rank` axes is written. */
export const emitConv = (rank: GridRank): Emit => ({
  keras: ({ params }) => kerasConv(rank, params),
  torch(context) {
    const layer = torchConv(convEmission(context));
    return 'unsupported' in layer ? layer : torchSpectral(context.params, layer);
  },
  onnx: (context) => onnxConv(convEmission(context), ofKernel(context.params, convKernel(rank))),
});

function convEmission({ params, ...context }: EmitContext): ConvEmission {
  const groups = numberOf(params, 'groups');
  return {
    ...convWindow(params),
    ...innerAxes(context),
    filters: numberOf(params, 'filters'),
    ...(groups > 1 && { groups }),
    bias: flagOf(params, 'bias'),
    activation: textOf(params, 'activation'),
  };
}

function kerasConv(rank: GridRank, params: PlainParams): KerasEmission {
  const { kernel, stride, dilation, padding } = convWindow(params);
  const [bias, groups] = [flagOf(params, 'bias'), numberOf(params, 'groups')];
  const layer = {
    className: `Conv${rank}D`,
    config: {
      filters: numberOf(params, 'filters'),
      kernel_size: kernel,
      strides: stride,
      padding,
      data_format: 'channels_last',
      dilation_rate: dilation,
      groups,
      use_bias: bias,
    },
    weights: bias ? ['kernel', 'bias'] : ['kernel'],
  };
  const unsupported =
    groups > 1
      ? 'TensorFlow.js has no grouped convolutions'
      : padding === 'causal'
        ? 'TensorFlow.js has no causal padding'
        : undefined;
  const whole = withInitializer(
    unsupported === undefined ? layer : { ...layer, tfjs: { unsupported } },
    'kernel_initializer',
    textOf(params, 'kernelInit'),
  );
  return spectralLayers(params, withActivation(whole, textOf(params, 'activation')));
}
