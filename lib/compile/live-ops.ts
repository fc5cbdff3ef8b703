import type { FlatNode } from './flat';
import { producerOf, valueId } from './make-ops';
import type { Body, Fn, Fold, Op, Path, Task, ValueId } from './program';
import { readsOf } from './slices';

/** Every op that a task or function evaluates. */
export function liveOps(tasks: readonly Task[], functions: readonly Fn[]): Set<Path> {
  const live = new Set<Path>();
  for (const task of tasks)
    for (const path of task.do === 'fetch' ? [...task.sources, ...task.ops] : task.ops) live.add(path);
  for (const fn of functions) {
    for (const path of fn.ops) live.add(path);
    for (const { value } of [...fn.inputs, ...fn.outputs]) live.add(producerOf(value));
  }
  return live;
}

/** Bodies of the ops, and of the callers in those, with the variables that somebody inside reads as tensors. */
export function liveBodies(ops: readonly Op[], bodies: Readonly<Record<Path, Body>>): Record<Path, Body> {
  const live: Record<Path, Body> = {};
  for (const { body: path } of ops) {
    const body = path === undefined ? undefined : bodies[path];
    if (path === undefined || !body) continue;
    const read = new Set([...body.ops.flatMap(readsOf), ...body.outputs.map(({ value }) => value)]);
    live[path] = { ...body, ops: body.ops.map((op) => withSlots(op, read)) };
    Object.assign(live, liveBodies(body.ops, bodies));
  }
  return live;
}

/**
 * Data sets give only the fields that somebody reads, so that nothing else is fetched; layers give those of their
 * variables that somebody reads as tensors.
 */
export function trimOutputs(
  ops: readonly Op[],
  tasks: readonly Task[],
  folds: readonly Fold[],
  functions: readonly Fn[],
  nodes: ReadonlyMap<Path, FlatNode>,
): Op[] {
  const read = new Set<ValueId>();
  const add = (values: Record<string, ValueId[]>) => {
    for (const ids of Object.values(values)) for (const id of ids) read.add(id);
  };
  for (const op of ops) add(op.in);
  for (const fold of folds) add(fold.in);
  for (const task of tasks) if (task.do === 'emit') add(task.in);
  for (const fn of functions) for (const { value } of [...fn.inputs, ...fn.outputs]) read.add(value);
  return ops.map((op) => {
    if (nodes.get(op.id)?.face?.role !== 'dataset') return withSlots(op, read);
    return { ...op, out: Object.fromEntries(Object.entries(op.out).filter(([, value]) => read.has(value))) };
  });
}

function withSlots(op: Op, read: ReadonlySet<ValueId>): Op {
  const slots = Object.keys(op.uses).filter((slot) => read.has(valueId(op.id, slot)));
  if (slots.length === 0) return op;
  return { ...op, out: { ...op.out, ...Object.fromEntries(slots.map((slot) => [slot, valueId(op.id, slot)])) } };
}
