import { required } from '@/lib/base/invariant';
import type { ValueId } from '@/lib/compile/program';
import type { Tensor } from '@/lib/nodes/kind';
import { readRows } from './batches';
import type { Moment } from './calendar';
import { evaluateOps } from './evaluate-ops';
import { sliceOf } from './plan';
import { datasetOf, heldFor, randomFor, type TrainingRun, variableOf } from './training-run';

/** Opens an iteration: every source gives its batch, host ops run with the iteration's first weights. Call in a tidy. */
export function fetchBatch(run: TrainingRun, moment: Moment, clocks: Map<ValueId, number>): Map<ValueId, Tensor> {
  const { plan, host } = run;
  if (!plan.fetch) return new Map();
  const values = heldFor(run, plan.program.ops);
  const sources = sliceOf(plan, plan.fetch.sources);
  for (const op of sources) {
    if (!plan.datasets.includes(op)) continue;
    const dataset = datasetOf(run, op.id);
    const examples = dataset.card.counts.train;
    const weights = op.in.sampling?.map((id) => required(values.get(id), `held value ${id}`))[0];
    const rows = weights
      ? run.rows.drawn(op.id, examples, weights, moment)
      : run.rows.rows(op.id, examples, moment, run.calendar.batch);
    readRows(host.tf, op, dataset, 'train', rows, values);
  }
  const rest = [...sources, ...sliceOf(plan, plan.fetch.ops)].sort((a, b) => placeOf(run, a.id) - placeOf(run, b.id));
  evaluateOps(rest, values, {
    tf: host.tf,
    kinds: plan.kinds,
    ops: plan.ops,
    bodies: run.program.bodies,
    mode: 'train',
    batch: moment.batch,
    clocks,
    random: randomFor(run, 'train', moment.iteration),
    variable: variableOf(run),
  });
  return values;
}

const placeOf = (run: TrainingRun, path: string): number => run.plan.places.get(path) ?? 0;
