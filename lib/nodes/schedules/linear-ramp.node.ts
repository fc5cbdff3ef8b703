import { numberOf } from '../common/params';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { CLOCK_OUTPUTS, inferClock, lengthField, lengthOf, progress, startOf, unitField, valueField } from './schedule';

export const face: Face = {
  id: 'linear-ramp',
  version: 1,
  title: 'Linear ramp',
  summary: 'Goes in a straight line from one value to another.',
  category: 'schedules',
  makes: 'number',
  role: 'clock',
  aliases: ['linear', 'ramp', 'warm-up', 'warmup', 'polynomial decay', 'beta', 'fade'],
  icon: 'trending-up',
  fields: {
    from: { ...valueField('From', 0, 'The value before and at the start.') },
    to: { ...valueField('To', 1, 'The value at the end and after it.') },
    start: { type: 'number', title: 'Start', default: 0, min: 0, help: 'When the ramp begins.' },
    over: lengthField('Over', 'How long the ramp takes.'),
    unit: unitField(),
  },
  inputs: [],
  outputs: CLOCK_OUTPUTS,
  body: { draw: 'curve', fn: 'linear-ramp' },
  oftenNext: ['loss-sum', 'adam', 'dropout'],
};

export const infer: Infer = inferClock;

export const docs: KindDocs = {
  text: 'Wire it into a learning rate, the weight of a loss or a fade: it grows (or falls) evenly, then stays.',
  formula: 'v = from + (to − from)·t, t from 0 to 1',
  source: 'Keras 3 PolynomialDecay, power 1',
};

export const examples: KindExample[] = [{ title: 'Over 2,000 iterations', params: { over: 2000 }, inputs: {} }];

export const run: KindRun = {
  as: 'clock',
  run(context) {
    const { params, iteration } = context;
    const [from, to] = [numberOf(params, 'from'), numberOf(params, 'to')];
    const start = startOf(context, 'start');
    return { value: from + (to - from) * progress(iteration, start, lengthOf(context, 'over', start)) };
  },
};
