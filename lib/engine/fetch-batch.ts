import { required } from '@/lib/base/invariant';
import type { Op, ValueId } from '@/lib/compile/program';
import type { HostTensor, Tensor } from '@/lib/nodes/kind';
import { type HostText, readArrays, toTensor } from './batches';
import type { Moment } from './calendar';
import { childKey } from './child-key';
import { evaluateOps } from './evaluate-ops';
import { kindOf, type Plan, sliceOf } from './plan';
import { download } from './state-tensors';
import { datasetOf, heldFor, randomFor, type TrainingRun, variableOf } from './training-run';

/** Opens an iteration: every source gives its batch, host ops run with the iteration's first weights. Call in a tidy. */
export function fetchBatch(run: TrainingRun, moment: Moment, clocks: Map<ValueId, number>): Map<ValueId, Tensor> {
  if (!run.plan.fetch) return new Map();
  return evaluateFetch(run, moment, clocks, readSets(run, moment));
}

/** The same for compiled steps, in memory: what data sets and host ops give. Noise is drawn by the steps themselves. */
export function fetchFeeds(run: TrainingRun, moment: Moment, clocks: Map<ValueId, number>): Map<ValueId, HostTensor> {
  const feeds = new Map<ValueId, HostTensor>();
  const { plan } = run;
  if (!plan.fetch) return feeds;
  const host = usesHost(plan);
  // A graph call takes copies of what it is given.
  const arrays = readSets(run, moment, host ? undefined : run.spare);
  for (const [id, array] of arrays) if (!Array.isArray(array.data)) feeds.set(id, array as HostTensor);
  if (host)
    run.host.tf.tidy(() => {
      const values = evaluateFetch(run, moment, clocks, arrays);
      const drawn = new Set(drawnSources(plan).flatMap((op) => Object.values(op.out)));
      for (const [id, tensor] of values)
        if (tensor.dtype !== 'string' && !feeds.has(id) && !drawn.has(id)) feeds.set(id, download(tensor));
    });
  return feeds;
}

/** Whether an iteration begins with work on the host, which may look at the weights. Clocks are none: they are numbers. */
export const usesHost = (plan: Plan): boolean =>
  plan.fetch !== null &&
  (sliceOf(plan, plan.fetch.ops).some(({ where }) => where !== 'clock') ||
    sliceOf(plan, plan.fetch.sources).some((op) => !plan.datasets.includes(op) && !isDrawn(plan, op)));

/** Sources that are nothing but random numbers. */
export const drawnSources = (plan: Plan): Op[] =>
  plan.fetch ? sliceOf(plan, plan.fetch.sources).filter((op) => isDrawn(plan, op)) : [];

const isDrawn = (plan: Plan, op: Op): boolean => !plan.datasets.includes(op) && !kindOf(plan.kinds, op.kind).face.calls;

function readSets(run: TrainingRun, moment: Moment, spare?: TrainingRun['spare']): Map<ValueId, HostTensor | HostText> {
  const { plan } = run;
  const arrays = new Map<ValueId, HostTensor | HostText>();
  for (const op of plan.fetch ? sliceOf(plan, plan.fetch.sources) : []) {
    if (!plan.datasets.includes(op)) continue;
    const dataset = datasetOf(run, op.id);
    const examples = dataset.card.counts.train;
    const weights = op.in.sampling?.map((id) => required(run.device.held.get(id), `held value ${id}`))[0];
    const rows = weights
      ? run.rows.drawn(op.id, examples, weights, moment)
      : run.rows.rows(op, examples, moment, run.calendar.batch);
    for (const [id, array] of readArrays(op, dataset, 'train', rows, arrays, spare)) arrays.set(id, array);
  }
  return arrays;
}

function evaluateFetch(
  run: TrainingRun,
  moment: Moment,
  clocks: Map<ValueId, number>,
  arrays: ReadonlyMap<ValueId, HostTensor | HostText>,
): Map<ValueId, Tensor> {
  const { plan, host } = run;
  const values = heldFor(run, plan.program.ops);
  for (const [id, array] of arrays) values.set(id, toTensor(host.tf, array));
  const { sources, ops } = required(plan.fetch ?? undefined, 'fetch');
  const rest = sliceOf(plan, [...sources, ...ops]).sort((a, b) => placeOf(run, a.id) - placeOf(run, b.id));
  evaluateOps(rest, values, {
    tf: host.tf,
    kinds: plan.kinds,
    ops: plan.ops,
    specs: run.program.values,
    bodies: run.program.bodies,
    mode: 'train',
    batch: moment.batch,
    clocks,
    random: randomFor(run, 'train', moment.iteration),
    variable: variableOf(run),
    child: (request) => run.progress.children[childKey(request)]?.score,
  });
  return values;
}

const placeOf = (run: TrainingRun, path: string): number => run.plan.places.get(path) ?? 0;
