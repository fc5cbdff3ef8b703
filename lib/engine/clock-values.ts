import { invariant, required } from '@/lib/base/invariant';
import type { Program, ValueId } from '@/lib/compile/program';
import type { ClockContext } from '@/lib/nodes/kind';
import { resolveNumbers } from './evaluate-ops';
import { kindOf, type Plan } from './plan';

/** What clocks hang on beside the moment. */
export interface ClockState {
  /** Numbers that were set by hand. */
  overrides?: Readonly<Record<ValueId, number>>;
  /** What a metric was at each validation before. */
  history?(metric: string): readonly (number | null)[];
}

/** Values of all clocks at an iteration, and overridden numbers; a clock may follow another. */
export function clockValues(
  plan: Plan,
  at: Pick<ClockContext, 'iteration' | 'epoch' | 'iterationsPerEpoch' | 'iterations'>,
  { overrides = {}, history = () => [] }: ClockState = {},
): Map<ValueId, number> {
  const values = new Map<ValueId, number>(Object.entries(overrides));
  for (const op of plan.clocks) {
    const run = kindOf(plan.kinds, op.kind).run;
    invariant(run?.as === 'clock', `${op.kind} is a clock`);
    const { follows } = op;
    const followed = follows && { better: follows.better, values: history(follows.metric) };
    const numbers = resolveNumbers(op.numbers, values);
    const outputs = run.run({ params: op.params, numbers, ...at, ...(followed ? { followed } : {}) });
    for (const [port, id] of Object.entries(op.out))
      values.set(id, required(outputs[port], `output ${port} of ${op.kind}`));
  }
  return values;
}

/** Where a program stands when its run is over: what schedules are taken at where weights are used outside of a run. */
export function endOf({ run }: Program): Parameters<typeof clockValues>[1] {
  const iterations = 'iterations' in run.length ? run.length.iterations : null;
  // How long an epoch is, only its data say: long after the last one every schedule has come to rest.
  const iteration = iterations === null ? 1e9 : Math.max(0, iterations - 1);
  const epoch = 'epochs' in run.length ? Math.max(0, Math.ceil(run.length.epochs) - 1) : 0;
  return { iteration, epoch, iterationsPerEpoch: null, iterations };
}
