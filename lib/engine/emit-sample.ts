import { required } from '@/lib/base/invariant';
import type { Emit, Op, Path, ValueId } from '@/lib/compile/program';
import type { Split } from '@/lib/datasets/card';
import type { HostTensor, Sample, Tensor } from '@/lib/nodes/kind';
import { readRows, rowsFrom } from './batches';
import { evaluateOps } from './evaluate-ops';
import { sinkRun, sliceOf, specsOf } from './plan';
import type { KnownChild } from './run-state';
import { clocksAt, datasetOf, heldFor, liveRun, randomFor, type TrainingRun, variableOf } from './training-run';

const SPLITS: Split[] = ['validation', 'test', 'train'];

/**
 * What a sink shows at this moment: its slice in evaluation mode over the first `count` rows of validation (else test,
 * else train); noise is the same each time. Values that the sink feeds take the place of what is wired: what lies
 * behind them is evaluated again, and `rows:<port>` holds what the rows had there.
 */
export function emitSample(whole: TrainingRun, { id }: Emit, iteration: number): Sample {
  const clocks = clocksAt(whole, whole.calendar.moment(Math.max(0, iteration)));
  const run = liveRun(whole, clocks);
  const { plan, host, program } = run;
  const { tf } = host;
  const emit = required(
    plan.emits.find((task) => task.id === id),
    `emit ${id}`,
  );
  const sink = sinkRun(plan.kinds, emit);
  if (emit.of !== undefined) return sink.pack({}, emit.params, {}, undefined, triedBy(whole, emit.of));
  const specs = specsOf(program, emit.in);
  const ops = sliceOf(plan, emit.ops);
  const datasets = ops.filter((op) => plan.datasets.includes(op));
  const wanted = typeof emit.params.count === 'number' ? emit.params.count : 16;
  const evaluate = (some: Op[], values: Map<ValueId, Tensor>, batch: number): void =>
    evaluateOps(some, values, {
      tf,
      kinds: plan.kinds,
      ops: plan.ops,
      specs: program.values,
      bodies: program.bodies,
      mode: 'evaluation',
      batch,
      clocks,
      random: randomFor(run, 'emit', 0),
      variable: variableOf(run),
    });
  run.device.variables.bring(ops.flatMap(({ uses }) => Object.values(uses)));
  let sample: Sample | undefined;
  tf.tidy(() => {
    const values = heldFor(run, ops);
    for (const id of emit.fetch) {
      const held = run.device.held.get(id);
      if (held) values.set(id, held);
    }
    let batch = wanted;
    for (const op of datasets) {
      const dataset = datasetOf(run, op.id);
      const { counts } = dataset.card;
      const split = SPLITS.find((one) => counts[one] > 0) ?? 'train';
      batch = Math.min(batch, counts[split]);
      readRows(tf, op, dataset, split, rowsFrom(0, batch, counts[split]), values);
    }
    const fed = Object.entries(sink.feed?.(emit.params, specs) ?? {});
    if (fed.length === 0 || datasets.length > 0) evaluate(ops, values, batch);
    const arrived: Record<string, HostTensor[]> = {};
    for (const [port, value] of fed) {
      const id = required(emit.in[port]?.[0], `input ${port} of ${emit.sink}`);
      const row = values.get(id);
      if (row) arrived[`rows:${port}`] = [toHost(row)];
      values.set(id, tf.tensor(value.data, value.shape, value.data instanceof Int32Array ? 'int32' : 'float32'));
    }
    if (fed.length > 0) {
      const behind = opsBehind(ops, new Set(fed.map(([port]) => emit.in[port]?.[0] ?? '')));
      for (const op of behind) for (const id of Object.values(op.out)) values.delete(id);
      evaluate(datasets.length > 0 ? behind : ops, values, fed[0]?.[1].shape[0] ?? batch);
    }
    for (const [port, ids] of Object.entries(emit.in))
      arrived[port] = ids.map((id) => toHost(required(values.get(id), `value ${id}`)));
    const card = datasets[0] && datasetOf(run, datasets[0].id).card;
    sample = sink.pack(arrived, emit.params, specs, card);
  });
  return required(sample, 'sample');
}

/** The children that an op has had trained, in the order in which it asked for them; of one iteration, by key. */
const triedBy = ({ progress }: TrainingRun, op: Path): KnownChild[] =>
  Object.entries(progress.children)
    .filter(([, { by }]) => by === op)
    .sort(([a, one], [b, other]) => one.iteration - other.iteration || (a < b ? -1 : 1))
    .map(([, child]) => child);

/** Ops that depend on one of the values. */
function opsBehind(ops: Op[], fed: ReadonlySet<ValueId>): Op[] {
  const reached = new Set(fed);
  return ops.filter((op) => {
    if (!Object.values(op.in).some((ids) => ids.some((id) => reached.has(id)))) return false;
    for (const id of Object.values(op.out)) reached.add(id);
    return true;
  });
}

const toHost = (tensor: Tensor): HostTensor => ({
  data: tensor.dataSync() as Float32Array | Int32Array | Uint8Array,
  shape: tensor.shape,
});
