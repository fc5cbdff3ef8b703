import { groupDigits } from '@/app/_ui/group-digits';
import type { RunSettings } from '@/lib/protocol/service';

/** “Before the drop, step 400, in epoch 2”: what people choose a checkpoint by. */
export function checkpointTitle(
  { iteration, best, name }: RunSettings['checkpoints'][number],
  iterationsPerEpoch: number | null,
): string {
  const epochs = iterationsPerEpoch === null ? null : iteration / iterationsPerEpoch;
  const after =
    epochs === null ? '' : Number.isInteger(epochs) ? `, after epoch ${epochs}` : `, in epoch ${Math.ceil(epochs)}`;
  const step = `step ${groupDigits(iteration)}${after}${best ? ', the best so far' : ''}`;
  return name === null ? step : `${name}, ${step}`;
}
