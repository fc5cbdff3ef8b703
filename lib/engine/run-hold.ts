import { required } from '@/lib/base/invariant';
import type { Sweep } from '@/lib/compile/program';
import type { Tensor } from '@/lib/nodes/kind';
import { arraysOf } from './fold-totals';
import { holdRun, specsOf } from './plan';
import { sweepTotals } from './run-sweep';
import { replace, upload } from './state-tensors';
import type { TrainingRun } from './training-run';

/**
 * A sweep over train whose folds give tensors: held values and fitted variables take the place of the old ones. Replaced
 * variables go to `old`. False where `interrupted` said so: then nothing has changed.
 */
export async function runHold(
  run: TrainingRun,
  sweep: Sweep,
  iteration: number,
  interrupted: () => Promise<boolean>,
  old: Tensor[],
): Promise<boolean> {
  const { plan, program, host, device } = run;
  const { tf } = host;
  const totals = await sweepTotals(run, sweep, iteration, interrupted);
  if (!totals) return false;
  run.graphs.saved = null;
  for (const [fold, sums] of totals) {
    const made = holdRun(plan.kinds, fold).hold(arraysOf(sums), fold.params, specsOf(program, fold.in));
    const of = (name: string) => required(made[name], `${name} of ${fold.kind}`);
    if ('held' in fold.gives) {
      const { held } = fold.gives;
      replace(device.held, held, upload(tf, of(held.slice(fold.id.length + 1))), tf);
    } else if ('variables' in fold.gives)
      for (const id of fold.gives.variables)
        replace(device.variables, id, upload(tf, of(id.slice(id.lastIndexOf('#') + 1))), tf, old);
  }
  return true;
}
