import { activate, activatedSpec, activationField, activationFlops } from '../common/activations';
import { convWindow, dilationField, filtersField, paddingField, windowFields } from '../common/conv-layer';
import { convolve, convolveDepthwise } from '../common/convolve';
import {
  asParam,
  type GridRank,
  type GridWindow,
  gridOn,
  placesOf,
  seenWindow,
  slideOver,
  strideOrGaps,
} from '../common/grid';
import { specOn, staticProblem, unknownOutput } from '../common/inference';
import { initializerField } from '../common/initializer-field';
import { biasOf, floatOn, trainable, variableOf } from '../common/operands';
import { flagOf, numberOf, textOf } from '../common/params';
import type { Field } from '../field';
import type { InferContext, Inference, OpRun, Problem, Tensor } from '../kind';

/** Depthwise and separable convolutions over sequences and pictures. */

const multiplierField = (help: string): Field => ({
  type: 'number',
  title: 'Multiplier',
  default: 1,
  min: 1,
  max: 1024,
  integer: true,
  help,
});

export const depthwiseFields = (rank: GridRank): Record<string, Field> => ({
  ...windowFields(rank, 3, 1),
  padding: paddingField('same', rank, false),
  dilation: dilationField(rank),
  multiplier: multiplierField('How many filters each channel gets.'),
  activation: activationField(),
  bias: { type: 'switch', title: 'Bias', default: true },
  kernelInit: initializerField(),
});

export const separableFields = (rank: GridRank): Record<string, Field> => ({
  filters: filtersField('How many channels come out.'),
  ...windowFields(rank, 3, 1),
  padding: paddingField('same', rank, rank === 1),
  dilation: dilationField(rank),
  multiplier: multiplierField('How many filters each channel gets before they are mixed.'),
  activation: activationField(),
  bias: { type: 'switch', title: 'Bias', default: true },
});

/** Depthwise kernels exist only for equal strides along all axes. */
const evenStride = ({ stride }: GridWindow): Problem[] => {
  const [first = 1] = stride;
  if (stride.every((step) => step === first)) return [];
  return [
    {
      code: 'param-range',
      severity: 'error',
      param: 'stride',
      message: `A depthwise convolution moves equally far down and to the right, not ${stride.join(' and ')}.`,
      remedies: [
        {
          title: `Set stride to ${stride.map(() => first).join(' × ')}`,
          set: { stride: asParam(stride.map(() => first)) },
        },
      ],
    },
  ];
};

/** `filters`: of a separable convolution; a depthwise one has channels · multiplier. */
function inferDepthwise(
  title: string,
  rank: GridRank,
  { params, inputs }: InferContext,
  filters: number | null,
): Inference {
  const x = specOn(inputs, 'x');
  const grid = gridOn(title, 'x', x, rank);
  if (grid === null || x === undefined) return unknownOutput();
  if ('problems' in grid) return unknownOutput(...grid.problems);
  const { batch, channels } = grid;
  const window = convWindow(params);
  const { inner, problems } = slideOver(title, 'x', x, grid.inner, window);
  problems.push(...strideOrGaps(window), ...evenStride(window));
  const activation = textOf(params, 'activation');
  const multiplier = numberOf(params, 'multiplier');
  const between = typeof channels === 'number' ? channels * multiplier : null;
  const y = activatedSpec(
    { shape: [batch, ...inner, filters ?? between], dtype: 'float32', meaning: 'features' },
    activation,
  );
  if (typeof channels !== 'number' || between === null) {
    return { outputs: { y }, problems: [staticProblem(title, 'x', x, 'channels'), ...problems] };
  }
  const ones = window.kernel.map(() => 1);
  const size = window.kernel.reduce((product, length) => product * length, 1);
  const law = 'kernelInit' in params ? textOf(params, 'kernelInit') : 'glorot_uniform';
  const kernels =
    filters === null
      ? [trainable('kernel', [...window.kernel, channels, multiplier], { law })]
      : [
          trainable('depthwise_kernel', [...window.kernel, channels, multiplier], { law }),
          trainable('pointwise_kernel', [...ones, between, filters], { law }),
        ];
  const mixing = filters === null ? 0 : 2 * between * filters;
  return {
    outputs: { y },
    variables: [...kernels, ...biasOf(flagOf(params, 'bias'), filters ?? between)],
    flops: placesOf(inner) * (2 * size * between + mixing + (filters ?? between) * activationFlops(activation)),
    window: seenWindow(window),
    problems,
  };
}

export const inferDepthwiseConv = (title: string, rank: GridRank, context: InferContext): Inference =>
  inferDepthwise(title, rank, context, null);

export const inferSeparableConv = (title: string, rank: GridRank, context: InferContext): Inference =>
  inferDepthwise(title, rank, context, numberOf(context.params, 'filters'));

export const runDepthwiseConv: OpRun = (tf, { params, inputs, variables }) => {
  const filtered = convolveDepthwise(tf, floatOn(tf, inputs, 'x'), variableOf(variables, 'kernel'), convWindow(params));
  const y = variables.bias ? tf.add(filtered, variables.bias) : filtered;
  return { outputs: { y: activate(tf, y, textOf(params, 'activation')) } };
};

export const runSeparableConv: OpRun = (tf, { params, inputs, variables }) => {
  const window = convWindow(params);
  const x = floatOn(tf, inputs, 'x');
  const filtered = convolveDepthwise(tf, x, variableOf(variables, 'depthwise_kernel'), window);
  const ones = window.kernel.map(() => 1);
  const mixing: GridWindow = { kernel: ones, stride: ones, dilation: ones, padding: 'valid' };
  let y: Tensor = convolve(tf, filtered, variableOf(variables, 'pointwise_kernel'), mixing);
  if (variables.bias) y = tf.add(y, variables.bias);
  return { outputs: { y: activate(tf, y, textOf(params, 'activation')) } };
};
