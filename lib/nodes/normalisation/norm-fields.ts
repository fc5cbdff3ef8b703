import type { Field } from '../field';

export const epsilonField = (epsilon: number): Field => ({
  type: 'number',
  title: 'Epsilon',
  default: epsilon,
  min: 0,
  max: 1,
  logarithmic: true,
  help: 'Keeps the division finite.',
});
