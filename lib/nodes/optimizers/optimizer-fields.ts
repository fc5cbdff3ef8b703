import type { Field } from '../field';
import type { PortFace } from '../kind';

/** The learning rate that every optimizer has; live, so a schedule can drive it. */
export const rateField = (rate: number): Field => ({
  type: 'number',
  title: 'Learning rate',
  default: rate,
  min: 0,
  max: 1000,
  soft: [1e-5, 1],
  logarithmic: true,
  live: true,
  essential: true,
  help: 'How far each update moves the weights. Too small is slow, too large jumps over the valley.',
});

/** A number of the algorithm between 0 and 1, such as a decay. */
export const fractionField = (title: string, value: number, help: string): Field => ({
  type: 'number',
  title,
  default: value,
  min: 0,
  max: 1,
  step: 0.001,
  live: true,
  help,
});

export const epsilonField = (): Field => ({
  type: 'number',
  title: 'Epsilon',
  default: 1e-7,
  min: 0,
  max: 1,
  logarithmic: true,
  live: true,
  help: 'Keeps the division from growing without limit where gradients are tiny.',
});

/** What every optimizer has beside its algorithm: when it is due and what happens to its gradient. */
export const scheduleFields = (): Record<string, Field> => ({
  every: whole(
    'Every',
    1,
    1,
    'The step runs in every so-many-th iteration only; a critic may train more often than a generator.',
  ),
  from: whole('From', 0, 0, 'First iteration in which the step runs.'),
  until: {
    type: 'optional-number',
    title: 'Until',
    default: null,
    min: 1,
    integer: true,
    none: 'the end',
    help: 'The iteration before which the step stops for good.',
  },
  accumulate: whole(
    'Accumulate',
    1,
    1,
    'Averages the gradients of so many due iterations into one update: a large batch on a small device.',
  ),
  clip: {
    type: 'choice',
    title: 'Clip gradient',
    default: 'none',
    help: 'Shortens gradients that are too long, which keeps training from exploding.',
    choices: [
      { value: 'none', title: 'No' },
      { value: 'norm', title: 'Each weight tensor’s norm' },
      { value: 'global-norm', title: 'Norm of all together' },
      { value: 'value', title: 'Each number' },
    ],
  },
  clipAt: {
    type: 'number',
    title: 'Clip at',
    default: 1,
    min: 1e-6,
    max: 1e6,
    logarithmic: true,
    live: true,
    when: { field: 'clip', is: ['norm', 'global-norm', 'value'] },
  },
  nonFinite: {
    type: 'choice',
    title: 'If numbers explode',
    default: 'stop',
    choices: [
      { value: 'stop', title: 'Stop the run', help: 'And name the node where it began.' },
      { value: 'retire', title: 'Retire this optimizer', help: 'The others go on.' },
    ],
  },
});

function whole(title: string, value: number, min: number, help: string): Field {
  return { type: 'number', title, default: value, min, max: 1_000_000_000, integer: true, help };
}

export const OPTIMIZER_INPUTS: PortFace[] = [
  { id: 'loss', title: 'Loss', type: 'loss' },
  { id: 'weights', title: 'Updates', type: 'weights', optional: true, variadic: true },
];

export const OPTIMIZER_OUTPUTS: PortFace[] = [{ id: 'step', title: 'Step', type: 'step' }];
