import { required } from '@/lib/base/invariant';
import { type ChildRequest, childrenOf } from '@/lib/nodes/common/children';
import type { Moment } from './calendar';
import { childKey } from './child-key';
import { fetchBatch } from './fetch-batch';
import { kindOf } from './plan';
import { clocksAt, liveRun, type TrainingRun } from './training-run';

/** A child that a run asks for, by what it is known by. */
export interface AskedChild {
  key: string;
  request: ChildRequest;
}

/**
 * Before an iteration fetches: trains the children that its host ops will ask for, as far as they are not known. They stay
 * known in the run's progress, so that a repeated fetch asks nothing anew. `train` tells each score as soon as it is there.
 * False where some are not known yet.
 */
export async function scoreChildren(
  whole: TrainingRun,
  moment: Moment,
  train: (asked: readonly AskedChild[], known: (key: string, score: number) => void) => Promise<boolean>,
): Promise<boolean> {
  const trains = (kind: string) => kindOf(whole.plan.kinds, kind).face.trains === true;
  if (!whole.program.ops.some(({ kind }) => trains(kind))) return true;
  const clocks = clocksAt(whole, moment);
  const run = liveRun(whole, clocks);
  const { tf } = run.host;
  const asked: ChildRequest[] = [];
  tf.tidy(() => {
    const values = fetchBatch(run, moment, clocks);
    for (const op of run.plan.fetch?.ops ?? []) {
      const { kind, params, in: inputs } = required(run.plan.ops.get(op), op);
      if (!trains(kind)) continue;
      const tokens = required(values.get(inputs.tokens?.[0] ?? ''), `tokens of ${op}`);
      asked.push(...childrenOf(params, { data: tokens.dataSync() as Int32Array, shape: tokens.shape }));
    }
  });
  const { children } = whole.progress;
  const missing = new Map(asked.map((request) => [childKey(request), request]));
  for (const key of Object.keys(children)) missing.delete(key);
  if (missing.size === 0) return true;
  return await train(
    [...missing].map(([key, request]) => ({ key, request })),
    (key, score) => {
      children[key] = score;
    },
  );
}
