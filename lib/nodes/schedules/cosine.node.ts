import { numberOf } from '../common/params';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { CLOCK_OUTPUTS, inferClock, lengthField, lengthOf, progress, startOf, unitField, valueField } from './schedule';

export const face: Face = {
  id: 'cosine',
  version: 1,
  title: 'Cosine',
  summary: 'Falls gently from one value to another.',
  category: 'schedules',
  makes: 'number',
  role: 'clock',
  aliases: ['cosine decay', 'annealing', 'learning rate schedule', 'warm-up', 'warmup'],
  icon: 'chart-line',
  fields: {
    from: valueField('From', 1e-3, 'The value at the start, after the warm-up.'),
    to: valueField('To', 0, 'The value at the end.'),
    over: lengthField('Over', 'How long the fall takes; afterwards the value stays.'),
    warmup: {
      type: 'number',
      title: 'Warm-up',
      default: 0,
      min: 0,
      help: 'How long the value first rises from 0 in a straight line.',
    },
    unit: unitField(),
  },
  inputs: [],
  outputs: CLOCK_OUTPUTS,
  body: { draw: 'curve', fn: 'cosine' },
  oftenNext: ['adam', 'sgd', 'momentum'],
};

export const infer: Infer = inferClock;

export const docs: KindDocs = {
  text: 'Wire it into a learning rate: large steps first, then ever smaller ones, along half a cosine. A warm-up keeps the first steps, whose gradients are wild, small.',
  formula: 'v = to + (from − to)·(1 + cos(π·t)) / 2, t from 0 to 1',
  source: 'Loshchilov and Hutter, SGDR, 2017; Keras 3 CosineDecay',
};

export const examples: KindExample[] = [
  { title: 'Over the whole run', inputs: {} },
  { title: 'With warm-up', params: { warmup: 2, over: 8, from: 0.1, to: 0.01 }, inputs: {} },
];

export const run: KindRun = {
  as: 'clock',
  run(context) {
    const { params, iteration } = context;
    const [from, to] = [numberOf(params, 'from'), numberOf(params, 'to')];
    const warmup = startOf(context, 'warmup');
    if (iteration < warmup) return { value: (from * (iteration + 1)) / (warmup + 1) };
    const t = progress(iteration, warmup, lengthOf(context, 'over', warmup));
    return { value: to + ((from - to) * (1 + Math.cos(Math.PI * t))) / 2 };
  },
};
