import { numberOf } from '../common/params';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { CLOCK_OUTPUTS, inferClock, valueField } from './schedule';

export const face: Face = {
  id: 'plateau',
  version: 1,
  title: 'Plateau',
  summary: 'Becomes smaller each time a metric stops getting better.',
  category: 'schedules',
  makes: 'number',
  role: 'clock',
  aliases: ['reduce on plateau', 'ReduceLROnPlateau', 'learning rate', 'adaptive', 'stagnation'],
  icon: 'stairs-down',
  fields: {
    from: { ...valueField('From', 0.001, 'The value at the start.') },
    factor: {
      type: 'number',
      title: 'Factor',
      default: 0.1,
      min: 0,
      max: 1,
      essential: true,
      help: 'What the value is multiplied by each time.',
    },
    patience: {
      type: 'number',
      title: 'Patience',
      default: 10,
      min: 1,
      max: 10_000,
      integer: true,
      essential: true,
      help: 'After how many validations without a better metric.',
    },
    minDelta: {
      type: 'number',
      title: 'Least gain',
      default: 0.0001,
      min: 0,
      help: 'How much better it must be to count.',
    },
    cooldown: {
      type: 'number',
      title: 'Rest',
      default: 0,
      min: 0,
      max: 10_000,
      integer: true,
      help: 'For how many validations nothing is counted after a step.',
    },
    least: { type: 'number', title: 'Not below', default: 0, min: 0, help: 'The smallest value.' },
    better: {
      type: 'choice',
      title: 'Better is',
      default: 'auto',
      choices: [
        { value: 'auto', title: 'What the metric says' },
        { value: 'lower', title: 'Lower' },
        { value: 'higher', title: 'Higher' },
      ],
    },
  },
  inputs: [{ id: 'metric', title: 'Metric', type: 'metric' }],
  outputs: CLOCK_OUTPUTS,
  oftenNext: ['adam', 'sgd'],
};

export const infer: Infer = inferClock;

export const docs: KindDocs = {
  text: 'Wire a metric or a loss in and the value into a learning rate. After each validation it looks whether the metric has become better; where it has not for some time, the value takes a step down. Often a smaller rate then finds a way on.',
  formula: 'v ← max(least, factor·v) after patience validations without gain',
  source: 'Keras 3 ReduceLROnPlateau',
};

export const examples: KindExample[] = [
  { title: 'Halved after three', params: { factor: 0.5, patience: 3 }, inputs: {} },
  { title: 'With a rest', params: { patience: 2, cooldown: 2, least: 0.00001 }, inputs: {} },
];

export const run: KindRun = {
  as: 'clock',
  /** Keras' callback over all validations so far: the state is what the metric was. */
  run({ params, followed }) {
    const sign = followed?.better === 'higher' ? -1 : 1;
    const [factor, patience] = [numberOf(params, 'factor'), numberOf(params, 'patience')];
    const [least, gain] = [numberOf(params, 'least'), numberOf(params, 'minDelta')];
    let value = numberOf(params, 'from');
    let best = Number.POSITIVE_INFINITY;
    let wait = 0;
    let resting = 0;
    for (const metric of followed?.values ?? []) {
      if (resting > 0) {
        resting--;
        wait = 0;
      }
      // A metric that is not finite is never better.
      const now = metric === null ? Number.NaN : sign * metric;
      if (now < best - gain) {
        best = now;
        wait = 0;
      } else if (resting === 0) {
        wait++;
        if (wait < patience || value <= least) continue;
        value = Math.max(least, value * factor);
        resting = numberOf(params, 'cooldown');
        wait = 0;
      }
    }
    return { value };
  },
};
