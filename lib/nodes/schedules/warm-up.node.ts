import { numberOf } from '../common/params';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { CLOCK_OUTPUTS, inferClock, startOf, unitField, valueField } from './schedule';

export const face: Face = {
  id: 'warm-up',
  version: 1,
  title: 'Warm-up',
  summary: 'Lets another schedule begin small.',
  category: 'schedules',
  makes: 'number',
  role: 'clock',
  aliases: ['warmup', 'linear warm-up', 'ramp up', 'learning rate schedule', 'slow start'],
  icon: 'trending-up',
  fields: {
    to: {
      ...valueField('To', 1e-3, 'The value after the warm-up; wire another schedule in for one that changes.'),
      type: 'number',
      default: 1e-3,
      live: true,
    },
    start: {
      type: 'number',
      title: 'Starts at',
      default: 0.1,
      min: 0,
      max: 1,
      step: 0.05,
      essential: true,
      help: 'The share of the value at the first iteration.',
    },
    over: {
      type: 'number',
      title: 'Over',
      default: 100,
      min: 0,
      soft: [0, 10_000],
      essential: true,
      help: 'How long it takes to rise.',
    },
    unit: unitField(),
  },
  inputs: [],
  outputs: CLOCK_OUTPUTS,
  body: { draw: 'curve', fn: 'warm-up' },
  oftenNext: ['adam', 'sgd', 'momentum'],
};

export const infer: Infer = inferClock;

export const docs: KindDocs = {
  text: 'The first gradients of a fresh network are wild. A warm-up multiplies a learning rate, or a whole schedule that is wired to it, by a share that rises to 1 in a straight line.',
  formula: 'v = to · (start + (1 − start)·min(1, i / over))',
  source: 'Goyal et al., Accurate, large minibatch SGD, 2017; PyTorch LinearLR',
};

export const examples: KindExample[] = [
  { title: 'Defaults', inputs: {} },
  { title: 'Two epochs from zero', params: { start: 0, over: 2, unit: 'epochs' }, inputs: {} },
];

export const run: KindRun = {
  as: 'clock',
  run(context) {
    const { params, numbers, iteration } = context;
    const start = numberOf(params, 'start');
    const over = startOf(context, 'over');
    const risen = over <= 0 ? 1 : Math.min(1, iteration / over);
    return { value: (numbers.to ?? numberOf(params, 'to')) * (start + (1 - start) * risen) };
  },
};
