import { numberOf } from '../common/params';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { CLOCK_OUTPUTS, inferClock, lengthField, lengthOf, unitField, valueField } from './schedule';

export const face: Face = {
  id: 'one-cycle',
  version: 1,
  title: 'One cycle',
  summary: 'Rises to a peak and falls far below its start.',
  category: 'schedules',
  makes: 'number',
  role: 'clock',
  aliases: ['1cycle', 'super-convergence', 'onecyclelr', 'learning rate schedule', 'cyclical'],
  icon: 'mountain',
  fields: {
    peak: valueField('Peak', 1e-2, 'The largest value.'),
    rise: {
      type: 'number',
      title: 'Rises over',
      default: 0.3,
      min: 0.01,
      max: 0.99,
      step: 0.05,
      essential: true,
      help: 'The share of the length until the peak.',
    },
    over: lengthField('Over', 'How long the whole cycle takes; afterwards the value stays.'),
    first: {
      type: 'number',
      title: 'Start divides by',
      default: 25,
      min: 1,
      help: 'The first value is the peak divided by this.',
    },
    last: {
      type: 'number',
      title: 'End divides by',
      default: 1e4,
      min: 1,
      logarithmic: true,
      help: 'The last value is the first one divided by this.',
    },
    unit: unitField(),
  },
  inputs: [],
  outputs: CLOCK_OUTPUTS,
  body: { draw: 'curve', fn: 'one-cycle' },
  oftenNext: ['sgd', 'momentum', 'adam'],
};

export const infer: Infer = inferClock;

export const docs: KindDocs = {
  text: 'Begins small, rises along half a cosine to a large learning rate, and falls along another far below the start. Large rates in the middle keep the network from settling too early.',
  formula: 'peak / first → peak → peak / (first · last), by half cosines',
  source: 'Smith and Topin, Super-convergence, 2018; PyTorch OneCycleLR',
};

export const examples: KindExample[] = [
  { title: 'Over the whole run', inputs: {} },
  { title: 'Ten epochs', params: { over: 10, unit: 'epochs', peak: 0.1 }, inputs: {} },
];

/** Half a cosine from one value to another, `t` from 0 to 1. */
const between = (from: number, to: number, t: number): number => to + ((from - to) / 2) * (1 + Math.cos(Math.PI * t));

export const run: KindRun = {
  as: 'clock',
  run(context) {
    const { params, iteration } = context;
    const peak = numberOf(params, 'peak');
    const first = peak / numberOf(params, 'first');
    const length = lengthOf(context, 'over', 0);
    // PyTorch's phases end at these iterations.
    const top = numberOf(params, 'rise') * length - 1;
    const end = length - 1;
    if (iteration <= top) return { value: between(first, peak, top <= 0 ? 1 : iteration / top) };
    const t = end <= top ? 1 : Math.min(1, (iteration - top) / (end - top));
    return { value: between(peak, first / numberOf(params, 'last'), t) };
  },
};
