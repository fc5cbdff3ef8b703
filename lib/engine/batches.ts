import { invariant, required } from '@/lib/base/invariant';
import { isRecord } from '@/lib/base/json';
import type { Op, Path, Program, ValueId } from '@/lib/compile/program';
import type { DatasetField, HostArray, OpenDataset, Split } from '@/lib/datasets/card';
import { heldShare, openHeldOut } from '@/lib/datasets/hold-out';
import type { HostTensor, Tensor, Tf } from '@/lib/nodes/kind';
import { permutation, seedOf, uniform } from '@/lib/tensor/philox';
import type { Moment } from './calendar';
import type { EngineHost } from './host';
import { isDataset, type Kinds } from './plan';

/** Opens the data set of each dataset node. Rejects with a message for the user where files are missing. */
export async function openDatasets(program: Program, kinds: Kinds, host: EngineHost): Promise<Map<Path, OpenDataset>> {
  const opened = new Map<Path, OpenDataset>();
  for (const op of program.ops) {
    if (!isDataset(op, kinds)) continue;
    const dataset = await host.datasets.open(String(op.params.dataset), optionsOf(op));
    opened.set(op.id, openHeldOut(dataset, heldShare(op.params)));
  }
  return opened;
}

function optionsOf(op: Op): Record<string, number> {
  const options: Record<string, number> = {};
  if (isRecord(op.params.options))
    for (const [key, value] of Object.entries(op.params.options)) if (typeof value === 'number') options[key] = value;
  return options;
}

/**
 * Which training rows each dataset node gives in an iteration: an order shuffled by (seed, its id, its pass number), or that
 * which its param `order` asks for.
 * The source that counts the epochs starts a pass with each epoch; the others run on and wrap within a batch.
 */
export class TrainingRows {
  private readonly orders = new Map<string, { pass: number; order: Int32Array }>();

  constructor(
    private readonly seed: number,
    private readonly epochSource: Path | null,
  ) {}

  rows({ id: path, params }: Op, examples: number, moment: Moment, epochBatch: number): Int32Array {
    const orderOf = (pass: number) => this.order(path, pass, examples, String(params.order), epochBatch);
    const rows = new Int32Array(moment.batch);
    if (path === this.epochSource) {
      const order = orderOf(moment.epoch);
      rows.set(order.subarray(moment.step * epochBatch, moment.step * epochBatch + moment.batch));
      return rows;
    }
    for (let i = 0; i < rows.length; i++) {
      const at = moment.before + i;
      const pass = Math.floor(at / examples);
      rows[i] = orderOf(pass)[at - pass * examples] as number;
    }
    return rows;
  }

  /**
   * Rows drawn with replacement, the k-th row as often as its share of the weights says: a function of (seed, path,
   * iteration) and the weights. Throws where the weights are not those of this data set.
   */
  drawn(path: Path, examples: number, weights: Tensor, moment: Moment): Int32Array {
    const sums = cumulative(weights);
    invariant(sums.length === examples, `${path} has ${examples} examples, but ${sums.length} sampling weights`);
    const total = sums[examples - 1] as number;
    const draws = uniform(seedOf(this.seed, 'sampling', path, moment.iteration), moment.batch);
    return Int32Array.from(draws, (draw) => firstAbove(sums, draw * total));
  }

  private order(path: Path, pass: number, examples: number, wanted: string, batch: number): Int32Array {
    const kept = this.orders.get(path);
    if (kept?.pass === pass) return kept.order;
    const order =
      wanted === 'stored'
        ? Int32Array.from({ length: examples }, (_, at) => at)
        : wanted === 'rows'
          ? rowByRow(examples, batch)
          : permutation(seedOf(this.seed, 'shuffle', path, pass), examples);
    this.orders.set(path, { pass, order });
    return order;
  }
}

/**
 * The set cut into as many parts as a batch has rows, each as long as there are whole batches: row k of every batch goes on
 * in part k where it was in the batch before. What is left over comes last.
 */
export function rowByRow(examples: number, batch: number): Int32Array {
  const batches = Math.floor(examples / batch);
  const order = Int32Array.from({ length: examples }, (_, at) => at);
  for (let at = 0; at < batches * batch; at++) order[at] = (at % batch) * batches + Math.floor(at / batch);
  return order;
}

/** Running sums, once for each held tensor; where no weight is left, all count the same. */
function cumulative(weights: Tensor): Float64Array {
  const known = sumsOf.get(weights);
  if (known) return known;
  const values = weights.dataSync();
  const sums = new Float64Array(values.length);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = values[i] as number;
    sum += Number.isFinite(weight) && weight > 0 ? weight : 0;
    sums[i] = sum;
  }
  if (sum === 0) for (let i = 0; i < sums.length; i++) sums[i] = i + 1;
  sumsOf.set(weights, sums);
  return sums;
}

const sumsOf = new WeakMap<Tensor, Float64Array>();

/** The first place whose sum is above `wanted`, by bisection. */
function firstAbove(sums: Float64Array, wanted: number): number {
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] as number) > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Rows of a split in index order, wrapping round. */
export const rowsFrom = (first: number, count: number, examples: number): Int32Array =>
  Int32Array.from({ length: count }, (_, i) => (first + i) % examples);

/**
 * Reads the fields that a dataset node gives, but for values that are there already. Text stays as it is. `spare`: memory of
 * earlier reads that nobody needs any more, which is used again.
 */
export function readArrays(
  op: Op,
  dataset: OpenDataset,
  split: Split,
  rows: Int32Array,
  there: { has(id: ValueId): boolean },
  spare?: Map<Path, Record<string, HostArray>>,
): [ValueId, HostTensor | HostText][] {
  const wanted = Object.entries(op.out).filter(([, id]) => !there.has(id));
  const arrays = dataset.read(
    split,
    rows,
    wanted.map(([field]) => field),
    spare?.get(op.id),
  );
  spare?.set(op.id, arrays);
  return wanted.map(([field, id]) => {
    const array = required(arrays[field], `field ${field} of ${dataset.card.id}`);
    return [id, onHost(array, field === 'index' ? undefined : dataset.card.fields[field])];
  });
}

/** Reads the fields that a dataset node gives and sets them as values. */
export function readRows(
  tf: Tf,
  op: Op,
  dataset: OpenDataset,
  split: Split,
  rows: Int32Array,
  values: Map<ValueId, Tensor>,
): void {
  for (const [id, array] of readArrays(op, dataset, split, rows, values)) values.set(id, toTensor(tf, array));
}

export interface HostText {
  data: string[];
  shape: number[];
}

/** Bytes are pixels; where a field keeps other numbers in bytes, they become integers. */
function onHost({ data, shape }: HostArray, field: DatasetField | undefined): HostTensor | HostText {
  if (data instanceof Uint8Array && field !== undefined && field.stored !== 'uint8')
    return { data: Int32Array.from(data), shape };
  return { data, shape } as HostTensor | HostText;
}

const UNIT = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/** Pixels become float32 in [0, 1]. */
export function toTensor(tf: Tf, { data, shape }: HostTensor | HostText): Tensor {
  if (Array.isArray(data)) return tf.tensor(data, shape, 'string');
  if (data instanceof Int32Array) return tf.tensor(data, shape, 'int32');
  if (data instanceof Float32Array) return tf.tensor(data, shape, 'float32');
  const floats = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) floats[i] = UNIT[data[i] as number] as number;
  return tf.tensor(floats, shape, 'float32');
}
