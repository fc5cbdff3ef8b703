import type { Fold, Op, Sweep, ValueId } from '@/lib/compile/program';
import { readsOf } from '@/lib/compile/slices';
import type { Split } from '@/lib/datasets/card';
import type { HostTensor, Tensor } from '@/lib/nodes/kind';
import { type HostText, toTensor } from './batches';
import { compilationOf } from './compilation';
import { partsOf } from './compiled-iteration';
import { evaluateOps, type Scope } from './evaluate-ops';
import { measureFold } from './fold-totals';
import type { RandomKey } from './host';
import { kindOf } from './plan';
import { download, send } from './state-tensors';
import { type Segment, segmentsOf } from './sweep-segments';
import { feedScope, tracedScope } from './traced-scope';
import { onHost } from './train-iteration';
import { heldFor, randomFor, type TrainingRun, variableOf } from './training-run';

/** One batch of a sweep: its slice, what is to be measured, and what the data sets gave. */
export interface SweepBatch {
  ops: Op[];
  folds: Fold[];
  given: Map<ValueId, HostTensor | HostText>;
  batch: number;
  clocks: ReadonlyMap<ValueId, number>;
}

export type Measured = [Fold, Record<string, HostTensor>][];

type Values = Map<ValueId, HostTensor | HostText>;

/** A pass over train before or between iterations draws other numbers than they do. */
const drawsOf = (split: Split): RandomKey['pass'] => (split === 'train' ? 'start' : split);

/**
 * What the folds measure on the `n`-th batch: by graphs between the slice's host ops, or op by op where the engine makes none
 * of it. `overlaps`: the next batch may be begun before this one is there.
 */
export function measureBatch(
  run: TrainingRun,
  sweep: Sweep,
  n: number,
  computing: SweepBatch,
): { measured: Promise<Measured>; overlaps: boolean } {
  const eagerly = (): Measured => measureEagerly(run, sweep, n, computing);
  const isText = (id: ValueId): boolean => Array.isArray(computing.given.get(id)?.data);
  const segments = segmentsOf(computing.ops, computing.folds, computing.given, (op) => isHost(run, op));
  const reads = segments.flatMap(({ device, folds }) => [
    ...device.flatMap(readsOf),
    ...folds.flatMap((fold) => Object.values(fold.in).flat()),
  ]);
  // Text has no place in a graph, truth values none in what goes in and out of one.
  const isWhole = (id: ValueId): boolean => run.program.values[id]?.dtype !== 'bool';
  if (!run.host.compiler || reads.some(isText) || !segments.every(({ gives }) => gives.every(isWhole)))
    return { measured: Promise.resolve(eagerly()), overlaps: false };
  const [only] = segments;
  if (only && segments.length === 1 && only.host.length === 0) {
    const made = measureSegment(run, sweep, n, computing, only, { at: 0, values: computing.given });
    return { measured: made?.then(({ measured }) => measured) ?? Promise.resolve(eagerly()), overlaps: made !== null };
  }
  const measured = measureSegments(run, sweep, n, computing, segments).then((made) => made ?? eagerly());
  return { measured, overlaps: false };
}

/** Host ops, and sources that run a block: they read values back. */
const isHost = (run: TrainingRun, op: Op): boolean =>
  op.where === 'host' || (op.where === 'source' && kindOf(run.plan.kinds, op.kind).face.calls !== undefined);

/** Segment by segment; null where one of them cannot be a graph. */
async function measureSegments(
  run: TrainingRun,
  sweep: Sweep,
  n: number,
  computing: SweepBatch,
  segments: readonly Segment[],
): Promise<Measured | null> {
  const values: Values = new Map(computing.given);
  const all: Measured = [];
  for (const [at, segment] of segments.entries()) {
    if (segment.device.length + segment.folds.length > 0) {
      const made = await measureSegment(run, sweep, n, computing, segment, { at, values });
      if (!made) return null;
      all.push(...made.measured);
      for (const [id, value] of Object.entries(made.given)) values.set(id, value);
    }
    runHostOps(run, sweep, n, computing, segment.host, values);
  }
  return computing.folds.flatMap((fold) => all.filter(([measured]) => measured === fold));
}

function runHostOps(
  run: TrainingRun,
  { split }: Sweep,
  n: number,
  { batch, clocks }: SweepBatch,
  ops: Op[],
  values: Values,
): void {
  const { tf } = run.host;
  tf.tidy(() => {
    const tensors = heldFor(run, ops);
    for (const id of new Set(ops.flatMap(readsOf))) {
      const value = values.get(id);
      if (value) tensors.set(id, toTensor(tf, value));
    }
    const scope = { clocks, random: randomFor(run, drawsOf(split), n), variable: variableOf(run) };
    evaluate(run, ops, batch, tensors, scope);
    for (const id of ops.flatMap((op) => Object.values(op.out))) {
      const tensor = tensors.get(id);
      if (tensor) values.set(id, download(tensor));
    }
  });
}

/** A segment as one graph call, traced once for each size of batch; null where it cannot be. */
function measureSegment(
  run: TrainingRun,
  sweep: Sweep,
  n: number,
  { batch, clocks }: SweepBatch,
  { device, folds, gives }: Segment,
  { at, values }: { at: number; values: Values },
): Promise<{ measured: Measured; given: Record<ValueId, HostTensor> }> | null {
  const feeds = new Map<ValueId, HostTensor>();
  for (const [id, array] of values) if (!Array.isArray(array.data)) feeds.set(id, array as HostTensor);
  const feed = feedScope(run, drawsOf(sweep.split), n, clocks, feeds);
  const reads = new Set([...device.flatMap(readsOf), ...folds.flatMap((fold) => Object.values(fold.in).flat())]);
  const compiled = compilationOf(run, `${sweep.id}|${at}|${batch}|${run.branches}`, () => ({
    state: device.flatMap((op) => Object.values(op.uses).map((id) => `variable:${id}`)),
    trace: (compiler) => (input) => {
      const there = [...heldFor(run, device).keys(), ...feeds.keys()].filter((id) => reads.has(id));
      const traced = new Map(there.map((id) => [id, input(`value:${id}`)]));
      const scope = tracedScope(compiler, input, clocks);
      const outputs: Record<string, Tensor> = {};
      for (const [fold, parts] of measure(run, { ops: device, folds, batch }, traced, scope))
        for (const [name, tensor] of Object.entries(parts)) outputs[`fold:${fold.id}:${name}`] = tensor;
      for (const id of gives) {
        const tensor = traced.get(id);
        if (tensor) outputs[`value:${id}`] = tensor;
      }
      return { outputs };
    },
    example: feed,
    note: null,
  }));
  if (!compiled) return null;
  send(compiled.session, compiled.reads);
  return compiled.step.start(feed).then((made) => ({
    measured: folds.map((fold) => [fold, partsOf(made, `fold:${fold.id}:`)]),
    given: partsOf(made, 'value:'),
  }));
}

function measureEagerly(run: TrainingRun, { split }: Sweep, n: number, computing: SweepBatch): Measured {
  const { tf } = run.host;
  const { ops, given, clocks } = computing;
  let measured: Measured = [];
  tf.tidy(() => {
    const values = heldFor(run, ops);
    for (const [id, array] of given) values.set(id, toTensor(tf, array));
    const scope = { clocks, random: randomFor(run, drawsOf(split), n), variable: variableOf(run) };
    measured = measure(run, computing, values, scope).map(([fold, parts]) => [fold, onHost(parts)]);
  });
  return measured;
}

function measure(
  run: TrainingRun,
  { ops, folds, batch }: Pick<SweepBatch, 'ops' | 'folds' | 'batch'>,
  values: Map<ValueId, Tensor>,
  scope: Pick<Scope, 'clocks' | 'random' | 'variable'>,
): [Fold, Record<string, Tensor>][] {
  evaluate(run, ops, batch, values, scope);
  return folds.map((fold) => [fold, measureFold(run.host.tf, run.plan.kinds, fold, values, batch)]);
}

function evaluate(
  { plan, host }: TrainingRun,
  ops: Op[],
  batch: number,
  values: Map<ValueId, Tensor>,
  scope: Pick<Scope, 'clocks' | 'random' | 'variable'>,
): void {
  evaluateOps(ops, values, {
    tf: host.tf,
    kinds: plan.kinds,
    ops: plan.ops,
    specs: plan.program.values,
    bodies: plan.program.bodies,
    mode: 'evaluation',
    batch,
    ...scope,
  });
}
