import type { Padding } from '@/lib/tensor/conv-arithmetic';
import { onnxActivation } from '../activation-emission';
import { activate, activatedSpec, activationField, activationFlops, withActivation } from '../activations';
import { convKernel, depthwiseKernel, innerAxes, torchConvModule } from '../conv-emission';
import { specOn, staticProblem, unknownOutput } from '../inference';
import type { Emit, Face, KindRun, PlainParams, Tensor, Tensor4D } from '../kind';
import { asIs } from '../make-weight';
import { onnxNodes } from '../onnx-nodes';
import { biasOf, floatOn, trainable, variableOf } from '../operands';
import { flagOf, numberOf, pairOf, textOf } from '../params';
import { onnxSliding, torchSliding } from '../sliding';
import { torchLayer } from '../torch-layer';
import {
  evenStride,
  filtersField,
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
  id: 'separable-conv-2d',
  version: 1,
  title: 'Separable conv 2D',
  summary: 'Filters each channel, then mixes them.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['separable convolution', 'xception', 'depthwise separable', 'mobilenet'],
  icon: 'grid-4x4',
  fields: {
    filters: filtersField('How many channels come out.'),
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
      help: 'How many filters each channel gets before they are mixed.',
    },
    activation: activationField(),
    bias: { type: 'switch', title: 'Bias', default: true },
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  infer({ params, inputs }) {
    const x = specOn(inputs, 'x');
    const picture = pictureOn('Separable conv 2D', 'x', x);
    if (picture === null || x === undefined) return unknownOutput();
    if ('problems' in picture) return unknownOutput(...picture.problems);
    const window = windowOf(params);
    const { height, width, problems } = slide('Separable conv 2D', 'x', x, picture, window);
    problems.push(...evenStride(window.stride));
    const [filters, multiplier] = [numberOf(params, 'filters'), numberOf(params, 'multiplier')];
    const activation = textOf(params, 'activation');
    const y = activatedSpec(
      { shape: [picture.batch, height, width, filters], dtype: 'float32', meaning: 'features' },
      activation,
    );
    const { channels } = picture;
    if (typeof channels !== 'number') {
      return { outputs: { y }, problems: [staticProblem('Separable conv 2D', 'x', x, 'channels'), ...problems] };
    }
    const between = channels * multiplier;
    const perPixel =
      2 * window.kernel[0] * window.kernel[1] * between + filters * (2 * between + activationFlops(activation));
    return {
      outputs: { y },
      variables: [
        trainable('depthwise_kernel', [...window.kernel, channels, multiplier], { law: 'glorot_uniform' }),
        trainable('pointwise_kernel', [1, 1, between, filters], { law: 'glorot_uniform' }),
        ...biasOf(flagOf(params, 'bias'), filters),
      ],
      flops: typeof height === 'number' && typeof width === 'number' ? height * width * perPixel : 0,
      window: receptiveWindow(window),
      problems,
    };
  },
  body: { draw: 'kernel' },
  docs: {
    text: 'A depthwise convolution and a 1×1 convolution in one layer: nearly as good as a full convolution at a fraction of its weights.',
    formula: 'y = g(pointwise(depthwise(x)) + b)',
    source: 'Chollet, Xception, 2017; Keras 3 SeparableConv2D',
  },
  examples: [
    {
      title: 'To four channels',
      params: { filters: 4, activation: 'relu' },
      inputs: { x: [{ shape: ['batch', 5, 4, 3], dtype: 'float32', meaning: 'features' }] },
    },
    {
      title: 'Halving, two filters each',
      params: { filters: 2, stride: [2, 2], padding: 'valid', multiplier: 2, bias: false },
      inputs: { x: [{ shape: ['batch', 5, 7, 2], dtype: 'float32', meaning: 'features' }] },
    },
  ],
  oftenNext: ['batch-norm', 'activation', 'max-pool-2d', 'separable-conv-2d'],
};

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs, variables }) {
    const { stride, padding } = windowOf(params);
    const x = floatOn(tf, inputs, 'x') as Tensor4D;
    const filtered = tf.depthwiseConv2d(x, variableOf(variables, 'depthwise_kernel') as Tensor4D, stride, padding);
    let y: Tensor = tf.conv2d(filtered, variableOf(variables, 'pointwise_kernel') as Tensor4D, 1, 'valid');
    if (variables.bias) y = tf.add(y, variables.bias);
    return { outputs: { y: activate(tf, y, textOf(params, 'activation')) } };
  },
};

export const emit: Emit = {
  keras({ params }) {
    const { kernel, stride, padding } = windowOf(params);
    const bias = flagOf(params, 'bias');
    return withActivation(
      {
        className: 'SeparableConv2D',
        config: {
          filters: numberOf(params, 'filters'),
          kernel_size: kernel,
          strides: stride,
          padding,
          depth_multiplier: numberOf(params, 'multiplier'),
          data_format: 'channels_last',
          use_bias: bias,
        },
        weights: ['depthwise_kernel', 'pointwise_kernel', ...(bias ? ['bias'] : [])],
      },
      textOf(params, 'activation'),
    );
  },
  torch({ params, ...context }) {
    const { dims, channels } = innerAxes(context);
    const window = { ...windowOf(params), dims };
    const sliding = torchSliding(window);
    if ('unsupported' in sliding) return sliding;
    const bias = flagOf(params, 'bias');
    const [between, filters] = [channels * numberOf(params, 'multiplier'), numberOf(params, 'filters')];
    const depthwise = { kernel: window.kernel, channels, filters: between, groups: channels, bias: false };
    const modules = [
      torchConvModule(depthwise, sliding.options),
      torchConvModule({ kernel: [1, 1], channels: between, filters, bias }, []),
    ];
    return torchLayer(`nn.Sequential(${modules.join(', ')})`, {
      channels: 'first',
      weights: {
        '0.weight': depthwiseKernel(2, 'depthwise_kernel'),
        '1.weight': convKernel(2, 'pointwise_kernel'),
        ...(bias && { '1.bias': asIs('bias') }),
      },
      ...(sliding.before && { before: sliding.before }),
      activation: textOf(params, 'activation'),
    });
  },
  onnx({ params, ...context }) {
    const { dims, channels } = innerAxes(context);
    return onnxNodes(
      (x, place) => {
        const filtered = place.node('Conv', [x, place.weight('depthwise', depthwiseKernel(2, 'depthwise_kernel'))], {
          ...onnxSliding({ ...windowOf(params), dims }),
          group: channels,
        });
        const weights = [
          place.weight('pointwise', convKernel(2, 'pointwise_kernel')),
          ...(flagOf(params, 'bias') ? [place.weight('bias', asIs('bias'))] : []),
        ];
        const y = place.node('Conv', [filtered, ...weights], { kernel_shape: [1, 1] });
        return onnxActivation(place, textOf(params, 'activation'), y);
      },
      { channels: 'first' },
    );
  },
};
