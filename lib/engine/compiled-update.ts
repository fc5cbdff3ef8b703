import { required } from '@/lib/base/invariant';
import type { Fold, ValueId, VariableId } from '@/lib/compile/program';
import type { Tensor } from '@/lib/nodes/kind';
import { applyUpdate } from './apply-update';
import type { Moment } from './calendar';
import { computeGradients } from './compute-gradients';
import { emptyOptimizer, type OptimizerState, replace } from './device-state';
import { measureFold } from './fold-totals';
import type { Compilation, Resolve, StepCompiler } from './host';
import type { UpdatePlan } from './plan';
import { resolveScope, splitKey, tracedScope } from './traced-scope';
import type { TrainingRun } from './training-run';

/** What an update made; nothing of the run has changed yet. */
export interface UpdateOutcome {
  loss: number;
  measured: [Fold, Record<string, Tensor>][];
  /** Puts the new weights, slots and carries in place of the old. */
  commit(): void;
  /** Frees what is kept outside of the tidy. */
  dispose?(): void;
}

export interface UpdateMoment {
  moment: Moment;
  clocks: ReadonlyMap<ValueId, number>;
  values: ReadonlyMap<ValueId, Tensor>;
}

/**
 * An update as one graph call: forward, backward, optimizer, statistics and metrics. Traced once for each batch size and
 * each choice of branches; null where it cannot be, and the reason is then in `run.compiled`. Pure until `commit`, like the eager way. Call in a tidy.
 */
export function runCompiledUpdate(
  run: TrainingRun,
  update: UpdatePlan,
  at: UpdateMoment,
  old: Tensor[],
): UpdateOutcome | null {
  const { compiler } = run.host;
  if (!compiler) return null;
  const optimizer = required(run.device.optimizers.get(update.task.id), update.task.id);
  fillSlots(run, update, optimizer);
  const groups = countGroups(update, optimizer);
  const counted = update.task.weights.map((id) => groups.indexOf(count(optimizer, id)));
  const key = `${update.task.id}|${at.moment.batch}|${run.branches}|${counted}`;
  const compiled = compilationOf(run, key, () => {
    if (update.task.accumulate > 1) return { eager: 'gradients are gathered over several iterations' };
    const next = { ...at, clocks: new Map([...at.clocks].map(([id, value]) => [id, value * 0.75 + 0.0625])) };
    return compiler.compile(
      (input) => traceUpdate(run, compiler, update, optimizer, groups, at, input),
      [
        resolveUpdate(run, optimizer, groups, at, at.moment.iteration, 0),
        resolveUpdate(run, optimizer, groups, next, at.moment.iteration + 1, 1),
      ],
    );
  });
  if ('eager' in compiled) return null;
  const outputs = compiled.run(resolveUpdate(run, optimizer, groups, at, at.moment.iteration, 0));
  return {
    loss: required(outputs.loss, 'loss').dataSync()[0] ?? Number.NaN,
    measured: update.folds.map((fold) => [fold, partsOf(outputs, `measure:${fold.id}:`)]),
    commit: () => commit(run, update, optimizer, outputs, old),
  };
}

/** Compiles once for each key; an error of the trace is a reason to run eagerly. */
export function compilationOf(run: TrainingRun, key: string, compile: () => Compilation): Compilation {
  const known = run.compiled.get(key);
  if (known) return known;
  let made: Compilation;
  try {
    made = compile();
  } catch (error) {
    const reason = run.host.compiler?.reason(error);
    if (reason === null || reason === undefined) throw error;
    made = { eager: reason };
  }
  run.compiled.set(key, made);
  return made;
}

/** The eager code, on inputs of the graph and a state of its own. */
function traceUpdate(
  run: TrainingRun,
  compiler: StepCompiler,
  update: UpdatePlan,
  optimizer: OptimizerState,
  groups: readonly number[],
  at: UpdateMoment,
  input: Resolve,
): ReturnType<Parameters<StepCompiler['compile']>[0]> {
  const { tf } = run.host;
  const { task } = update;
  const scope = tracedScope(compiler, input, at.clocks);
  const averaged = task.averages.flatMap(({ variable, of }) => [variable, of]);
  const used = new Set([
    ...task.weights,
    ...averaged,
    ...[...update.free, ...update.taped].flatMap((op) => Object.values(op.uses)),
  ]);
  const variables = new Map([...used].map((id) => [id, scope.variable(id)]));
  const values = new Map([...at.values.keys()].map((id) => [id, input(`value:${id}`)]));
  const computed = computeGradients(update, {
    tf,
    kinds: run.plan.kinds,
    ops: run.plan.ops,
    bodies: run.program.bodies,
    variables,
    values,
    clocks: scope.clocks,
    batch: at.moment.batch,
    random: scope.random,
  });
  const state: OptimizerState = { ...emptyOptimizer(), slots: new Map() };
  for (const id of task.weights) {
    const names = Object.keys(optimizer.slots.get(id) ?? {});
    state.slots.set(id, Object.fromEntries(names.map((name) => [name, input(`slot:${name}:${id}`).clone()])));
  }
  const after = new Map(variables);
  const t = (id: VariableId): Tensor => input(`t:${groups.indexOf(count(optimizer, id))}`);
  const device = { variables: after, optimizers: new Map([[task.id, state]]), held: new Map(), best: null };
  applyUpdate(tf, update, computed, { clocks: scope.clocks, t }, device, []);

  const outputs: Record<string, Tensor> = { loss: computed.loss };
  for (const fold of update.folds)
    for (const [name, tensor] of Object.entries(
      measureFold(tf, run.plan.kinds, fold, computed.measured, at.moment.batch),
    ))
      outputs[`measure:${fold.id}:${name}`] = tensor;
  const kept: Tensor[] = [];
  for (const [id, tensor] of after)
    if (tensor !== variables.get(id)) {
      outputs[`variable:${id}`] = tensor;
      kept.push(tensor);
    }
  for (const [id, slots] of state.slots)
    for (const [name, tensor] of Object.entries(slots)) {
      outputs[`slot:${name}:${id}`] = tensor;
      kept.push(tensor);
    }
  return {
    outputs,
    dispose() {
      computed.dispose();
      for (const tensor of kept) if (!tensor.isDisposed) tensor.dispose();
    },
  };
}

function resolveUpdate(
  run: TrainingRun,
  optimizer: OptimizerState,
  groups: readonly number[],
  at: UpdateMoment,
  clock: number,
  ahead: number,
): Resolve {
  const scope = resolveScope(run, 'train', clock, at.clocks, at.values);
  return (key) => {
    const [what, rest] = splitKey(key);
    if (what === 't') return run.host.tf.scalar((groups[Number(rest)] ?? 0) + 1 + ahead);
    if (what !== 'slot') return scope(key);
    const [name, id] = splitKey(rest);
    return required(optimizer.slots.get(id)?.[name], key);
  };
}

/** Slots exist from the start, so that the first step has the same inputs as the others. */
function fillSlots(run: TrainingRun, update: UpdatePlan, optimizer: OptimizerState): void {
  const { tf } = run.host;
  for (const id of update.task.weights) {
    if (optimizer.slots.has(id)) continue;
    const { shape } = required(run.device.variables.get(id), id);
    const slots: Record<string, Tensor> = {};
    for (const [name, first] of Object.entries(update.optimizer.slots)) {
      const filled = first(update.task.params);
      if (filled !== null) slots[name] = tf.keep(tf.fill(shape, filled, 'float32'));
    }
    optimizer.slots.set(id, slots);
  }
}

const count = (optimizer: OptimizerState, id: VariableId): number => optimizer.t.get(id) ?? 0;

/** The different numbers of applied updates among the weights; nearly always one. */
const countGroups = (update: UpdatePlan, optimizer: OptimizerState): number[] => [
  ...new Set(update.task.weights.map((id) => count(optimizer, id))),
];

function commit(
  run: TrainingRun,
  update: UpdatePlan,
  optimizer: OptimizerState,
  outputs: Record<string, Tensor>,
  old: Tensor[],
): void {
  const { tf } = run.host;
  for (const [key, tensor] of Object.entries(outputs)) {
    const [what, rest] = splitKey(key);
    if (what === 'variable') replace(run.device.variables, rest, tensor, tf, old);
    if (what !== 'slot') continue;
    const [name, id] = splitKey(rest);
    const slots = required(optimizer.slots.get(id), id);
    slots[name]?.dispose();
    slots[name] = tf.keep(tensor);
  }
  for (const id of update.task.weights) if (outputs[`variable:${id}`]) optimizer.t.set(id, count(optimizer, id) + 1);
}

/** Outputs whose key starts so, without that start. */
export function partsOf(outputs: Record<string, Tensor>, prefix: string): Record<string, Tensor> {
  const parts: Record<string, Tensor> = {};
  for (const [key, tensor] of Object.entries(outputs))
    if (key.startsWith(prefix)) parts[key.slice(prefix.length)] = tensor;
  return parts;
}
