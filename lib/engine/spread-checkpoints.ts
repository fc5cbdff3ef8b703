/** Iterations between checkpoints for recovery, at least; every slice starts again from the newest. */
export const RECOVERY_EVERY = 200;
/** Milliseconds of training between two of them are enough. */
const RECOVERY_TIME = 4_000;

/** Of those, at most so many stay once later ones are stored. */
const MOST = 10;

/**
 * Iterations between checkpoints for recovery where an iteration takes so long: where that is short, they are farther apart
 * by doubling, which leaves out none of those that stay to the end of a run of so many iterations.
 */
export function recoveryEvery(stepMilliseconds: number, iterations: number): number {
  let every = RECOVERY_EVERY;
  while (every * stepMilliseconds < RECOVERY_TIME && iterations / every > MOST) every *= 2;
  return every;
}

/**
 * Which checkpoints for recovery stay, so that a branch can leave a run at many places: about ten, evenly over the run so
 * far. As it grows every second one of them goes, and none comes back.
 */
export function spreadCheckpoints(iterations: readonly number[], every: number): number[] {
  const last = Math.max(0, ...iterations);
  let spacing = every;
  while (last / spacing > MOST) spacing *= 2;
  return iterations.filter((iteration) => iteration > 0 && iteration % spacing === 0);
}
