import { required } from '@/lib/base/invariant';
import { formatShape } from '@/lib/tensor/spec';
import { activate, builtIn, recurrentActivationChoices } from '../activations';
import { convWindow, dilationField, filtersField, paddingField } from '../conv-layer';
import { onnxConvLstm, recurrentWindow, torchConvLstm } from '../conv-lstm-emission';
import { convolve } from '../convolve';
import { placesOf, sizeField, slideOver, strideOrGaps } from '../grid';
import { rankProblem, specOn, staticProblem, textProblem, unknownOutput, unknownSpec } from '../inference';
import type { Emit, Face, KindRun, Tensor, Tf } from '../kind';
import { floatOn, trainable, variableOf } from '../operands';
import { flagOf, numberOf, textOf } from '../params';
import { gatedMemory } from '../recurrent-cells';
import {
  maskProblems,
  RECURRENT_STEPS,
  readingFields,
  readingTime,
  readOutputs,
  recurrentGradients,
  recurrentInputs,
  recurrentOutputs,
  statefulProblems,
  stateProblems,
  stateVariables,
  usedRecurrentLayer,
} from '../recurrent-layer';
import { dropMask, dropped, readResult, readSteps, stoppedAt } from '../unroll';

const cell = { states: ['hidden', 'memory'] };

export const face: Face = {
  id: 'conv-lstm-2d',
  version: 1,
  title: 'Conv LSTM 2D',
  summary: 'Reads a film and remembers what was where.',
  category: 'recurrent',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['convlstm', 'convolutional lstm', 'video', 'film', 'nowcasting', 'spatio-temporal', 'recurrent'],
  icon: 'movie',
  fields: {
    filters: filtersField('How many patterns are remembered at each place; each gives one channel.'),
    kernel: sizeField(2, { title: 'Kernel', default: 3, essential: true, help: 'Height and width of the window.' }),
    stride: sizeField(2, { title: 'Stride', default: 1, help: 'By how many pixels the window over a frame moves on.' }),
    padding: paddingField('same', 2),
    dilation: dilationField(2),
    activation: { type: 'choice', title: 'Activation', default: 'tanh', choices: recurrentActivationChoices() },
    gate: {
      type: 'choice',
      title: 'Gates',
      default: 'sigmoid',
      help: 'The function that opens and closes the gates.',
      choices: [
        { value: 'sigmoid', title: 'Sigmoid', help: '1 / (1 + exp(−x))' },
        { value: 'hard-sigmoid', title: 'Hard sigmoid', help: 'min(max(0, x + 3), 6) / 6' },
      ],
    },
    ...readingFields(),
  },
  inputs: recurrentInputs(cell),
  outputs: recurrentOutputs(cell),
  grad: recurrentGradients(cell),
  second: true,
  evaluation: 'own',
  rng: 'iteration',
  time: readingTime,
  steps: RECURRENT_STEPS,
  infer({ params, inputs }) {
    const title = 'Conv LSTM 2D';
    const x = specOn(inputs, 'x');
    const out = readOutputs(params, cell);
    const unknown = { outputs: out(unknownSpec(), unknownSpec()) };
    if (x?.dtype === 'string') return { ...unknownOutput(textProblem(title, 'x')), ...unknown };
    if (!x?.shape) return unknown;
    const [batch = null, time = null, height, width, channels] = x.shape;
    if (x.shape.length !== 5 || height === undefined || width === undefined || channels === undefined) {
      const expected = 'batch × time × height × width × channels';
      const message = `${title} needs a sequence of pictures (${expected}), but gets ${formatShape(x.shape)}.`;
      return { ...unknownOutput({ ...rankProblem(title, 'x', x, [5]), message, expected }), ...unknown };
    }
    const [filters, window] = [numberOf(params, 'filters'), convWindow(params)];
    const { inner, problems } = slideOver(title, 'x', x, [height, width], window);
    const state = [batch, ...inner, filters];
    const spec = { dtype: 'float32', meaning: 'features' } as const;
    const outputs = out(
      { shape: textOf(params, 'gives') === 'every' ? [batch, time, ...inner, filters] : state, ...spec },
      { shape: state, ...spec },
    );
    problems.push(...strideOrGaps(window));
    problems.push(...maskProblems(title, specOn(inputs, 'mask'), batch, time));
    problems.push(...stateProblems(title, inputs, cell, state, 'filters'));
    problems.push(...statefulProblems(title, { params, inputs }, cell, batch));
    if (flagOf(params, 'stateful') && !inner.every((dim) => typeof dim === 'number'))
      problems.push(staticProblem(title, 'x', x, 'pixels'));
    if (typeof channels !== 'number')
      return { outputs, problems: [staticProblem(title, 'x', x, 'channels'), ...problems] };
    const [rows = 1, columns = 1] = window.kernel;
    const products = 2 * rows * columns * (channels + filters) * 4 * filters;
    return {
      outputs,
      variables: [
        trainable('kernel', [rows, columns, channels, 4 * filters], { law: 'glorot_uniform' }),
        trainable('recurrent_kernel', [rows, columns, filters, 4 * filters], { law: 'orthogonal' }),
        ...(flagOf(params, 'bias') ? [trainable('bias', [4 * filters], { law: 'unit_forget_bias' })] : []),
        ...(inner.every((dim) => typeof dim === 'number') ? stateVariables(params, cell, [...inner, filters]) : []),
      ],
      flops: (typeof time === 'number' ? time : 1) * placesOf(inner) * (products + 25 * filters),
      problems,
    };
  },
  docs: {
    text: 'An LSTM whose memory is a picture: at every place it decides by a convolution, over the frame and over what it remembers nearby, what enters, what is forgotten and what shows. It foretells the next frame of a film, such as where rain moves.',
    formula: 'i, f, o = gate(W∗xₜ + U∗hₜ₋₁ + b);  c ← f·c + i·g(…);  h = o·g(c)',
    source: 'Shi et al., Convolutional LSTM network, 2015; Keras 3 ConvLSTM2D',
  },
  examples: [
    {
      title: 'A film into a picture',
      params: { filters: 2 },
      inputs: { x: [{ shape: ['batch', 3, 4, 3, 2], dtype: 'float32', meaning: 'features' }] },
    },
    {
      title: 'Every frame at half its size, with hard gates',
      params: { filters: 2, kernel: [2, 3], stride: [2, 2], gives: 'every', gate: 'hard-sigmoid', bias: false },
      inputs: { x: [{ shape: ['batch', 2, 5, 4, 1], dtype: 'float32', meaning: 'features' }] },
    },
    {
      title: 'With gaps and a mask, backwards, from a state and to one',
      params: { filters: 1, kernel: [2, 2], dilation: [2, 1], padding: 'valid', backwards: true, state: true },
      inputs: {
        x: [{ shape: ['batch', 3, 4, 3, 1], dtype: 'float32', meaning: 'features' }],
        mask: [{ shape: ['batch', 3], dtype: 'int32', meaning: 'mask', classes: 2 }],
        hidden: [{ shape: ['batch', 2, 2, 1], dtype: 'float32', meaning: 'features' }],
        memory: [{ shape: ['batch', 2, 2, 1], dtype: 'float32', meaning: 'features' }],
      },
    },
  ],
  oftenNext: ['conv-lstm-2d', 'batch-norm', 'conv-2d'],
};

const openGate = (tf: Tf, x: Tensor, gate: string): Tensor =>
  gate === 'sigmoid' ? tf.sigmoid(x) : tf.div(tf.relu6(tf.add(x, 3)), 6);

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const { params, inputs, variables } = context;
    const x = floatOn(tf, inputs, 'x');
    const [batch = 1, time = 1, ...frame] = x.shape;
    const recurrent = variableOf(variables, 'recurrent_kernel');
    const seen = tf.reshape(dropped(tf, context, 'dropout', x, [batch, 1, ...frame]), [batch * time, ...frame]);
    const answers = convolve(tf, seen, variableOf(variables, 'kernel'), convWindow(params));
    const [, height = 1, width = 1, gates = 1] = answers.shape;
    const biased = variables.bias ? tf.add(answers, variables.bias) : answers;
    const shape = [batch, height, width, gates / 4];
    const curves = {
      gate: (sum: Tensor) => openGate(tf, sum, textOf(params, 'gate')),
      bend: (sum: Tensor) => activate(tf, sum, textOf(params, 'activation')),
    };
    const product = (heard: Tensor) => convolve(tf, heard, recurrent, recurrentWindow(params));
    const read = readSteps(
      tf,
      context,
      {
        projected: tf.unstack(tf.reshape(biased, [batch, time, height, width, gates]), 1),
        states: cell.states,
        shape,
        keep: dropMask(tf, context, 'recurrentDropout', shape),
        next: (projected, [, memory], heard) =>
          gatedMemory(tf, tf.add(projected, product(heard)), required(memory, 'memory'), curves),
      },
      { backwards: flagOf(params, 'backwards'), from: stoppedAt(tf, context, cell.states, batch) },
    );
    return readResult(tf, context, cell.states, read);
  },
};

const KERAS_GATES: Record<string, string> = { sigmoid: 'sigmoid', 'hard-sigmoid': 'hard_sigmoid' };

export const emit: Emit = {
  keras(context) {
    const { params } = context;
    const [bias, hard] = [flagOf(params, 'bias'), textOf(params, 'gate') === 'hard-sigmoid'];
    const { kernel, stride, dilation, padding } = convWindow(params);
    const layer = {
      className: 'ConvLSTM2D',
      config: {
        filters: numberOf(params, 'filters'),
        kernel_size: kernel,
        strides: stride,
        padding,
        data_format: 'channels_last',
        dilation_rate: dilation,
        recurrent_activation: KERAS_GATES[textOf(params, 'gate')] ?? 'sigmoid',
        use_bias: bias,
        unit_forget_bias: bias,
        return_sequences: textOf(params, 'gives') === 'every',
        return_state: flagOf(params, 'state'),
        go_backwards: flagOf(params, 'backwards'),
        stateful: false,
        dropout: numberOf(params, 'dropout'),
        recurrent_dropout: numberOf(params, 'recurrentDropout'),
      },
      weights: ['kernel', 'recurrent_kernel', ...(bias ? ['bias'] : [])],
      weightsAt: 'cell/vars',
      ...(hard && { tfjs: { unsupported: 'the hard sigmoid of TensorFlow.js has another slope' } }),
    };
    return [builtIn(usedRecurrentLayer(layer, context), textOf(params, 'activation'))];
  },
  torch: torchConvLstm,
  onnx: onnxConvLstm,
};
