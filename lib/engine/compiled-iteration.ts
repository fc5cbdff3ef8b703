import { required } from '@/lib/base/invariant';
import type { Fold, Path, ValueId, VariableId } from '@/lib/compile/program';
import type { HostTensor } from '@/lib/nodes/kind';
import type { Moment } from './calendar';
import { compilationOf } from './compilation';
import { type OptimizerState, slotKey } from './device-state';
import { fetchFeeds } from './fetch-batch';
import type { Feed } from './host';
import { slotsOf, type UpdatePlan } from './plan';
import { saveBefore } from './saved-state';
import { send } from './state-tensors';
import { traceUpdates } from './trace-updates';
import { feedScope, scalar, splitKey } from './traced-scope';
import type { TrainingRun } from './training-run';

/** What an update of an iteration made, in memory. */
export interface UpdateNumbers {
  update: UpdatePlan;
  loss: number;
  measured: [Fold, Record<string, HostTensor>][];
}

/**
 * Starts all due updates of an iteration as one graph call: noise, forward, backward, optimizers, statistics, metrics.
 * Traced once for each size of batch and set of updates; null where that cannot be. The counters of the run are at once
 * as if the call had ended; whoever looks at its tensors waits for that.
 */
export function startCompiledIteration(
  run: TrainingRun,
  due: readonly UpdatePlan[],
  moment: Moment,
  clocks: Map<ValueId, number>,
): Promise<UpdateNumbers[]> | null {
  if (due.length === 0 || !run.host.compiler) return null;
  const counts = new Map(due.map((update) => [update.task.id, countsOf(run, update)]));
  const of = (path: Path): number[] => required(counts.get(path), path);
  const key = [moment.batch, run.branches, ...due.map((update) => keyOf(run, update, of(update.task.id)))].join('|');
  if (run.graphs.compiled.get(key) === null) return null;
  for (const update of due) fillSlots(run, update);
  const feeds = fetchFeeds(run, moment, clocks);
  const scope = feedScope(run, 'train', moment.iteration, clocks, feeds);
  const feed: Feed = (name) => {
    const [what, rest] = splitKey(name);
    if (what !== 't') return scope(name);
    const [path, group] = splitKey(rest);
    return scalar((of(path)[Number(group)] ?? 0) + 1);
  };
  const compiled = compilationOf(run, key, () => {
    const updated = new Map<Path, VariableId[]>();
    const group = (update: UpdatePlan, id: VariableId): number => of(update.task.id).indexOf(countOf(run, update, id));
    return {
      state: due.flatMap((update) => stateRead(run, update)),
      trace: (compiler) => (input, apply) =>
        traceUpdates(run, due, { compiler, input, apply, batch: moment.batch, clocks, group, updated }),
      example: feed,
      note: updated,
    };
  });
  if (!compiled) return null;
  const { session, step, reads, writes, note: updated } = compiled;
  if (send(session, reads)) run.graphs.saved = null;
  saveBefore(run, moment);
  const outputs = step.start(feed);
  for (const [part, name] of writes) part.leave(name);
  const stays = due.filter(({ task }) => task.nonFinite === 'stop');
  for (const update of stays) countUpdate(run, update, updated);
  return outputs.then((made) =>
    due.map((update, i) => {
      const loss = made[`${i}:loss`]?.data[0] ?? Number.NaN;
      // Where one may retire, nothing is started before this is known.
      if (!stays.includes(update) && Number.isFinite(loss)) countUpdate(run, update, updated);
      return { update, loss, measured: update.folds.map((fold) => [fold, partsOf(made, `${i}:${fold.id}:`)]) };
    }),
  );
}

/** Graphs differ by which weights have been updated equally often, and by where gradients that are gathered stand. */
function keyOf(run: TrainingRun, update: UpdatePlan, counts: readonly number[]): string {
  const { accumulate, id, weights } = update.task;
  const { gathered } = optimizerOf(run, update);
  const phase = accumulate <= 1 ? '' : `${gathered > 0 ? 'on' : 'first'} ${gathered === accumulate - 1 ? 'apply' : ''}`;
  return `${id} ${weights.map((weight) => counts.indexOf(countOf(run, update, weight)))} ${phase}`;
}

function stateRead(run: TrainingRun, update: UpdatePlan): string[] {
  const { task, free, taped } = update;
  const used = [...free, ...taped].flatMap((op) => Object.values(op.uses));
  const averaged = task.averages.flatMap(({ variable, of }) => [variable, of]);
  const variables = new Set([...task.weights, ...used, ...averaged]);
  const { accumulated } = required(run.device.optimizers.get(task.id), task.id);
  const slots = slotsOf(update);
  return [
    ...[...variables].map((id) => `variable:${id}`),
    ...task.weights.flatMap((id) => slots.map(([name]) => `slot:${task.id}:${slotKey(id, name)}`)),
    ...accumulated.keys().map((id) => `accumulated:${task.id}:${id}`),
  ];
}

/** Slots exist from the start, so that the first step has the same inputs as the others. */
function fillSlots(run: TrainingRun, update: UpdatePlan): void {
  const { slots } = optimizerOf(run, update);
  for (const [name, value] of slotsOf(update))
    for (const id of update.task.weights) {
      if (slots.has(slotKey(id, name))) continue;
      const { shape } = required(run.plan.variables.get(id), id);
      slots.put(slotKey(id, name), {
        data: new Float32Array(shape.reduce((size, length) => size * length, 1)).fill(value),
        shape,
      });
    }
}

function countUpdate(run: TrainingRun, update: UpdatePlan, updated: ReadonlyMap<Path, readonly VariableId[]>): void {
  const optimizer = optimizerOf(run, update);
  const { id, accumulate } = update.task;
  for (const variable of updated.get(id) ?? []) optimizer.t.set(variable, countOf(run, update, variable) + 1);
  if (accumulate <= 1) return;
  optimizer.gathered = (optimizer.gathered + 1) % accumulate;
  if (optimizer.gathered === 0) optimizer.accumulated.clear();
}

const optimizerOf = (run: TrainingRun, { task }: UpdatePlan): OptimizerState =>
  required(run.device.optimizers.get(task.id), task.id);

const countOf = (run: TrainingRun, update: UpdatePlan, id: VariableId): number =>
  optimizerOf(run, update).t.get(id) ?? 0;

/** The different numbers of applied updates among the weights; nearly always one. */
const countsOf = (run: TrainingRun, update: UpdatePlan): number[] => [
  ...new Set(update.task.weights.map((id) => countOf(run, update, id))),
];

/** Outputs whose key starts so, without that start. */
export function partsOf(outputs: Record<string, HostTensor>, prefix: string): Record<string, HostTensor> {
  const parts: Record<string, HostTensor> = {};
  for (const [key, tensor] of Object.entries(outputs))
    if (key.startsWith(prefix)) parts[key.slice(prefix.length)] = tensor;
  return parts;
}
