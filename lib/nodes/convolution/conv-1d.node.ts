import { convDim, kernelExtent, type Padding } from '@/lib/tensor/conv-arithmetic';
import type { Dim } from '@/lib/tensor/spec';
import { activate, activatedSpec, activationField, activationFlops, withActivation } from '../activations';
import { type ConvEmission, innerAxes, onnxConv, torchConv } from '../conv-emission';
import { rankProblem, specOn, staticProblem, textProblem, unknownOutput } from '../inference';
import { initializerField, withInitializer } from '../initializer-field';
import type { Emit, EmitContext, Face, KindRun, Problem, Tensor, Tensor4D } from '../kind';
import { biasOf, floatOn, trainable, variableOf } from '../operands';
import { flagOf, numberOf, textOf } from '../params';
import { filtersField } from '../windows';

export const face: Face = {
  id: 'conv-1d',
  version: 1,
  title: 'Conv 1D',
  summary: 'Slides small filters along a sequence.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['conv1d', 'temporal convolution', 'convolution', 'signal', 'tcn', 'causal convolution'],
  icon: 'timeline',
  fields: {
    filters: filtersField('How many patterns are looked for.'),
    kernel: {
      type: 'number',
      title: 'Kernel',
      default: 3,
      min: 1,
      max: 1024,
      integer: true,
      essential: true,
      help: 'How many steps a filter looks at.',
    },
    stride: { type: 'number', title: 'Stride', default: 1, min: 1, max: 1024, integer: true, essential: true },
    padding: {
      type: 'choice',
      title: 'Padding',
      default: 'same',
      choices: [
        { value: 'same', title: 'Same', help: 'Zeros at both ends.' },
        { value: 'valid', title: 'Valid', help: 'Stays inside.' },
        { value: 'causal', title: 'Causal', help: 'Zeros at the start only: no step sees a later one.' },
      ],
    },
    activation: activationField(),
    bias: { type: 'switch', title: 'Bias', default: true },
    kernelInit: initializerField(),
  },
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  time: 'mixing',
  infer({ params, inputs }) {
    const x = specOn(inputs, 'x');
    if (x?.dtype === 'string') return unknownOutput(textProblem('Conv 1D', 'x'));
    if (!x?.shape) return unknownOutput();
    const [batch = null, time = null, features] = x.shape;
    if (x.shape.length !== 3 || features === undefined) return unknownOutput(rankProblem('Conv 1D', 'x', x, [3]));
    const [filters, kernel, stride] = [
      numberOf(params, 'filters'),
      numberOf(params, 'kernel'),
      numberOf(params, 'stride'),
    ];
    const valid = textOf(params, 'padding') === 'valid';
    const steps = convDim(time, kernel, stride, valid ? 'valid' : 'same');
    const problems: Problem[] = [];
    if (typeof steps === 'number' && steps < 1) {
      problems.push({
        code: 'shape-mismatch',
        severity: 'error',
        port: 'x',
        message: `Conv 1D looks at ${kernel} steps at once, but the sequence has only ${String(time)}.`,
        expected: `at least ${kernel} steps`,
        received: String(time),
        remedies: [{ title: 'Use padding “same”', set: { padding: 'same' } }],
      });
    }
    const known: Dim = problems.length > 0 ? null : steps;
    const activation = textOf(params, 'activation');
    const y = activatedSpec({ shape: [batch, known, filters], dtype: 'float32', meaning: 'features' }, activation);
    if (typeof features !== 'number') {
      return { outputs: { y }, problems: [staticProblem('Conv 1D', 'x', x, 'features'), ...problems] };
    }
    return {
      outputs: { y },
      variables: [
        trainable('kernel', [kernel, features, filters], { law: textOf(params, 'kernelInit') }),
        ...biasOf(flagOf(params, 'bias'), filters),
      ],
      flops: (typeof known === 'number' ? known : 1) * filters * (2 * kernel * features + activationFlops(activation)),
      window: { size: [kernelExtent(kernel)], stride: [stride] },
      problems,
    };
  },
  docs: {
    text: 'A convolution over time: each filter looks at a few neighbouring steps and answers how well its pattern fits there. Sees all steps at once, unlike a recurrent layer.',
    formula: 'y[t, f] = g(Σ x[s·t + u, c] · W[u, c, f] + b[f])',
    source: 'Waibel et al., Phoneme recognition using time-delay neural networks, 1989; Keras 3 Conv1D',
  },
  examples: [
    {
      title: 'A signal',
      params: { filters: 4, activation: 'relu' },
      inputs: { x: [{ shape: ['batch', 8, 2], dtype: 'float32', meaning: 'features' }] },
    },
    {
      title: 'Causal, halving',
      params: { filters: 3, kernel: 2, stride: 2, padding: 'causal', bias: false },
      inputs: { x: [{ shape: ['batch', 6, 3], dtype: 'float32', meaning: 'features' }] },
    },
  ],
  oftenNext: ['activation', 'global-average-pool-2d', 'lstm', 'dense'],
};

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs, variables }) {
    const x = floatOn(tf, inputs, 'x');
    const kernel = variableOf(variables, 'kernel');
    const [batch = 1, time = 1, features = 1] = x.shape;
    const [size = 1, , filters = 1] = kernel.shape;
    const padding = textOf(params, 'padding');
    const before = padding === 'causal' ? size - 1 : 0;
    const padded =
      before > 0
        ? tf.pad(x, [
            [0, 0],
            [before, 0],
            [0, 0],
          ])
        : x;
    // A picture of height 1: TensorFlow.js' own 1-D convolution is this as well, but refuses causal padding.
    const row = tf.reshape(padded, [batch, 1, time + before, features]) as Tensor4D;
    const window = tf.reshape(kernel, [1, size, features, filters]) as Tensor4D;
    const pad: Padding = padding === 'same' ? 'same' : 'valid';
    const convolved = tf.conv2d(row, window, [1, numberOf(params, 'stride')], pad);
    let y: Tensor = tf.reshape(convolved, [batch, convolved.shape[2], filters]);
    if (variables.bias) y = tf.add(y, variables.bias);
    return { outputs: { y: activate(tf, y, textOf(params, 'activation')) } };
  },
};

const convOf = ({ params, ...context }: EmitContext): ConvEmission => ({
  kernel: [numberOf(params, 'kernel')],
  stride: [numberOf(params, 'stride')],
  padding: textOf(params, 'padding') as ConvEmission['padding'],
  ...innerAxes(context),
  filters: numberOf(params, 'filters'),
  bias: flagOf(params, 'bias'),
  activation: textOf(params, 'activation'),
});

export const emit: Emit = {
  keras({ params }) {
    const bias = flagOf(params, 'bias');
    const causal = textOf(params, 'padding') === 'causal';
    const layer = {
      className: 'Conv1D',
      config: {
        filters: numberOf(params, 'filters'),
        kernel_size: [numberOf(params, 'kernel')],
        strides: [numberOf(params, 'stride')],
        padding: textOf(params, 'padding'),
        data_format: 'channels_last',
        use_bias: bias,
      },
      weights: bias ? ['kernel', 'bias'] : ['kernel'],
      ...(causal && { tfjs: { unsupported: 'TensorFlow.js has no causal padding' } }),
    };
    return withActivation(
      withInitializer(layer, 'kernel_initializer', textOf(params, 'kernelInit')),
      textOf(params, 'activation'),
    );
  },
  torch: (context) => torchConv(convOf(context)),
  onnx: (context) => onnxConv(convOf(context)),
};
