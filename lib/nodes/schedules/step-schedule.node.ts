import { numberOf } from '../common/params';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { CLOCK_OUTPUTS, inferClock, inIterations, unitField, valueField } from './schedule';

export const face: Face = {
  id: 'step-schedule',
  version: 1,
  title: 'Steps',
  summary: 'Drops at regular times.',
  category: 'schedules',
  makes: 'number',
  role: 'clock',
  aliases: ['step decay', 'staircase', 'learning rate schedule', 'drop', 'piecewise'],
  icon: 'stairs-down',
  fields: {
    from: valueField('From', 1e-3, 'The value at the start.'),
    factor: {
      type: 'number',
      title: 'Factor',
      default: 0.1,
      min: 0,
      max: 1,
      step: 0.01,
      essential: true,
      help: 'What remains of the value after each drop.',
    },
    every: {
      type: 'number',
      title: 'Every',
      default: 1000,
      min: 1e-6,
      soft: [1, 10_000],
      essential: true,
      help: 'How long the value stays before it drops.',
    },
    unit: unitField(),
  },
  inputs: [],
  outputs: CLOCK_OUTPUTS,
  body: { draw: 'curve', fn: 'step-schedule' },
  oftenNext: ['adam', 'sgd', 'momentum'],
};

export const infer: Infer = inferClock;

export const docs: KindDocs = {
  text: 'Keeps its value for a while, then drops to a share of it, again and again: the classic schedule of image classifiers.',
  formula: 'v = from · factor^⌊i / every⌋',
  source: 'Keras 3 ExponentialDecay, staircase',
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
    return { value: numberOf(params, 'from') * numberOf(params, 'factor') ** Math.floor(passed) };
  },
};
