import { required } from '@/lib/base/invariant';
import type { Path } from '@/lib/compile/program';
import { type ChildRequest, childrenOf } from '@/lib/nodes/common/children';
import type { Moment } from './calendar';
import { childKey } from './child-key';
import { fetchBatch } from './fetch-batch';
import { kindOf } from './plan';
import { compileChild } from './train-child';
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
  const missing = new Map<string, { request: ChildRequest; by: Path }>();
  tf.tidy(() => {
    const values = fetchBatch(run, moment, clocks);
    for (const op of run.plan.fetch?.ops ?? []) {
      const { kind, params, in: inputs } = required(run.plan.ops.get(op), op);
      if (!trains(kind)) continue;
      const tokens = required(values.get(inputs.tokens?.[0] ?? ''), `tokens of ${op}`);
      for (const request of childrenOf(params, { data: tokens.dataSync() as Int32Array, shape: tokens.shape }))
        missing.set(childKey(request), { request, by: op });
    }
  });
  const { children } = whole.progress;
  for (const key of Object.keys(children)) missing.delete(key);
  if (missing.size === 0) return true;
  const parameters = new Map<string, number | null>();
  for (const [key, { request }] of missing)
    parameters.set(key, (await compileChild(run.host, request, run.plan.kinds))?.parameters ?? null);
  return await train(
    [...missing].map(([key, { request }]) => ({ key, request })),
    (key, score) => {
      const { request, by } = required(missing.get(key), `child ${key}`);
      const size = parameters.get(key) ?? null;
      children[key] = { set: request.set, score, parameters: size, iteration: moment.iteration, by };
    },
  );
}
