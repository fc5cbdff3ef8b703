/** Iterations between checkpoints for recovery; every slice starts again from the newest. */
export const RECOVERY_EVERY = 200;

/** Of those, at most so many stay once later ones are stored. */
const MOST = 10;

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
