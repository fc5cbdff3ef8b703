import { invariant, required } from '@/lib/base/invariant';
import type { Fold, Path, Program, ValueId } from '@/lib/compile/program';
import type { DatasetCard, OpenDataset } from '@/lib/datasets/card';
import type { HostTensor, MetricResult, Tensor, Tf } from '@/lib/nodes/kind';
import { foldMeasure, foldRun, type Kinds, type Plan, specsOf } from './plan';

/** Totals of one fold so far, by name: sums, or values strung together. */
export type Totals = Record<string, number[]>;

/** What a fold measures on one batch, on the device. Some may be among `values` themselves. */
export function measureFold(
  tf: Tf,
  kinds: Kinds,
  fold: Fold,
  values: ReadonlyMap<ValueId, Tensor>,
  batch: number,
): Record<string, Tensor> {
  const run = foldMeasure(kinds, fold);
  if (!run) return { value: onlyInput(fold, values) };
  const inputs = Object.fromEntries(
    Object.entries(fold.in).map(([port, ids]) => [port, ids.map((id) => required(values.get(id), `value ${id}`))]),
  );
  return tf.tidy(() => run.measure(tf, { params: fold.params, inputs, batch }));
}

/** The measure of one batch, as totals. */
export function readMeasure(kinds: Kinds, fold: Fold, measured: Record<string, HostTensor>, batch: number): Totals {
  if (!foldMeasure(kinds, fold)) return lossMeasure(required(measured.value, 'measure of a loss'), batch);
  return Object.fromEntries(Object.entries(measured).map(([name, { data }]) => [name, Array.from(data)]));
}

/** A loss folds itself: a scalar counts once for each example of its batch, a vector is one number an example. */
function lossMeasure({ data, shape }: HostTensor, batch: number): Totals {
  if (shape.length === 0) return { sum: [(data[0] ?? Number.NaN) * batch], weight: [batch] };
  let sum = 0;
  for (const number of data) sum += number;
  return { sum: [sum], weight: [data.length] };
}

function onlyInput(fold: Fold, values: ReadonlyMap<ValueId, Tensor>): Tensor {
  const ids = Object.values(fold.in).flat();
  const [id] = ids;
  invariant(ids.length === 1 && id !== undefined, `the fold of loss ${fold.id} has one input`);
  return required(values.get(id), `value ${id}`);
}

/** Adds a batch's measure to the totals. */
export function addMeasure(kinds: Kinds, fold: Fold, totals: Totals | undefined, measured: Totals): Totals {
  if (totals === undefined)
    return Object.fromEntries(Object.entries(measured).map(([name, numbers]) => [name, [...numbers]]));
  const strings = foldMeasure(kinds, fold)?.combine === 'concat';
  for (const [name, numbers] of Object.entries(measured)) {
    const total = totals[name];
    if (total === undefined) totals[name] = numbers;
    else if (strings) for (const number of numbers) total.push(number);
    else for (let i = 0; i < numbers.length; i++) total[i] = (total[i] as number) + (numbers[i] as number);
  }
  return 'metric' in fold.gives ? (foldRun(kinds, fold)?.keep?.(totals, fold.params) ?? totals) : totals;
}

/** The metric that the totals make. */
export function foldResult(
  program: Program,
  kinds: Kinds,
  fold: Fold,
  totals: Totals,
  card: DatasetCard | undefined,
): MetricResult {
  const run = foldRun(kinds, fold);
  if (!run) return (totals.sum?.[0] ?? 0) / (totals.weight?.[0] ?? 1);
  return run.result(arraysOf(totals), fold.params, specsOf(program, fold.in), card);
}

/** Totals in double precision, as kinds take them. */
export const arraysOf = (totals: Totals): Record<string, Float64Array> =>
  Object.fromEntries(Object.entries(totals).map(([name, all]) => [name, Float64Array.from(all)]));

/** Results of several folds: numbers by metric key, and tables. A number that is not finite is null, as in the log. */
export interface FoldResults {
  values: Record<string, number | null>;
  tables: Record<string, Exclude<MetricResult, number>>;
}

export function foldResults(
  plan: Plan,
  datasets: ReadonlyMap<Path, OpenDataset>,
  pass: 'train' | 'val' | 'test',
  measured: Iterable<readonly [Fold, Totals]>,
): FoldResults {
  const results: FoldResults = { values: {}, tables: {} };
  for (const [fold, totals] of measured) {
    invariant('metric' in fold.gives, `fold ${fold.id} gives a metric`);
    const key = `${pass}.${fold.gives.metric}`;
    const card = datasets.get(plan.origins.get(fold.id) ?? '')?.card;
    const result = foldResult(plan.program, plan.kinds, fold, totals, card);
    if (typeof result === 'number') results.values[key] = Number.isFinite(result) ? result : null;
    else results.tables[key] = result;
  }
  return results;
}
