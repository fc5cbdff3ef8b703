import { invariant, required } from '@/lib/base/invariant';
import type { ValueId } from '@/lib/compile/program';
import type { ClockContext } from '@/lib/nodes/kind';
import { resolveNumbers } from './evaluate-ops';
import { kindOf, type Plan } from './plan';

/** Values of all clocks at an iteration; a clock may follow another. */
export function clockValues(
  plan: Plan,
  at: Pick<ClockContext, 'iteration' | 'epoch' | 'iterationsPerEpoch' | 'iterations'>,
): Map<ValueId, number> {
  const values = new Map<ValueId, number>();
  for (const op of plan.clocks) {
    const run = kindOf(plan.kinds, op.kind).run;
    invariant(run?.as === 'clock', `${op.kind} is a clock`);
    const outputs = run.run({ params: op.params, numbers: resolveNumbers(op.numbers, values), ...at });
    for (const [port, id] of Object.entries(op.out))
      values.set(id, required(outputs[port], `output ${port} of ${op.kind}`));
  }
  return values;
}
