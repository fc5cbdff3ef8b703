import type { DatasetCard, Split } from '@/lib/datasets/card';
import { cardFor } from '@/lib/datasets/hold-out';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Document } from '@/lib/graph/document';
import type { Spec } from '@/lib/tensor/spec';
import { checkChoices } from './check-choice';
import { chooseWeights } from './choose-weights';
import { holdOutFix } from './fixes/hold-out-fix';
import { type Flat, type FlatNode, wireInto } from './flat';
import { liveOps } from './live-ops';
import { producerOf, valuesInto } from './make-ops';
import type { Variables } from './make-variables';
import { planAverages } from './plan-averages';
import { type Follows, planFollowed } from './plan-followed';
import { planHolds } from './plan-holds';
import { foldReads, planFolds } from './plan-metrics';
import { planPolicy } from './plan-policy';
import type { Body, Due, Emit, Fetch, Fn, Fold, Op, Path, RunPolicy, Sweep, Task, Update, ValueId } from './program';
import { structuralParams } from './share-weights';
import { clocksOf, readsOf, type Slicer } from './slices';
import { type Step, stepsOf } from './steps';

export interface Plan {
  tasks: Task[];
  folds: Fold[];
  run: RunPolicy;
  /** What clocks follow. */
  follows: ReadonlyMap<Path, Follows>;
}

interface Inputs {
  document: Document;
  flat: Flat;
  order: readonly FlatNode[];
  slicer: Slicer;
  bodies: Readonly<Record<Path, Body>>;
  values: ReadonlyMap<ValueId, Spec>;
  variables: Variables;
  training: FlatNode | undefined;
  functions: readonly Fn[];
  isTainted(path: Path): boolean;
  card(dataset: string): DatasetCard | undefined;
}

const NO_TRAINING: RunPolicy = {
  length: { iterations: 0 },
  epochSource: null,
  updates: 'in-order',
  remainder: 'keep',
  validationBatches: 16,
  validate: { at: 'demand' },
  checkpoint: { at: 'demand' },
};

/** The tasks of a run in their order: sweeps that hold or fit, fetch, updates, validation sweep, emits, test sweep. */
export function planTasks(input: Inputs): Plan & { diagnostics: Diagnostic[] } {
  const { flat, order, slicer, training } = input;
  if (!training) return { tasks: [], folds: [], run: NO_TRAINING, follows: new Map(), diagnostics: [] };
  const steps = stepsOf(flat, training);
  const { folds, diagnostics } = planFolds(order, steps[0]?.loss);
  const fetched = fetchedOps(steps, slicer);
  const graph = { ...input, fetched, together: training.params.updates === 'together' };
  const choices = chooseWeights(steps, graph);
  diagnostics.push(...checkChoices(choices, graph));
  const updates = choices.map(
    (choice): Update => ({
      do: 'update',
      id: choice.step.node.path,
      name: choice.step.node.name,
      due: choice.step.due,
      loss: choice.step.loss,
      ops: slicer.inOrder(choice.slice),
      weights: choice.weights,
      writes: choice.writes,
      averages: [],
      folds: [],
      algorithm: choice.step.node.node.kind,
      params: choice.step.params,
      numbers: choice.step.numbers,
      accumulate: choice.step.accumulate,
      ...(choice.step.clip ? { clip: choice.step.clip } : {}),
      nonFinite: choice.step.nonFinite,
    }),
  );
  const apart = (fold: Fold) => flat.nodes.get(fold.id)?.face?.apart === true;
  assignTrainFolds(
    folds.filter((fold) => !apart(fold)),
    updates,
    fetched,
    slicer,
  );
  const cardOf = (op: Op) => cardFor(op.params, input.card);
  const holdOut = (fold: Fold) => holdOutFix(slicer.opsOf(slicer.ancestors(foldReads(fold))), flat, cardOf);
  const validation = sweep('validation', { at: 'validation' }, folds, input, cardOf);
  const test = sweep('test', { at: 'end' }, folds, input, cardOf);
  const emits = order
    .filter((node) => node.face?.role === 'sink' && !node.faulty)
    .map((node) => planEmit(node, slicer));
  const evaluated = [...updates, ...(validation ? [validation] : []), ...emits, ...(test ? [test] : [])];
  planAverages(updates, input.variables, slicer.opsOf(liveOps(evaluated, input.functions)));
  for (const { averages } of updates)
    for (const { decay } of averages)
      if (typeof decay === 'string') for (const path of slicer.ancestors([decay])) fetched.add(path);
  const fetch = planFetch(updates, folds, fetched, slicer);
  const validated = new Set(validation?.folds);
  const followed = planFollowed(order, folds, validated, holdOut);
  const { run, diagnostics: more } = planPolicy(training, {
    fetchSources: slicer.opsOf(fetch.sources),
    sound: steps.length > 0 && !steps.some((step) => input.isTainted(step.node.path)),
    folds,
    validated,
    cardOf,
    holdOut,
    nodeOf: (path) => flat.nodes.get(path),
  });
  diagnostics.push(...more, ...followed.diagnostics);
  const measured = new Set([...updates, validation, test].flatMap((task) => task?.folds ?? []));
  const tasks: Task[] = [fetch, ...evaluated];
  const metrics = folds.filter((fold) => measured.has(fold.id));
  const reads = [
    ...metrics.flatMap(foldReads),
    ...tasks.flatMap((task) => (task.do === 'emit' ? task.fetch : [])),
    ...input.functions.flatMap((fn) => fn.inputs.map(({ value }) => value)),
  ];
  const holds = planHolds(order, slicer, input.variables, liveOps(tasks, input.functions), reads);
  diagnostics.push(...holds.diagnostics);
  return {
    tasks: [...holds.sweeps, ...tasks],
    folds: [...holds.folds, ...metrics],
    run,
    follows: followed.follows,
    diagnostics,
  };
}

/** Host ops that updates need, with all before them; sources and clocks of updates. */
function fetchedOps(steps: readonly Step[], slicer: Slicer): Set<Path> {
  const wanted = steps.flatMap((step) => [step.loss, ...clocksOf(step.numbers), ...clipClock(step)]);
  const above = slicer.ancestors(wanted);
  const fetched = new Set<Path>();
  for (const op of slicer.opsOf(above)) {
    if (op.where === 'device') continue;
    fetched.add(op.id);
    for (const path of slicer.ancestors(readsOf(op))) fetched.add(path);
  }
  return fetched;
}

const clipClock = (step: Step): ValueId[] => (typeof step.clip?.at === 'string' ? [step.clip.at] : []);

/** A metric is free in the first update that computes all of its inputs. */
function assignTrainFolds(folds: readonly Fold[], updates: Update[], fetched: ReadonlySet<Path>, slicer: Slicer): void {
  const slices = updates.map((update) => new Set(update.ops));
  for (const fold of folds) {
    const needs = slicer.ancestors(foldReads(fold), fetched);
    const reads = foldReads(fold).map(producerOf);
    if (reads.some((path) => !slicer.ops.has(path))) continue;
    const index = slices.findIndex((slice) => [...needs].every((path) => slice.has(path)));
    updates[index]?.folds.push(fold.id);
  }
}

function planFetch(
  updates: readonly Update[],
  folds: readonly Fold[],
  fetched: ReadonlySet<Path>,
  slicer: Slicer,
): Fetch {
  const keep = new Set<ValueId>();
  const want = (value: ValueId) => {
    if (fetched.has(producerOf(value))) keep.add(value);
  };
  const own = new Map(folds.map((fold) => [fold.id, fold]));
  for (const update of updates) {
    want(update.loss);
    for (const op of slicer.opsOf(update.ops)) for (const value of readsOf(op)) want(value);
    for (const id of update.folds) for (const value of foldReads(own.get(id) as Fold)) want(value);
    for (const value of clocksOf(update.numbers)) want(value);
    if (typeof update.clip?.at === 'string') want(update.clip.at);
    for (const { decay } of update.averages) if (typeof decay === 'string') want(decay);
  }
  const paths = slicer.inOrder(fetched);
  return {
    do: 'fetch',
    sources: paths.filter((path) => slicer.ops.get(path)?.where === 'source'),
    ops: paths.filter((path) => slicer.ops.get(path)?.where !== 'source'),
    keep: [...keep].sort(),
  };
}

/** All folds whose data sets have rows in the split; those of endless sources alone are measured too. */
function sweep(
  split: Exclude<Split, 'train'>,
  due: Due,
  folds: readonly Fold[],
  { slicer, flat }: Inputs,
  cardOf: (op: Op) => DatasetCard | undefined,
): Sweep | undefined {
  const measured = folds.filter((fold) =>
    slicer.opsOf(slicer.ancestors(foldReads(fold))).every((op) => {
      if (flat.nodes.get(op.id)?.face?.trains) return false;
      const card = op.where === 'source' ? cardOf(op) : undefined;
      return card === undefined || card.counts[split] > 0;
    }),
  );
  if (measured.length === 0) return undefined;
  return {
    do: 'sweep',
    id: split,
    due,
    split,
    ops: slicer.inOrder(slicer.ancestors(measured.flatMap(foldReads))),
    folds: measured.map((fold) => fold.id),
  };
}

function planEmit(node: FlatNode, slicer: Slicer): Emit {
  const of = node.face?.shows === 'children' ? wireInto(node, node.inputs[0]?.id ?? '')?.from : undefined;
  const values = of === undefined ? valuesInto(node) : {};
  const fetch = [...new Set(Object.values(values).flat())].sort();
  const { every } = node.params;
  return {
    do: 'emit',
    id: node.path,
    name: node.name,
    due: typeof every === 'number' && every > 0 ? { at: 'iteration', every } : { at: 'validation' },
    sink: node.node.kind,
    params: structuralParams(node),
    ops: slicer.inOrder(slicer.ancestors(fetch)),
    fetch,
    in: values,
    ...(of !== undefined && { of }),
  };
}
