import { kernelExtent, type Padding, transposedDim } from '@/lib/tensor/conv-arithmetic';
import { activate, activatedSpec, activationField, activationFlops, withActivation } from '../common/activations';
import { convKernel, innerAxes } from '../common/conv-emission';
import { convWindow, dilationField, filtersField, paddingField, windowFields } from '../common/conv-layer';
import { type GridRank, gridOn, placesOf, strideOrGaps } from '../common/grid';
import { specOn, staticProblem, unknownOutput } from '../common/inference';
import { initializerField, withInitializer } from '../common/initializer-field';
import { biasOf, floatOn, trainable } from '../common/operands';
import { flagOf, numberOf, textOf } from '../common/params';
import {
  kernelOf,
  ofKernel,
  spectralFields,
  spectralLayers,
  spectralVariables,
  torchSpectral,
} from '../common/spectral';
import type { Field } from '../field';
import type { Emit, EmitContext, InferContext, Inference, KerasEmission, OpRun, PlainParams, Tensor } from '../kind';
import { convolveTransposed } from './convolve-transposed';
import { onnxTransposedConv, type TransposedConv, torchTransposedConv } from './transposed-emission';

/** Transposed convolutions over sequences, pictures and volumes. */

export const transposedFields = (rank: GridRank): Record<string, Field> => ({
  filters: filtersField('How many channels come out.'),
  ...windowFields(rank, 4, 2),
  padding: paddingField('same', rank),
  dilation: dilationField(rank),
  activation: activationField(),
  bias: { type: 'switch', title: 'Bias', default: true },
  kernelInit: initializerField(),
  ...spectralFields(),
});

export function inferTransposed(title: string, rank: GridRank, { params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const grid = gridOn(title, 'x', x, rank);
  if (grid === null || x === undefined) return unknownOutput();
  if ('problems' in grid) return unknownOutput(...grid.problems);
  const { batch, channels } = grid;
  const [filters, activation] = [numberOf(params, 'filters'), textOf(params, 'activation')];
  const window = convWindow(params);
  const { kernel, stride, dilation } = window;
  const inner = grid.inner.map((dim, axis) => {
    const extent = kernelExtent(kernel[axis] ?? 1, dilation[axis]);
    return transposedDim(dim, extent, stride[axis] ?? 1, window.padding as Padding);
  });
  const y = activatedSpec({ shape: [batch, ...inner, filters], dtype: 'float32', meaning: 'features' }, activation);
  const problems = strideOrGaps(window);
  if (typeof channels !== 'number') {
    return { outputs: { y }, problems: [staticProblem(title, 'x', x, 'channels'), ...problems] };
  }
  const weights = kernel.reduce((product, size) => product * size, filters * channels);
  return {
    outputs: { y },
    variables: [
      trainable('kernel', [...kernel, filters, channels], { law: textOf(params, 'kernelInit') }),
      ...biasOf(flagOf(params, 'bias'), filters),
      ...spectralVariables(params, channels),
    ],
    flops: placesOf(grid.inner) * 2 * weights + placesOf(inner) * filters * activationFlops(activation),
    problems,
  };
}

export const runTransposed: OpRun = (tf, context) => {
  const { params, inputs, variables } = context;
  const x = floatOn(tf, inputs, 'x');
  const { kernel, ...written } = kernelOf(tf, context);
  let y: Tensor = convolveTransposed(tf, x, kernel, convWindow(params));
  if (variables.bias) y = tf.add(y, variables.bias);
  return { outputs: { y: activate(tf, y, textOf(params, 'activation')) }, ...written };
};

/** How a transposed convolution along `rank` axes is written. */
export const emitTransposed = (rank: GridRank): Emit => ({
  keras: ({ params }) => kerasTransposed(rank, params),
  torch: (context) => torchSpectral(context.params, torchTransposedConv(transposedEmission(context))),
  onnx: (context) => onnxTransposedConv(transposedEmission(context), ofKernel(context.params, convKernel(rank))),
});

const transposedEmission = ({ params, ...context }: EmitContext): TransposedConv => ({
  ...convWindow(params),
  padding: textOf(params, 'padding') as Padding,
  channels: innerAxes(context).channels,
  filters: numberOf(params, 'filters'),
  bias: flagOf(params, 'bias'),
  activation: textOf(params, 'activation'),
});

function kerasTransposed(rank: GridRank, params: PlainParams): KerasEmission {
  const { kernel, stride, dilation, padding } = convWindow(params);
  const bias = flagOf(params, 'bias');
  const layer = {
    className: `Conv${rank}DTranspose`,
    config: {
      filters: numberOf(params, 'filters'),
      kernel_size: kernel,
      strides: stride,
      padding,
      data_format: 'channels_last',
      dilation_rate: dilation,
      use_bias: bias,
    },
    weights: bias ? ['kernel', 'bias'] : ['kernel'],
    ...(Math.max(...dilation) > 1 && {
      tfjs: { unsupported: 'TensorFlow.js has no gaps in a transposed convolution' },
    }),
  };
  const whole = withInitializer(layer, 'kernel_initializer', textOf(params, 'kernelInit'));
  return spectralLayers(params, withActivation(whole, textOf(params, 'activation')));
}
