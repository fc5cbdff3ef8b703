import { type Padding, transposedDim } from '@/lib/tensor/conv-arithmetic';
import type { Spec } from '@/lib/tensor/spec';
import { activate, activatedSpec, activationField, activationFlops, withActivation } from '../activations';
import { innerAxes } from '../conv-emission';
import { specOn, staticProblem, unknownOutput } from '../inference';
import { initializerField, withInitializer } from '../initializer-field';
import type { Emit, EmitContext, Face, KindRun, Tensor, Tensor4D } from '../kind';
import { biasOf, floatOn, trainable, variableOf } from '../operands';
import { flagOf, numberOf, pairOf, textOf } from '../params';
import { onnxTransposedConv, type TransposedConv, torchTransposedConv } from '../transposed-emission';
import { filtersField, kernelField, paddingField, pictureOn, strideField } from '../windows';

export const face: Face = {
  id: 'conv-2d-transpose',
  version: 1,
  title: 'Conv 2D transposed',
  summary: 'Paints a larger picture with small filters.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['deconvolution', 'upconv', 'transposed convolution', 'conv transpose', 'fractionally strided', 'decoder'],
  icon: 'grid-pattern',
  fields: {
    filters: filtersField('How many channels come out.'),
    kernel: kernelField('Kernel', 4),
    stride: strideField(2),
    padding: paddingField('same'),
    activation: activationField(),
    bias: { type: 'switch', title: 'Bias', default: true },
    kernelInit: initializerField(),
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  infer({ params, inputs }) {
    const x = specOn(inputs, 'x');
    const picture = pictureOn('Conv 2D transposed', 'x', x);
    if (picture === null || x === undefined) return unknownOutput();
    if ('problems' in picture) return unknownOutput(...picture.problems);
    const [filters, activation] = [numberOf(params, 'filters'), textOf(params, 'activation')];
    const [kernel, stride] = [pairOf(params, 'kernel'), pairOf(params, 'stride')];
    const padding = textOf(params, 'padding') as Padding;
    const height = transposedDim(picture.height, kernel[0], stride[0], padding);
    const width = transposedDim(picture.width, kernel[1], stride[1], padding);
    const shape: Spec['shape'] = [picture.batch, height, width, filters];
    const y = activatedSpec({ shape, dtype: 'float32', meaning: 'features' }, activation);
    const { channels } = picture;
    if (typeof channels !== 'number') {
      return { outputs: { y }, problems: [staticProblem('Conv 2D transposed', 'x', x, 'channels')] };
    }
    const pixels =
      typeof picture.height === 'number' && typeof picture.width === 'number' ? picture.height * picture.width : 0;
    const painted = typeof height === 'number' && typeof width === 'number' ? height * width * filters : 0;
    return {
      outputs: { y },
      variables: [
        trainable('kernel', [...kernel, filters, channels], { law: textOf(params, 'kernelInit') }),
        ...biasOf(flagOf(params, 'bias'), filters),
      ],
      flops: pixels * 2 * kernel[0] * kernel[1] * channels * filters + painted * activationFlops(activation),
    };
  },
  body: { draw: 'kernel' },
  docs: {
    text: 'The reverse of a convolution with a stride: each pixel paints its pattern into the larger picture, where the patterns overlap and add up. A kernel that the stride divides avoids a checkerboard.',
    formula: 'y[s·i + u, s·j + v, f] += Σ x[i, j, c] · W[u, v, f, c]',
    source: 'Zeiler et al., Deconvolutional networks, 2010; Keras 3 Conv2DTranspose',
  },
  examples: [
    {
      title: 'Doubling',
      params: { filters: 3, activation: 'relu' },
      inputs: { x: [{ shape: ['batch', 3, 4, 2], dtype: 'float32', meaning: 'features' }] },
    },
    {
      title: 'Without padding',
      params: { filters: 2, kernel: [3, 2], stride: [2, 2], padding: 'valid', bias: false },
      inputs: { x: [{ shape: ['batch', 3, 3, 2], dtype: 'float32', meaning: 'features' }] },
    },
  ],
  oftenNext: ['batch-norm', 'activation', 'conv-2d-transpose', 'conv-2d'],
};

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs, variables }) {
    const x = floatOn(tf, inputs, 'x') as Tensor4D;
    const [batch, rows, columns] = x.shape;
    const [kernel, stride] = [pairOf(params, 'kernel'), pairOf(params, 'stride')];
    const padding = textOf(params, 'padding') as Padding;
    const height = Number(transposedDim(rows, kernel[0], stride[0], padding));
    const width = Number(transposedDim(columns, kernel[1], stride[1], padding));
    const size: [number, number, number, number] = [batch, height, width, numberOf(params, 'filters')];
    let y: Tensor = tf.conv2dTranspose(x, variableOf(variables, 'kernel') as Tensor4D, size, stride, padding);
    if (variables.bias) y = tf.add(y, variables.bias);
    return { outputs: { y: activate(tf, y, textOf(params, 'activation')) } };
  },
};

const convOf = ({ params, ...context }: EmitContext): TransposedConv => ({
  kernel: pairOf(params, 'kernel'),
  stride: pairOf(params, 'stride'),
  padding: textOf(params, 'padding') as Padding,
  channels: innerAxes(context).channels,
  filters: numberOf(params, 'filters'),
  bias: flagOf(params, 'bias'),
  activation: textOf(params, 'activation'),
});

export const emit: Emit = {
  keras({ params }) {
    const bias = flagOf(params, 'bias');
    const layer = {
      className: 'Conv2DTranspose',
      config: {
        filters: numberOf(params, 'filters'),
        kernel_size: pairOf(params, 'kernel'),
        strides: pairOf(params, 'stride'),
        padding: textOf(params, 'padding'),
        data_format: 'channels_last',
        use_bias: bias,
      },
      weights: bias ? ['kernel', 'bias'] : ['kernel'],
    };
    return withActivation(
      withInitializer(layer, 'kernel_initializer', textOf(params, 'kernelInit')),
      textOf(params, 'activation'),
    );
  },
  torch: (context) => torchTransposedConv(convOf(context)),
  onnx: (context) => onnxTransposedConv(convOf(context)),
};
