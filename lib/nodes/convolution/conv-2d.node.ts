import type { Padding } from '@/lib/tensor/conv-arithmetic';
import type { Spec } from '@/lib/tensor/spec';
import { activate, activatedSpec, activationField, activationFlops, withActivation } from '../activations';
import { type ConvEmission, innerAxes, onnxConv, torchConv } from '../conv-emission';
import { specOn, staticProblem, unknownOutput } from '../inference';
import { initializerField, withInitializer } from '../initializer-field';
import type { Emit, EmitContext, Face, KindRun, PlainParams, Tensor, Tensor4D, Tf } from '../kind';
import { biasOf, floatOn, trainable, variableOf } from '../operands';
import { flagOf, numberOf, pairOf, textOf } from '../params';
import {
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
  dilation: pairOf(params, 'dilation'),
  padding: textOf(params, 'padding') as Padding,
});

export const face: Face = {
  id: 'conv-2d',
  version: 1,
  title: 'Conv 2D',
  summary: 'Slides small filters over a picture.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['conv', 'convolution', 'conv2d', 'cnn', 'filter'],
  icon: 'grid-3x3',
  fields: {
    filters: filtersField('How many patterns are looked for; each gives one channel.'),
    kernel: kernelField('Kernel', 3),
    stride: strideField(1),
    padding: paddingField('same'),
    dilation: {
      type: 'size',
      title: 'Dilation',
      axes: 2,
      default: [1, 1],
      min: 1,
      max: 64,
      help: 'Gaps between the pixels that a filter looks at: a wider view for the same number of weights.',
    },
    activation: activationField(),
    bias: { type: 'switch', title: 'Bias', default: true, help: 'A number that each filter adds everywhere.' },
    kernelInit: initializerField(),
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  infer({ params, inputs }) {
    const x = specOn(inputs, 'x');
    const picture = pictureOn('Conv 2D', 'x', x);
    if (picture === null || x === undefined) return unknownOutput();
    if ('problems' in picture) return unknownOutput(...picture.problems);
    const filters = numberOf(params, 'filters');
    const window = windowOf(params);
    const [dy = 1, dx = 1] = window.dilation ?? [];
    const { height, width, problems } = slide('Conv 2D', 'x', x, picture, window);
    if (dy * dx > 1 && window.stride[0] * window.stride[1] > 1) {
      problems.push({
        code: 'param-range',
        severity: 'error',
        param: 'dilation',
        message: 'A convolution can have a stride or a dilation above 1, not both.',
        remedies: [
          { title: 'Set dilation to 1', set: { dilation: [1, 1] } },
          { title: 'Set stride to 1', set: { stride: [1, 1] } },
        ],
      });
    }
    const activation = textOf(params, 'activation');
    const shape: Spec['shape'] = [picture.batch, height, width, filters];
    const y = activatedSpec({ shape, dtype: 'float32', meaning: 'features' }, activation);
    if (typeof picture.channels !== 'number') {
      return { outputs: { y }, problems: [staticProblem('Conv 2D', 'x', x, 'channels'), ...problems] };
    }
    const perOutput = 2 * window.kernel[0] * window.kernel[1] * picture.channels + activationFlops(activation);
    return {
      outputs: { y },
      variables: [
        trainable('kernel', [...window.kernel, picture.channels, filters], { law: textOf(params, 'kernelInit') }),
        ...biasOf(flagOf(params, 'bias'), filters),
      ],
      flops: typeof height === 'number' && typeof width === 'number' ? height * width * filters * perOutput : 0,
      window: receptiveWindow(window),
      problems,
    };
  },
  body: { draw: 'kernel' },
  docs: {
    text: 'Each filter is a small window of weights that slides over the picture and answers how well the pattern fits at each place. Because the same weights are used everywhere, a pattern is found wherever it is.',
    formula: 'y[i, j, f] = g(Σ x[s·i + u, s·j + v, c] · W[u, v, c, f] + b[f])',
    source: 'LeCun et al., Gradient-based learning applied to document recognition, 1998; Keras 3 Conv2D',
  },
  examples: [
    {
      title: 'Digits',
      params: { filters: 4, activation: 'relu' },
      inputs: { x: [{ shape: ['batch', 8, 8, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
    },
    {
      title: 'Halving, without border',
      params: { filters: 3, kernel: [3, 2], stride: [2, 2], padding: 'valid', bias: false, activation: 'tanh' },
      inputs: { x: [{ shape: ['batch', 7, 6, 2], dtype: 'float32', meaning: 'features' }] },
    },
    {
      title: 'Dilated',
      params: { filters: 2, dilation: [2, 3] },
      inputs: { x: [{ shape: ['batch', 8, 9, 2], dtype: 'float32', meaning: 'features' }] },
    },
  ],
  oftenNext: ['max-pool-2d', 'batch-norm', 'conv-2d', 'flatten', 'global-average-pool-2d', 'activation'],
};

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs, variables }) {
    const x = floatOn(tf, inputs, 'x') as Tensor4D;
    const { stride, padding, dilation = [1, 1] } = windowOf(params);
    const kernel = dilated(tf, variableOf(variables, 'kernel') as Tensor4D, dilation);
    let y: Tensor = tf.conv2d(x, kernel, stride, padding);
    if (variables.bias) y = tf.add(y, variables.bias);
    return { outputs: { y: activate(tf, y, textOf(params, 'activation')) } };
  },
};

/**
 * The kernel with zeros between its weights. TensorFlow.js has no gradient of a dilated convolution; of a plain one
 * with a wider kernel it has.
 */
function dilated(tf: Tf, kernel: Tensor4D, [dy, dx]: [number, number]): Tensor4D {
  if (dy === 1 && dx === 1) return kernel;
  const [height, width, channels, filters] = kernel.shape;
  const pixel = channels * filters;
  const tall = tf.reshape(
    tf.pad(tf.reshape(kernel, [height, 1, width * pixel]), [
      [0, 0],
      [0, dy - 1],
      [0, 0],
    ]),
    [height * dy, width, 1, pixel],
  );
  const wide = tf.reshape(
    tf.pad(tall, [
      [0, 0],
      [0, 0],
      [0, dx - 1],
      [0, 0],
    ]),
    [height * dy, width * dx, channels, filters],
  );
  return tf.slice(wide, [0, 0, 0, 0], [(height - 1) * dy + 1, (width - 1) * dx + 1, channels, filters]) as Tensor4D;
}

const convOf = ({ params, ...context }: EmitContext): ConvEmission => ({
  ...windowOf(params),
  ...innerAxes(context),
  filters: numberOf(params, 'filters'),
  bias: flagOf(params, 'bias'),
  activation: textOf(params, 'activation'),
});

export const emit: Emit = {
  keras({ params }) {
    const { kernel, stride, padding, dilation = [1, 1] } = windowOf(params);
    const bias = flagOf(params, 'bias');
    const layer = {
      className: 'Conv2D',
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
    };
    return withActivation(
      withInitializer(layer, 'kernel_initializer', textOf(params, 'kernelInit')),
      textOf(params, 'activation'),
    );
  },
  torch: (context) => torchConv(convOf(context)),
  onnx: (context) => onnxConv(convOf(context)),
};
