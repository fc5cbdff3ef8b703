import { producerOf } from '@/lib/compile/make-ops';
import type { Fetch, Fold, Num, Op, Path, Program, Task, Update, ValueId } from '@/lib/compile/program';
import { clocksOf, readsOf, Slicer } from '@/lib/compile/slices';
import type { Kind } from '@/lib/nodes/kind';

type Faces = Record<string, Pick<Kind, 'face'>>;

/** The branches that clocks choose at all switches of a program, as a key; empty where it has none. */
export function liveKey(program: Program, kinds: Faces, clocks: ReadonlyMap<ValueId, number>): string {
  const bodies = Object.values(program.bodies).flatMap(({ ops }) => ops);
  return [...program.ops, ...bodies].flatMap((op) => branchOf(op, kinds, clocks) ?? []).join();
}

/** The program as it is where clocks have these values: itself, where it has no switch. */
export const programAt = (program: Program, kinds: Faces, clocks: ReadonlyMap<ValueId, number>): Program =>
  liveKey(program, kinds, clocks) === '' ? program : liveProgram(program, kinds, clocks);

/** Which wire of a switch is live: the whole number that drives it, held within its branches. */
function branchOf(op: Op, kinds: Faces, clocks: ReadonlyMap<ValueId, number>): number | undefined {
  const selects = kinds[op.kind]?.face.selects;
  if (!selects) return undefined;
  const number: Num = op.numbers[selects.by] ?? 0;
  const value = typeof number === 'number' ? number : (clocks.get(number) ?? 0);
  const last = (op.in[selects.port]?.length ?? 1) - 1;
  return Math.min(last, Math.max(0, Math.round(value)));
}

/**
 * The program at one moment: each switch has the one wire that is live, and tasks hold only what that leaves. A variable
 * behind a dead branch is neither trained nor written nor averaged.
 */
export function liveProgram(program: Program, kinds: Faces, clocks: ReadonlyMap<ValueId, number>): Program {
  const alive = (op: Op): Op => {
    const branch = branchOf(op, kinds, clocks);
    const selects = kinds[op.kind]?.face.selects;
    if (branch === undefined || !selects) return op;
    const { [selects.by]: _, ...numbers } = op.numbers;
    const chosen = op.in[selects.port]?.[branch];
    return { ...op, numbers, in: { ...op.in, [selects.port]: chosen === undefined ? [] : [chosen] } };
  };
  const bodies = Object.entries(program.bodies).map(([path, body]) => {
    const slicer = slicerOf(body.ops.map(alive));
    const live = slicer.opsOf(slicer.inOrder(slicer.ancestors(body.outputs.map(({ value }) => value))));
    const ops = live.map((op) => withLiveRegion(op, slicer));
    return [path, { ...body, ops }] as const;
  });
  const switched = program.ops.map(alive);
  const slicer = slicerOf(switched);
  const ops = switched.map((op) => withLiveRegion(op, slicer));
  const folds = new Map(program.folds.map((fold) => [fold.id, fold]));
  const fetch = program.tasks.find((task) => task.do === 'fetch');
  const fetched = new Set(fetch ? [...fetch.sources, ...fetch.ops] : []);
  const updates = new Map(
    program.tasks.flatMap((task) =>
      task.do === 'update' ? [[task.id, liveUpdate(task, slicer, folds, fetched)] as const] : [],
    ),
  );
  const liveTask = (task: Task): Task => {
    if (task.do === 'update') return updates.get(task.id) ?? task;
    if (task.do === 'fetch') return liveFetch(task, [...updates.values()], slicer, folds);
    return { ...task, ops: sliceOf(slicer, task.do === 'sweep' ? readsOfFolds(task.folds, folds) : task.fetch) };
  };
  const tasks = program.tasks.map(liveTask);
  const functions = program.functions.map((fn) => {
    const needed = slicer.ancestors(fn.outputs.map(({ value }) => value));
    return { ...fn, ops: fn.ops.filter((path) => needed.has(path)) };
  });
  return { ...program, ops, bodies: Object.fromEntries(bodies), tasks, functions };
}

/** What a gradient op still differentiates: nothing of dead branches. */
function withLiveRegion(op: Op, slicer: Slicer): Op {
  if (!op.region) return op;
  const live = slicer.ancestors(op.in.of ?? []);
  return { ...op, region: op.region.filter((path) => live.has(path)) };
}

const slicerOf = (ops: readonly Op[]): Slicer => new Slicer(new Map(ops.map((op) => [op.id, op])));

const sliceOf = (slicer: Slicer, values: Iterable<ValueId>): Path[] => slicer.inOrder(slicer.ancestors(values));

const readsOfFolds = (ids: readonly Path[], folds: ReadonlyMap<Path, Fold>): ValueId[] =>
  ids.flatMap((id) => Object.values(folds.get(id)?.in ?? {}).flat());

function liveUpdate(task: Update, slicer: Slicer, folds: ReadonlyMap<Path, Fold>, fetched: ReadonlySet<Path>): Update {
  const slice = slicer.ancestors([task.loss], fetched);
  const used = new Set(slicer.opsOf(slice).flatMap((op) => Object.values(op.uses)));
  const weights = task.weights.filter((id) => used.has(id));
  const writes = task.writes.filter(({ by }) => slice.has(by));
  const moved = new Set([...weights, ...writes.map(({ variable }) => variable)]);
  const averages = task.averages.filter(({ variable, of }) => moved.has(of) && moved.add(variable));
  const there = (value: ValueId) => slice.has(producerOf(value)) || !slicer.ops.has(producerOf(value));
  const measured = task.folds.filter((id) =>
    readsOfFolds([id], folds).every((value) => there(value) || fetched.has(producerOf(value))),
  );
  return { ...task, ops: slicer.inOrder(slice), weights, writes, averages, folds: measured };
}

/** What the live updates still take from fetch. */
function liveFetch(task: Fetch, updates: readonly Update[], slicer: Slicer, folds: ReadonlyMap<Path, Fold>): Fetch {
  const read = new Set<ValueId>();
  for (const update of updates) {
    const values = [
      update.loss,
      ...slicer.opsOf(update.ops).flatMap(readsOf),
      ...readsOfFolds(update.folds, folds),
      ...clocksOf(update.numbers),
      ...update.averages.map(({ decay }) => decay),
      update.clip?.at,
    ];
    for (const value of values) if (typeof value === 'string') read.add(value);
  }
  const keep = task.keep.filter((value) => read.has(value));
  const needed = slicer.ancestors(keep);
  return {
    ...task,
    keep,
    sources: task.sources.filter((path) => needed.has(path)),
    ops: task.ops.filter((path) => needed.has(path)),
  };
}
