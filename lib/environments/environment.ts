import type { Spec } from '@/lib/tensor/spec';

/**
 * A world that a policy acts in: a file `lib/environments/<name>.environment.ts` that exports `environment`. Pure: a state
 * is numbers, chance comes only from the draws of a start, and a step makes a new state.
 */
export interface Environment {
  /** Kebab-case; forever. */
  id: string;
  title: string;
  /** One sentence: what is to be done, and what is paid for it. */
  summary: string;
  /** Of one observation, without the batch axis. */
  observation: Omit<Spec, 'shape'> & { shape: number[] };
  /** Names of the actions, in their order. */
  actions: string[];
  /** How many numbers of [0, 1) a start needs. */
  draws: number;
  start(draws: ArrayLike<number>): number[];
  step(state: readonly number[], action: number): Step;
  /** Numbers of an observation, row by row. */
  observe(state: readonly number[]): number[];
  /** Paper or other source. */
  source: string;
}

export interface Step {
  state: number[];
  reward: number;
  /** The episode is over. */
  done: boolean;
}
