import { required } from '@/lib/base/invariant';
import type { Json } from '@/lib/base/json';
import type { Evaluate, Op, Program, ValueId, VariableId } from '@/lib/compile/program';
import type { Split } from '@/lib/datasets/card';
import type { HostTensor, Kind, Tensor, Tf } from '@/lib/nodes/kind';
import { kinds as allKinds } from '@/lib/nodes/kinds.generated';
import { openDatasets, readRows, rowsFrom } from './batches';
import { BadCall, type Weights } from './call-function';
import { clockValues, endOf } from './clock-values';
import { evaluateOps, type Scope } from './evaluate-ops';
import type { EngineHost } from './host';
import { programAt } from './live-program';
import { planProgram } from './plan';
import { randomOf } from './random';

export interface Evaluated {
  values: Record<ValueId, HostTensor>;
  /** Of `gradients.of` (its sum, where it is no scalar), by `wrt`. */
  gradients: Record<ValueId | VariableId, HostTensor>;
}

/**
 * The one inspection call: what stands on wires, and gradients, for some rows of a split; it never writes. Values that are
 * `set` take the place of what is wired; `shift` moves weights for this call only. Throws `BadCall` on an unknown wire.
 */
export async function evaluateProgram(
  whole: Program,
  weights: Weights,
  host: EngineHost,
  request: Evaluate,
  options: { kinds?: Record<string, Kind>; seed?: number } = {},
): Promise<Evaluated> {
  const { tf } = host;
  const kinds = options.kinds ?? allKinds;
  const clocks = clockValues(planProgram(whole, kinds), endOf(whole));
  const program = programAt(whole, kinds, clocks);
  const plan = planProgram(program, kinds);
  const datasets = await openDatasets(program, plan.kinds, host);
  const wrt = request.gradients?.wrt ?? [];
  const wanted = [...request.fetch, ...(request.gradients ? [request.gradients.of] : [])];
  const made = new Map(program.ops.flatMap((op) => Object.values(op.out).map((id) => [id, op] as const)));
  const held = program.folds.flatMap((fold) => ('held' in fold.gives ? [fold.gives.held] : []));
  for (const id of [...wanted, ...Object.keys(request.set ?? {}), ...wrt.filter((one) => !plan.variables.has(one))])
    if (!made.has(id) && !(held.includes(id) && weights[id]))
      throw new BadCall(`There is no wire ${id} in this program.`);
  const slice = ancestors(program, made, wanted);
  const split = SPLITS.find((one) => one === request.split) ?? 'validation';
  const result: Evaluated = { values: {}, gradients: {} };
  tf.tidy(() => {
    const given = new Map<ValueId, Tensor>();
    for (const [id, value] of Object.entries(request.set ?? {}))
      given.set(
        id,
        tf.tensor(value as number[], undefined, program.values[id]?.dtype === 'int32' ? 'int32' : 'float32'),
      );
    for (const id of held) {
      const value = weights[id];
      if (value && !given.has(id)) given.set(id, tf.tensor(value.data, value.shape));
    }
    let batch = request.index?.length ?? program.symbols.batch ?? 1;
    for (const op of slice) {
      const dataset = datasets.get(op.id);
      if (!dataset) continue;
      const count = dataset.card.counts[split];
      if (count === 0) throw new BadCall(`The data set ${dataset.card.title} has no ${split} rows.`);
      batch = Math.min(batch, count);
      const rows = request.index ? Int32Array.from(request.index, (row) => row % count) : rowsFrom(0, batch, count);
      readRows(tf, op, dataset, split, rows, given);
    }
    const variables = loadWeights(tf, program, weights, request);
    const scope: Scope = {
      tf,
      kinds: plan.kinds,
      ops: plan.ops,
      specs: program.values,
      bodies: program.bodies,
      mode: request.mode,
      batch,
      clocks,
      random: (op, t) => randomOf(host, op, { seed: options.seed ?? program.seed, pass: 'emit', clock: 0, t }),
      variable: (id) => required(variables.get(id), `variable ${id}`),
    };
    const values = new Map(given);
    evaluateOps(slice, values, scope);
    for (const id of request.fetch) result.values[id] = toHost(required(values.get(id), `value ${id}`));
    if (!request.gradients || wrt.length === 0) return;
    const { of } = request.gradients;
    const points = wrt.map((id) => variables.get(id) ?? required(values.get(id), `value ${id}`));
    const { grads } = tf.engine().gradients(
      () => {
        // Wires that are differentiated for are leaves: what lies before them is not evaluated again.
        const own = new Map(given);
        for (const [i, id] of wrt.entries()) if (!variables.has(id)) own.set(id, points[i] as Tensor);
        evaluateOps(slice, own, scope);
        return tf.sum(required(own.get(of), `value ${of}`));
      },
      points,
      undefined,
      true,
    );
    for (const [i, id] of wrt.entries()) {
      const gradient = (grads as (Tensor | undefined)[])[i] ?? tf.zerosLike(points[i] as Tensor);
      result.gradients[id] = toHost(gradient);
    }
  });
  return result;
}

const SPLITS: Split[] = ['train', 'validation', 'test'];

/** Ops before some values, in the program's order. */
function ancestors(program: Program, made: ReadonlyMap<ValueId, Op>, wanted: readonly ValueId[]): Op[] {
  const reached = new Set<Op>();
  const visit = (id: ValueId): void => {
    // A held value has none: it comes with the weights.
    const op = made.get(id);
    if (!op || reached.has(op)) return;
    reached.add(op);
    for (const ids of Object.values(op.in)) ids.forEach(visit);
  };
  wanted.forEach(visit);
  return program.ops.filter((op) => reached.has(op));
}

function loadWeights(tf: Tf, program: Program, weights: Weights, request: Evaluate): Map<VariableId, Tensor> {
  const variables = new Map<VariableId, Tensor>();
  for (const { id } of program.variables) {
    const { data, shape } = required(weights[id], `weights ${id}`);
    let tensor: Tensor = tf.tensor(data, shape, data instanceof Int32Array ? 'int32' : 'float32');
    for (const { variable, by, times } of request.shift ?? [])
      if (variable === id) tensor = tf.add(tensor, tf.mul(direction(tf, by), times));
    variables.set(id, tensor);
  }
  return variables;
}

const direction = (tf: Tf, by: Json): Tensor => tf.tensor(by as number[], undefined, 'float32');

const toHost = (tensor: Tensor): HostTensor => ({
  data: tensor.dataSync().slice() as Float32Array | Int32Array,
  shape: [...tensor.shape],
});
