import { numberOf, optionalNumberOf, textOf } from '../common/params';
import type { Field } from '../field';
import type { ClockContext, Inference, PortFace } from '../kind';

export const CLOCK_OUTPUTS: PortFace[] = [{ id: 'value', title: 'Value', type: 'number' }];

export const inferClock = (): Inference => ({
  outputs: { value: { shape: [], dtype: 'float32', meaning: 'any' } },
});

/** A number that a schedule starts from or goes to. */
export const valueField = (title: string, value: number, help: string): Field => ({
  type: 'number',
  title,
  default: value,
  logarithmic: true,
  essential: true,
  help,
});

/** The unit in which a schedule counts. */
export const unitField = (): Field => ({
  type: 'choice',
  title: 'Counted in',
  default: 'iterations',
  choices: [
    { value: 'iterations', title: 'Iterations' },
    { value: 'epochs', title: 'Epochs' },
  ],
});

export const lengthField = (title: string, help: string): Field => ({
  type: 'optional-number',
  title,
  default: null,
  min: 0,
  none: 'the whole run',
  help,
});

/** Iterations that a length in the chosen unit takes. Where an epoch has no known length, an epoch counts as one iteration. */
export const inIterations = ({ params, iterationsPerEpoch }: ClockContext, length: number): number =>
  textOf(params, 'unit') === 'epochs' ? length * (iterationsPerEpoch ?? 1) : length;

/** Iterations of the param `key`; off, it is what the run has left after `start` (0 where the run's length is open). */
export function lengthOf(context: ClockContext, key: string, start: number): number {
  const length = optionalNumberOf(context.params, key);
  return length === null ? Math.max(0, (context.iterations ?? 0) - start) : inIterations(context, length);
}

/** How far `iteration` is through `length` iterations from `start` on, from 0 to 1; the last one is at 1. */
export const progress = (iteration: number, start: number, length: number): number =>
  length <= 1 ? (iteration >= start ? 1 : 0) : Math.min(1, Math.max(0, (iteration - start) / (length - 1)));

export const startOf = (context: ClockContext, key: string): number =>
  inIterations(context, numberOf(context.params, key));
