import type { Padding } from '@/lib/tensor/conv-arithmetic';
import { activate, activatedSpec, activationField, activationFlops, withActivation } from '../activations';
import { type ConvEmission, depthwiseKernel, innerAxes, onnxConv, torchConv } from '../conv-emission';
import { specOn, staticProblem, unknownOutput } from '../inference';
import { initializerField, withInitializer } from '../initializer-field';
import type { Emit, EmitContext, Face, KindRun, PlainParams, Tensor, Tensor4D } from '../kind';
import { biasOf, floatOn, trainable, variableOf } from '../operands';
import { flagOf, numberOf, pairOf, textOf } from '../params';
import {
  evenStride,
  kernelField,
  paddingField,
  pictureOn,
  receptiveWindow,
  slide,
  strideField,
  type Window,
} from '../windows';

const windowOf = (params: PlainParams): Window => ({
  kernel: pairOf(params, 'kernel'),
  stride: pairOf(params, 'stride'),
  padding: textOf(params, 'padding') as Padding,
});

export const face: Face = {
  id: 'depthwise-conv-2d',
  version: 1,
  title: 'Depthwise conv 2D',
  summary: 'Filters each channel on its own.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['depthwise convolution', 'mobilenet', 'grouped convolution', 'depthwise'],
  icon: 'grid-dots',
  fields: {
    kernel: kernelField('Kernel', 3),
    stride: strideField(1),
    padding: paddingField('same'),
    multiplier: {
      type: 'number',
      title: 'Multiplier',
      default: 1,
      min: 1,
      max: 1024,
      integer: true,
      help: 'How many filters each channel gets.',
    },
    activation: activationField(),
    bias: { type: 'switch', title: 'Bias', default: true },
    kernelInit: initializerField(),
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  infer({ params, inputs }) {
    const x = specOn(inputs, 'x');
    const picture = pictureOn('Depthwise conv 2D', 'x', x);
    if (picture === null || x === undefined) return unknownOutput();
    if ('problems' in picture) return unknownOutput(...picture.problems);
    const window = windowOf(params);
    const { height, width, problems } = slide('Depthwise conv 2D', 'x', x, picture, window);
    problems.push(...evenStride(window.stride));
    const { channels } = picture;
    const activation = textOf(params, 'activation');
    const multiplier = numberOf(params, 'multiplier');
    const filters = typeof channels === 'number' ? channels * multiplier : null;
    const y = activatedSpec(
      { shape: [picture.batch, height, width, filters], dtype: 'float32', meaning: 'features' },
      activation,
    );
    if (typeof channels !== 'number' || filters === null) {
      return { outputs: { y }, problems: [staticProblem('Depthwise conv 2D', 'x', x, 'channels'), ...problems] };
    }
    const each = 2 * window.kernel[0] * window.kernel[1] + activationFlops(activation);
    return {
      outputs: { y },
      variables: [
        trainable('kernel', [...window.kernel, channels, multiplier], { law: textOf(params, 'kernelInit') }),
        ...biasOf(flagOf(params, 'bias'), filters),
      ],
      flops: typeof height === 'number' && typeof width === 'number' ? height * width * filters * each : 0,
      window: receptiveWindow(window),
      problems,
    };
  },
  body: { draw: 'kernel' },
  docs: {
    text: 'A convolution that does not mix channels: each one has filters of its own. Followed by a 1×1 convolution, which mixes them, it needs far fewer weights than a full one.',
    formula: 'y[i, j, c] = g(Σ x[s·i + u, s·j + v, c] · W[u, v, c] + b[c])',
    source: 'Howard et al., MobileNets, 2017; Keras 3 DepthwiseConv2D',
  },
  examples: [
    { title: 'One filter each', inputs: { x: [{ shape: ['batch', 5, 4, 3], dtype: 'float32', meaning: 'features' }] } },
    {
      title: 'Two each, halving',
      params: { kernel: [3, 3], stride: [2, 2], padding: 'valid', multiplier: 2, activation: 'relu', bias: false },
      inputs: { x: [{ shape: ['batch', 7, 7, 2], dtype: 'float32', meaning: 'features' }] },
    },
  ],
  oftenNext: ['conv-2d', 'batch-norm', 'activation'],
};

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs, variables }) {
    const { stride, padding } = windowOf(params);
    const kernel = variableOf(variables, 'kernel') as Tensor4D;
    let y: Tensor = tf.depthwiseConv2d(floatOn(tf, inputs, 'x') as Tensor4D, kernel, stride, padding);
    if (variables.bias) y = tf.add(y, variables.bias);
    return { outputs: { y: activate(tf, y, textOf(params, 'activation')) } };
  },
};

function convOf({ params, ...context }: EmitContext): ConvEmission {
  const { dims, channels } = innerAxes(context);
  return {
    ...windowOf(params),
    dims,
    channels,
    filters: channels * numberOf(params, 'multiplier'),
    groups: channels,
    bias: flagOf(params, 'bias'),
    activation: textOf(params, 'activation'),
  };
}

export const emit: Emit = {
  keras({ params }) {
    const { kernel, stride, padding } = windowOf(params);
    const bias = flagOf(params, 'bias');
    const layer = {
      className: 'DepthwiseConv2D',
      config: {
        kernel_size: kernel,
        strides: stride,
        padding,
        depth_multiplier: numberOf(params, 'multiplier'),
        data_format: 'channels_last',
        use_bias: bias,
      },
      weights: bias ? ['kernel', 'bias'] : ['kernel'],
    };
    return withActivation(
      withInitializer(layer, 'depthwise_initializer', textOf(params, 'kernelInit')),
      textOf(params, 'activation'),
    );
  },
  torch: (context) => torchConv(convOf(context), depthwiseKernel(2)),
  onnx: (context) => onnxConv(convOf(context), depthwiseKernel(2)),
};
