import { numberOf } from '../common/params';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { CLOCK_OUTPUTS, inferClock, inIterations, unitField, valueField } from './schedule';

export const face: Face = {
  id: 'exponential',
  version: 1,
  title: 'Exponential',
  summary: 'Shrinks by the same factor over and over.',
  category: 'schedules',
  makes: 'number',
  role: 'clock',
  aliases: ['exponential decay', 'learning rate schedule', 'decay'],
  icon: 'chart-arrows-vertical',
  fields: {
    from: valueField('From', 1e-3, 'The value at the start.'),
    factor: {
      type: 'number',
      title: 'Factor',
      default: 0.5,
      min: 0,
      max: 1,
      step: 0.01,
      essential: true,
      help: 'What remains of the value after each stretch.',
    },
    every: {
      type: 'number',
      title: 'Every',
      default: 1000,
      min: 1e-6,
      soft: [1, 10_000],
      essential: true,
      help: 'How long it takes to shrink by the factor.',
    },
    unit: unitField(),
  },
  inputs: [],
  outputs: CLOCK_OUTPUTS,
  body: { draw: 'curve', fn: 'exponential' },
  oftenNext: ['adam', 'sgd', 'momentum'],
};

export const infer: Infer = inferClock;

export const docs: KindDocs = {
  text: 'Falls fast at first and ever more slowly later: after each stretch the same share is left.',
  formula: 'v = from · factor^(i / every)',
  source: 'Keras 3 ExponentialDecay',
};

export const examples: KindExample[] = [
  { title: 'Defaults', inputs: {} },
  { title: 'Each epoch', params: { unit: 'epochs', every: 1, factor: 0.9 }, inputs: {} },
];

export const run: KindRun = {
  as: 'clock',
  run(context) {
    const { params, iteration } = context;
    const passed = iteration / inIterations(context, numberOf(params, 'every'));
    return { value: numberOf(params, 'from') * numberOf(params, 'factor') ** passed };
  },
};
