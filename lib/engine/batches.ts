import { required } from '@/lib/base/invariant';
import { isRecord } from '@/lib/base/json';
import type { Op, Path, Program, ValueId } from '@/lib/compile/program';
import type { DatasetField, HostArray, OpenDataset, Split } from '@/lib/datasets/card';
import type { Tensor, Tf } from '@/lib/nodes/kind';
import { permutation, seedOf } from '@/lib/tensor/philox';
import type { Moment } from './calendar';
import type { EngineHost } from './host';
import { isDataset, type Kinds } from './plan';

/** Opens the data set of each dataset node. Rejects with a message for the user where files are missing. */
export async function openDatasets(program: Program, kinds: Kinds, host: EngineHost): Promise<Map<Path, OpenDataset>> {
  const opened = new Map<Path, OpenDataset>();
  for (const op of program.ops) {
    if (!isDataset(op, kinds)) continue;
    opened.set(op.id, await host.datasets.open(String(op.params.dataset), optionsOf(op)));
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
 * Which training rows each dataset node gives in an iteration: an order shuffled by (seed, its id, its pass number).
 * The source that counts the epochs starts a pass with each epoch; the others run on and wrap within a batch.
 */
export class TrainingRows {
  private readonly orders = new Map<string, { pass: number; order: Int32Array }>();

  constructor(
    private readonly seed: number,
    private readonly epochSource: Path | null,
  ) {}

  rows(path: Path, examples: number, moment: Moment, epochBatch: number): Int32Array {
    const rows = new Int32Array(moment.batch);
    if (path === this.epochSource) {
      const order = this.order(path, moment.epoch, examples);
      rows.set(order.subarray(moment.step * epochBatch, moment.step * epochBatch + moment.batch));
      return rows;
    }
    for (let i = 0; i < rows.length; i++) {
      const at = moment.before + i;
      const pass = Math.floor(at / examples);
      rows[i] = this.order(path, pass, examples)[at - pass * examples] as number;
    }
    return rows;
  }

  private order(path: Path, pass: number, examples: number): Int32Array {
    const kept = this.orders.get(path);
    if (kept?.pass === pass) return kept.order;
    const order = permutation(seedOf(this.seed, 'shuffle', path, pass), examples);
    this.orders.set(path, { pass, order });
    return order;
  }
}

/** Rows of a split in index order, wrapping round. */
export const rowsFrom = (first: number, count: number, examples: number): Int32Array =>
  Int32Array.from({ length: count }, (_, i) => (first + i) % examples);

/** Reads the fields that a dataset node gives and sets them as values. */
export function readRows(
  tf: Tf,
  op: Op,
  dataset: OpenDataset,
  split: Split,
  rows: Int32Array,
  values: Map<ValueId, Tensor>,
): void {
  const wanted = Object.entries(op.out).filter(([, id]) => !values.has(id));
  const arrays = dataset.read(
    split,
    rows,
    wanted.map(([field]) => field),
  );
  for (const [field, id] of wanted) {
    const array = required(arrays[field], `field ${field} of ${dataset.card.id}`);
    values.set(id, toTensor(tf, array, field === 'index' ? undefined : dataset.card.fields[field]));
  }
}

const UNIT = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/** Pictures are kept as bytes and become float32 in [0, 1]. */
export function toTensor(tf: Tf, array: HostArray, field: DatasetField | undefined): Tensor {
  const { data, shape } = array;
  if (Array.isArray(data)) return tf.tensor(data, shape, 'string');
  if (data instanceof Int32Array) return tf.tensor(data, shape, 'int32');
  if (data instanceof Float32Array) return tf.tensor(data, shape, 'float32');
  if (field !== undefined && field.stored !== 'uint8') return tf.tensor(Int32Array.from(data), shape, 'int32');
  const floats = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) floats[i] = UNIT[data[i] as number] as number;
  return tf.tensor(floats, shape, 'float32');
}
