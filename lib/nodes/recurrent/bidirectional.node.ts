import { invariant, required } from '@/lib/base/invariant';
import type { Json } from '@/lib/base/json';
import { builtIn } from '../common/activations';
import { specOn, staticProblem, unknownOutput } from '../common/inference';
import { tensorOn } from '../common/operands';
import { flagOf, numberOf, textOf } from '../common/params';
import { CELLS, type Cell, cellFlops, cellVariables, cellWeights } from '../common/recurrent-cells';
import {
  dropoutFields,
  givesField,
  MASK_INPUT,
  maskProblems,
  recurrentLayer,
  sequenceOn,
  statefulField,
  statefulProblems,
  stateVariables,
  unitsField,
  usedRecurrentLayer,
} from '../common/recurrent-layer';
import { type ReadingOrder, readSteps, stoppedAt, stopsAt, unroll } from '../common/unroll';
import type { Field } from '../field';
import type {
  Emit,
  EmitContext,
  Face,
  InferContext,
  Inference,
  KerasLayer,
  KindDocs,
  KindExample,
  KindRun,
  OnnxEmission,
  PlainParams,
  Tensor,
  Tf,
} from '../kind';
import { onnxConvReading, onnxUnfixed, torchConvBothWays } from './conv-lstm-emission';
import {
  CONV_LSTM,
  convLstmFields,
  convLstmFlops,
  convLstmReader,
  convLstmVariables,
  filmOn,
  kerasConvLstm,
} from './conv-lstm-layer';
import { onnxReading } from './recurrent-onnx';
import { torchBothWays, torchMerged } from './recurrent-torch';

/** The cell that reads films. */
const FILM = 'conv-lstm-2d';

const filmFields = (): Record<string, Field> =>
  Object.fromEntries(
    Object.entries(convLstmFields()).map(([key, { essential: _, ...field }]) => [
      key,
      { ...field, when: { field: 'cell', is: key === 'activation' ? [FILM, 'simple-rnn'] : [FILM] } },
    ]),
  );

export const face: Face = {
  id: 'bidirectional',
  version: 1,
  title: 'Bidirectional',
  summary: 'Reads a sequence from both ends.',
  category: 'recurrent',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['bilstm', 'bi-lstm', 'bigru', 'birnn', 'two-way', 'lstm', 'gru'],
  icon: 'arrows-left-right',
  fields: {
    cell: {
      type: 'choice',
      title: 'Cell',
      default: 'lstm',
      essential: true,
      choices: [
        { value: 'lstm', title: 'LSTM' },
        { value: 'gru', title: 'GRU' },
        { value: 'simple-rnn', title: 'Simple RNN' },
        { value: FILM, title: 'Conv LSTM 2D', help: 'Over films; units are channels.' },
      ],
    },
    units: { ...unitsField(), help: 'How many numbers each direction remembers from step to step.' },
    ...filmFields(),
    gives: givesField(),
    merge: {
      type: 'choice',
      title: 'Merge',
      default: 'concat',
      help: 'How what the two directions say becomes one.',
      choices: [
        { value: 'concat', title: 'Side by side' },
        { value: 'sum', title: 'Sum' },
        { value: 'average', title: 'Average' },
        { value: 'multiply', title: 'Product' },
      ],
    },
    bias: { type: 'switch', title: 'Bias', default: true },
    resetAfter: {
      type: 'switch',
      title: 'Reset after the product',
      default: true,
      when: { field: 'cell', is: ['gru'] },
    },
    ...dropoutFields(),
    stateful: {
      ...statefulField(),
      help: 'While training, each direction begins in each row of a batch with what it remembered of that row in the batch before: the second one with what it knew at the beginning of that piece, as in Keras. Both begin at zero in every epoch, in validation and in use.',
    },
  },
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }, MASK_INPUT],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  grad: ['x'],
  second: true,
  evaluation: 'own',
  rng: 'iteration',
  time: 'mixing',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['dense', 'bidirectional', 'dropout'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (cellId(params) === FILM) return inferFilm(params, inputs);
  const sequence = sequenceOn('Bidirectional', x);
  if (sequence === null || x === undefined) return unknownOutput();
  if ('problems' in sequence) return unknownOutput(...sequence.problems);
  const { batch, time, features } = sequence;
  const units = numberOf(params, 'units');
  const width = textOf(params, 'merge') === 'concat' ? 2 * units : units;
  const shape = textOf(params, 'gives') === 'every' ? [batch, time, width] : [batch, width];
  const outputs = { y: { shape, dtype: 'float32', meaning: 'features' } as const };
  const cell = cellOf(params);
  const problems = [
    ...maskProblems('Bidirectional', specOn(inputs, 'mask'), batch, time),
    ...statefulProblems('Bidirectional', { params, inputs }, cell, batch),
  ];
  if (typeof features !== 'number') {
    return { outputs, problems: [staticProblem('Bidirectional', 'x', x, 'features'), ...problems] };
  }
  return {
    outputs,
    variables: DIRECTIONS.flatMap((prefix) => [
      ...cellVariables(cell, params, features, units, prefix),
      ...stateVariables(params, cell, [units], prefix),
    ]),
    flops: 2 * (typeof time === 'number' ? time : 1) * cellFlops(cell, features, units),
    problems,
  };
}

export const docs: KindDocs = {
  text: 'Two recurrent layers in one: the first reads from the start, the second from the end. At every step the output knows both what came before and what comes after, so it cannot be used to generate step by step.',
  formula: 'y = merge(forwards(x), backwards(x))',
  source: 'Schuster and Paliwal, Bidirectional recurrent neural networks, 1997; Keras 3 Bidirectional',
};

export const examples: KindExample[] = [
  {
    title: 'Side by side',
    params: { units: 3 },
    inputs: { x: [{ shape: ['batch', 4, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'The sum at every step, of GRUs',
    params: { units: 2, cell: 'gru', gives: 'every', merge: 'sum' },
    inputs: { x: [{ shape: ['batch', 3, 3], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Every step, masked',
    params: { units: 2, cell: 'simple-rnn', gives: 'every', dropout: 0.2, recurrentDropout: 0.2 },
    inputs: {
      x: [{ shape: ['batch', 4, 3], dtype: 'float32', meaning: 'features' }],
      mask: [{ shape: ['batch', 4], dtype: 'int32', meaning: 'mask', classes: 2 }],
    },
  },
  {
    title: 'Films, every frame, masked',
    params: { cell: FILM, units: 1, gives: 'every', kernel: [2, 2], stride: [2, 1], dropout: 0.2 },
    inputs: {
      x: [{ shape: ['batch', 3, 4, 3, 1], dtype: 'float32', meaning: 'features' }],
      mask: [{ shape: ['batch', 3], dtype: 'int32', meaning: 'mask', classes: 2 }],
    },
  },
  {
    title: 'A film into a picture, the product of both ways',
    params: { cell: FILM, units: 2, merge: 'multiply', padding: 'valid', gate: 'hard-sigmoid' },
    inputs: { x: [{ shape: ['batch', 2, 4, 3, 1], dtype: 'float32', meaning: 'features' }] },
  },
];

function inferFilm(params: PlainParams, inputs: InferContext['inputs']): Inference {
  const x = specOn(inputs, 'x');
  const film = filmOn('Bidirectional', x, params);
  if (x === undefined || film === null) return unknownOutput();
  if ('refused' in film) return unknownOutput(film.refused);
  const { batch, time, inner, channels, problems } = film;
  const filters = numberOf(params, 'units');
  const width = textOf(params, 'merge') === 'concat' ? 2 * filters : filters;
  const steps = textOf(params, 'gives') === 'every' ? [time] : [];
  const shape = [batch, ...steps, ...inner, width];
  const outputs = { y: { shape, dtype: 'float32', meaning: 'features' } as const };
  problems.push(...maskProblems('Bidirectional', specOn(inputs, 'mask'), batch, time));
  problems.push(...statefulProblems('Bidirectional', { params, inputs }, CONV_LSTM, batch));
  const fixed = inner.every((dim) => typeof dim === 'number');
  if (flagOf(params, 'stateful') && !fixed) problems.push(staticProblem('Bidirectional', 'x', x, 'pixels'));
  if (typeof channels !== 'number')
    return { outputs, problems: [staticProblem('Bidirectional', 'x', x, 'channels'), ...problems] };
  return {
    outputs,
    variables: DIRECTIONS.flatMap((prefix) => [
      ...convLstmVariables(params, channels, filters, prefix),
      ...(fixed ? stateVariables(params, CONV_LSTM, [...inner, filters], prefix) : []),
    ]),
    flops: 2 * convLstmFlops(params, film, channels, filters),
    problems,
  };
}

const DIRECTIONS: [string, string] = ['forward_', 'backward_'];

const cellId = (params: PlainParams) => textOf(params, 'cell') as keyof typeof CELLS | typeof FILM;

const cellOf = (params: PlainParams): Cell => {
  const id = cellId(params);
  invariant(id !== FILM, 'a cell over rows');
  return CELLS[id];
};

const MERGE: Record<string, (tf: Tf, a: Tensor, b: Tensor) => Tensor> = {
  concat: (tf, a, b) => tf.concat([a, b], -1),
  sum: (tf, a, b) => tf.add(a, b),
  average: (tf, a, b) => tf.mul(tf.add(a, b), 0.5),
  multiply: (tf, a, b) => tf.mul(a, b),
};

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const { params, variables } = context;
    const every = textOf(params, 'gives') === 'every';
    const rows = tensorOn(context.inputs, 'x').shape[0] ?? 0;
    const writes: Record<string, Tensor> = {};
    const [forwards, backwards] = DIRECTIONS.map((prefix, at) => {
      const film = cellId(params) === FILM;
      const { states } = film ? CONV_LSTM : cellOf(params);
      const order: ReadingOrder = {
        backwards: at === 1,
        masked: every ? 'zero' : 'as before',
        from: stoppedAt(tf, context, states, rows, prefix),
      };
      const read = film
        ? readSteps(tf, context, convLstmReader(tf, context, prefix), order)
        : unroll(tf, context, cellOf(params), cellWeights(variables, prefix), order);
      Object.assign(writes, stopsAt(tf, context, states, read.state, prefix));
      if (!every) return read.last;
      return at === 1 ? tf.reverse(read.every(), 1) : read.every();
    });
    const merge = required(MERGE[textOf(params, 'merge')], 'a way to merge');
    const y = merge(tf, required(forwards, 'one way'), required(backwards, 'the other way'));
    return { outputs: { y }, ...(Object.keys(writes).length > 0 && { writes }) };
  },
};

const KERAS_MERGE: Record<string, string> = { concat: 'concat', sum: 'sum', average: 'ave', multiply: 'mul' };

export const emit: Emit = {
  keras(context) {
    const { params } = context;
    const layer = directionLayer(params);
    const inner = (config: Record<string, Json>): Json => ({
      module: 'keras.layers',
      class_name: layer.className,
      config: { ...layer.config, ...config },
      registered_name: null,
    });
    const after = textOf(params, 'cell') === 'gru' && flagOf(params, 'resetAfter');
    const mergeMode = required(KERAS_MERGE[textOf(params, 'merge')], 'a way to merge');
    const both: KerasLayer = {
      className: 'Bidirectional',
      config: { merge_mode: mergeMode, layer: inner({}) },
      weights: DIRECTIONS.flatMap((prefix) => layer.weights.map((slot) => `${prefix}${slot}`)),
      weightsAt: DIRECTIONS.flatMap((prefix) => layer.weights.map(() => `${prefix}layer/cell/vars`)),
      tfjs: tfjsLayer(layer, after),
    };
    return [usedRecurrentLayer(both, context)];
  },
  torch(context) {
    const { params } = context;
    const cell = cellId(params);
    if (cell !== FILM) return torchBothWays(cell, context, DIRECTIONS);
    return torchConvBothWays(context, numberOf(params, 'units'), DIRECTIONS, torchMerged(textOf(params, 'merge')));
  },
  onnx: (context) => (cellId(context.params) === FILM ? onnxUnfixed(context) : undefined) ?? onnxBothWays(context),
};

const onnxBothWays = (context: EmitContext): OnnxEmission => {
  const { params } = context;
  const cell = cellId(params);
  return {
    write(place) {
      const every = textOf(params, 'gives') === 'every';
      const order = { every, inOrder: 'of time', masked: every ? 'zero' : 'as before' } as const;
      const [a = '', b = ''] = DIRECTIONS.map((prefix, at) => {
        const reading = { ...order, prefix, backwards: at === 1 };
        return cell === FILM
          ? onnxConvReading(place, context, { ...reading, filters: numberOf(params, 'units') }).y
          : onnxReading(place, { ...reading, cell, params }).y;
      });
      const merge = textOf(params, 'merge');
      if (merge === 'concat') return { y: place.node('Concat', [a, b], { axis: -1 }) };
      const y = place.node(merge === 'multiply' ? 'Mul' : 'Add', [a, b]);
      return { y: merge === 'average' ? place.node('Mul', [y, place.constant(0.5)]) : y };
    },
  };
};

/** How TensorFlow.js writes the layer inside. */
function tfjsLayer({ className, config, tfjs }: KerasLayer, after: boolean): NonNullable<KerasLayer['tfjs']> {
  if (after) return { unsupported: 'TensorFlow.js resets before the product only' };
  if (tfjs?.unsupported !== undefined) return tfjs;
  return { config: { layer: { class_name: className, config: { ...config, ...tfjs?.config, name: 'layer' } } } };
}

/** The layer that reads forwards. */
function directionLayer(params: PlainParams): KerasLayer {
  switch (cellId(params)) {
    case FILM:
      return kerasConvLstm(params, numberOf(params, 'units'));
    case 'lstm':
      return recurrentLayer('LSTM', params, {
        activation: 'tanh',
        recurrent_activation: 'sigmoid',
        unit_forget_bias: flagOf(params, 'bias'),
      });
    case 'gru':
      return recurrentLayer('GRU', params, {
        activation: 'tanh',
        recurrent_activation: 'sigmoid',
        reset_after: flagOf(params, 'resetAfter'),
      });
    default:
      return builtIn(recurrentLayer('SimpleRNN', params, {}), textOf(params, 'activation'));
  }
}
