import { replace } from './state-tensors';
import type { TrainingRun } from './training-run';

/** What is remembered within an epoch is zero again when the next one opens. Replaced variables go to `old`. */
export function resetCarries({ program, host, device, graphs }: TrainingRun, old: Parameters<typeof replace>[4]): void {
  const { tf } = host;
  for (const { id, shape, resets } of program.variables) {
    if (resets === undefined) continue;
    // Whoever goes back in time begins after this.
    graphs.saved = null;
    replace(device.variables, id, tf.zeros(shape), tf, old);
  }
}
