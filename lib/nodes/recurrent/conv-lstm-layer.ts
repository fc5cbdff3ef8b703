import { required } from '@/lib/base/invariant';
import { type Dim, formatShape, type Spec } from '@/lib/tensor/spec';
import { activate, activationOf, builtIn, recurrentActivationChoices } from '../common/activations';
import { convWindow, dilationField, paddingField } from '../common/conv-layer';
import { convolve } from '../common/convolve';
import { type GridWindow, placesOf, sizeField, slideOver, strideOrGaps } from '../common/grid';
import { rankProblem, textProblem } from '../common/inference';
import { floatOn, trainable, variableOf } from '../common/operands';
import { flagOf, numberOf, textOf } from '../common/params';
import { gatedMemory } from '../common/recurrent-cells';
import { dropMask, dropped, type StepReader } from '../common/unroll';
import type { Field } from '../field';
import type { KerasLayer, PlainParams, Problem, RunContext, Tensor, Tf, VariableDecl } from '../kind';

/** An LSTM over films `[batch, time, height, width, channels]` whose states are pictures. */
export const CONV_LSTM = { states: ['hidden', 'memory'] };

export const convLstmFields = (): Record<string, Field> => ({
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
    choices: ['sigmoid', 'hard-sigmoid'].map((value) => {
      const { title, formula } = activationOf(value);
      return { value, title, help: formula };
    }),
  },
});

/** The convolution over what is remembered: it leaves the size as it is. */
export const recurrentWindow = (params: PlainParams): GridWindow => ({
  kernel: convWindow(params).kernel,
  stride: [1, 1],
  dilation: [1, 1],
  padding: 'same',
});

export interface Film {
  batch: Dim;
  time: Dim;
  /** Height and width of a state. */
  inner: Dim[];
  channels: Dim;
  /** Of the window over a frame. */
  problems: Problem[];
}

/** A film as it is read, or why the input is none; null where its rank is not known yet. */
export function filmOn(title: string, x: Spec | undefined, params: PlainParams): { refused: Problem } | Film | null {
  if (x?.dtype === 'string') return { refused: textProblem(title, 'x') };
  if (!x?.shape) return null;
  const [batch = null, time = null, height, width, channels] = x.shape;
  if (x.shape.length !== 5 || height === undefined || width === undefined || channels === undefined) {
    const expected = 'batch × time × height × width × channels';
    const message = `${title} needs a sequence of pictures (${expected}), but gets ${formatShape(x.shape)}.`;
    return { refused: { ...rankProblem(title, 'x', x, [5]), message, expected } };
  }
  const window = convWindow(params);
  const { inner, problems } = slideOver(title, 'x', x, [height, width], window);
  return { batch, time, inner, channels, problems: [...problems, ...strideOrGaps(window)] };
}

/** Kernels as Keras starts them; `prefix` keeps two directions of one layer apart. */
export function convLstmVariables(params: PlainParams, channels: number, filters: number, prefix = ''): VariableDecl[] {
  const window = convWindow(params).kernel;
  return [
    trainable(`${prefix}kernel`, [...window, channels, 4 * filters], { law: 'glorot_uniform' }),
    trainable(`${prefix}recurrent_kernel`, [...window, filters, 4 * filters], { law: 'orthogonal' }),
    ...(flagOf(params, 'bias') ? [trainable(`${prefix}bias`, [4 * filters], { law: 'unit_forget_bias' })] : []),
  ];
}

/** Operations of all steps. */
export function convLstmFlops(params: PlainParams, { time, inner }: Film, channels: number, filters: number): number {
  const seen = convWindow(params).kernel.reduce((product, size) => product * size, channels + filters);
  return (typeof time === 'number' ? time : 1) * placesOf(inner) * (8 * seen * filters + 25 * filters);
}

/** The film ready to be read: all frames are convolved at once, what is remembered step by step. */
export function convLstmReader(tf: Tf, context: RunContext, prefix = ''): StepReader {
  const { params, inputs, variables } = context;
  const x = floatOn(tf, inputs, 'x');
  const [batch = 1, time = 1, ...frame] = x.shape;
  const recurrent = variableOf(variables, `${prefix}recurrent_kernel`);
  const bias = variables[`${prefix}bias`];
  const seen = tf.reshape(dropped(tf, context, 'dropout', x, [batch, 1, ...frame]), [batch * time, ...frame]);
  const answers = convolve(tf, seen, variableOf(variables, `${prefix}kernel`), convWindow(params));
  const [, height = 1, width = 1, gates = 1] = answers.shape;
  const shape = [batch, height, width, gates / 4];
  const curves = {
    gate: (sum: Tensor) => activate(tf, sum, textOf(params, 'gate')),
    bend: (sum: Tensor) => activate(tf, sum, textOf(params, 'activation')),
  };
  const product = (heard: Tensor) => convolve(tf, heard, recurrent, recurrentWindow(params));
  return {
    projected: tf.unstack(tf.reshape(bias ? tf.add(answers, bias) : answers, [batch, time, height, width, gates]), 1),
    states: CONV_LSTM.states,
    shape,
    keep: dropMask(tf, context, 'recurrentDropout', shape),
    next: (projected, [, memory], heard) =>
      gatedMemory(tf, tf.add(projected, product(heard)), required(memory, 'memory'), curves),
  };
}

/** Keras' layer; its weights stand in its cell. */
export function kerasConvLstm(params: PlainParams, filters: number): KerasLayer {
  const { kernel, stride, dilation, padding } = convWindow(params);
  const bias = flagOf(params, 'bias');
  const gate = textOf(params, 'gate');
  const layer: KerasLayer = {
    className: 'ConvLSTM2D',
    config: {
      filters,
      kernel_size: kernel,
      strides: stride,
      padding,
      data_format: 'channels_last',
      dilation_rate: dilation,
      recurrent_activation: required(activationOf(gate).keras, `the name of ${gate} in Keras`),
      use_bias: bias,
      unit_forget_bias: bias,
      return_sequences: textOf(params, 'gives') === 'every',
      return_state: 'state' in params && flagOf(params, 'state'),
      go_backwards: 'backwards' in params && flagOf(params, 'backwards'),
      stateful: false,
      dropout: numberOf(params, 'dropout'),
      recurrent_dropout: numberOf(params, 'recurrentDropout'),
    },
    weights: ['kernel', 'recurrent_kernel', ...(bias ? ['bias'] : [])],
    weightsAt: 'cell/vars',
    ...(gate !== 'sigmoid' && { tfjs: { unsupported: 'the hard sigmoid of TensorFlow.js has another slope' } }),
  };
  return builtIn(layer, textOf(params, 'activation'));
}
