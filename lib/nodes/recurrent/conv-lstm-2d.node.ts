import { filtersField } from '../common/conv-layer';
import { specOn, staticProblem, unknownSpec } from '../common/inference';
import { flagOf, numberOf, textOf } from '../common/params';
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
} from '../common/recurrent-layer';
import { readResult, readSteps, stoppedAt } from '../common/unroll';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { onnxConvLstm, torchConvLstm } from './conv-lstm-emission';
import {
  CONV_LSTM,
  convLstmFields,
  convLstmFlops,
  convLstmReader,
  convLstmVariables,
  filmOn,
  kerasConvLstm,
} from './conv-lstm-layer';

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
    ...convLstmFields(),
    ...readingFields(),
  },
  inputs: recurrentInputs(CONV_LSTM),
  outputs: recurrentOutputs(CONV_LSTM),
  grad: recurrentGradients(CONV_LSTM),
  second: true,
  evaluation: 'own',
  rng: 'iteration',
  time: readingTime,
  steps: RECURRENT_STEPS,
  oftenNext: ['conv-lstm-2d', 'batch-norm', 'conv-2d'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const title = 'Conv LSTM 2D';
  const x = specOn(inputs, 'x');
  const out = readOutputs(params, CONV_LSTM);
  const film = filmOn(title, x, params);
  if (x === undefined || film === null) return { outputs: out(unknownSpec(), unknownSpec()) };
  if ('refused' in film) return { outputs: out(unknownSpec(), unknownSpec()), problems: [film.refused] };
  const { batch, time, inner, channels, problems } = film;
  const filters = numberOf(params, 'filters');
  const state = [batch, ...inner, filters];
  const spec = { dtype: 'float32', meaning: 'features' } as const;
  const outputs = out(
    { shape: textOf(params, 'gives') === 'every' ? [batch, time, ...inner, filters] : state, ...spec },
    { shape: state, ...spec },
  );
  problems.push(...maskProblems(title, specOn(inputs, 'mask'), batch, time));
  problems.push(...stateProblems(title, inputs, CONV_LSTM, state, 'filters'));
  problems.push(...statefulProblems(title, { params, inputs }, CONV_LSTM, batch));
  const fixed = inner.every((dim) => typeof dim === 'number');
  if (flagOf(params, 'stateful') && !fixed) problems.push(staticProblem(title, 'x', x, 'pixels'));
  if (typeof channels !== 'number')
    return { outputs, problems: [staticProblem(title, 'x', x, 'channels'), ...problems] };
  return {
    outputs,
    variables: [
      ...convLstmVariables(params, channels, filters),
      ...(fixed ? stateVariables(params, CONV_LSTM, [...inner, filters]) : []),
    ],
    flops: convLstmFlops(params, film, channels, filters),
    problems,
  };
}

export const docs: KindDocs = {
  text: 'An LSTM whose memory is a picture: at every place it decides by a convolution, over the frame and over what it remembers nearby, what enters, what is forgotten and what shows. It foretells the next frame of a film, such as where rain moves.',
  formula: 'i, f, o = gate(W∗xₜ + U∗hₜ₋₁ + b);  c ← f·c + i·g(…);  h = o·g(c)',
  source: 'Shi et al., Convolutional LSTM network, 2015; Keras 3 ConvLSTM2D',
};

export const examples: KindExample[] = [
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
];

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const reader = convLstmReader(tf, context);
    const read = readSteps(tf, context, reader, {
      backwards: flagOf(context.params, 'backwards'),
      from: stoppedAt(tf, context, reader.states, reader.shape[0] ?? 0),
    });
    return readResult(tf, context, reader.states, read);
  },
};

export const emit: Emit = {
  keras: (context) => [usedRecurrentLayer(kerasConvLstm(context.params, numberOf(context.params, 'filters')), context)],
  torch: torchConvLstm,
  onnx: onnxConvLstm,
};
