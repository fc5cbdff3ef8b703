import type { Field } from './field';

/** How often a sink emits. 0: after each validation, which by default is at the end of each epoch. */
export const emitEveryField = (iterations: number): Field => ({
  type: 'number',
  title: 'Every',
  default: iterations,
  min: 0,
  max: 1_000_000,
  soft: [0, 1000],
  integer: true,
  help: 'After how many iterations a new sample is taken; 0 takes one after each validation.',
});
