import { required } from '@/lib/base/invariant';
import type { Due, Fold, Num, Op, Path, Program, Sweep, Update, ValueId, VariableId } from '@/lib/compile/program';
import type { OpenDataset, Split } from '@/lib/datasets/card';
import type { ChildRequest } from '@/lib/nodes/common/children';
import { handedOn, rests } from '@/lib/nodes/common/evaluation-of';
import { gradientInputs } from '@/lib/nodes/common/gradient-inputs';
import type { BlockCall, HostTensor, Kind, Random, RunResult, Tensor, Tf } from '@/lib/nodes/kind';
import { normal, permutation, seedOf, uniform } from '@/lib/tensor/philox';
import type { Spec } from '@/lib/tensor/spec';
import { initialValues } from './initial-values';

/**
 * The oracle: docs/programs.md read plainly, for comparing the engine with. All state lies in memory as numbers; every
 * task evaluates each value anew, from its producer backwards, without slices, reuse or early disposal. Slow on purpose.
 */
export interface OracleIteration {
  /** Loss of each due update, in order. */
  losses: Record<Path, number>;
  /** Variables after the iteration. */
  variables: Record<VariableId, HostTensor>;
}

export interface OracleSweep {
  /** Iterations done before it. */
  after: number;
  split: Split;
  values: Record<string, number>;
}

interface World {
  tf: Tf;
  program: Program;
  kinds: Record<string, Kind>;
  datasets: ReadonlyMap<Path, OpenDataset>;
  seed: number;
  variables: Map<VariableId, HostTensor>;
  slots: Map<string, HostTensor>;
  /** Results of folds that are tensors. */
  held: Map<ValueId, HostTensor>;
  counts: Map<string, number>;
  sweeps: OracleSweep[];
  /** Scores of children. */
  child: ((request: ChildRequest) => number) | undefined;
}

interface Setting {
  /** `start`: over the training split, before or between iterations. */
  pass: 'start' | Split;
  mode: 'train' | 'evaluation';
  /** Ops that values are looked for in, before the program's: those of a body. */
  ops: readonly Op[];
  /** Inner steps of the callers around. */
  t: number;
  clock: number;
  iteration: number;
  batch: number;
  rows(op: Op): Int32Array;
  variable(id: VariableId, op: Op, slot: string): Tensor;
  wrote(op: Op, slot: string, value: Tensor): void;
  /** What is known from the start: of fetch, or what a caller hands in. */
  given: ReadonlyMap<ValueId, Tensor>;
  /** Variables that ops had before they wrote. */
  saw: Map<Path, Record<string, Tensor>>;
}

export function runOracle(
  tf: Tf,
  program: Program,
  kinds: Record<string, Kind>,
  datasets: ReadonlyMap<Path, OpenDataset>,
  seed: number,
  child?: (request: ChildRequest) => number,
  assets: Readonly<Record<VariableId, HostTensor>> = {},
): { iterations: OracleIteration[]; sweeps: OracleSweep[] } {
  const variables = initialValues(program.variables, seed, assets);
  const sweeps: OracleSweep[] = [];
  const state = { variables, slots: new Map(), held: new Map(), counts: new Map(), sweeps, child };
  const world: World = { tf, program, kinds, datasets, seed, ...state };
  const batchSize = program.symbols.batch ?? 1;
  const { epochSource, length, remainder, validate } = program.run;
  const examples = epochSource === null ? null : required(datasets.get(epochSource), epochSource).card.counts.train;
  const size = Math.min(batchSize, examples ?? batchSize);
  const perEpoch =
    examples === null ? null : remainder === 'keep' ? Math.ceil(examples / size) : Math.floor(examples / size);
  const total = 'iterations' in length ? length.iterations : length.epochs * (perEpoch ?? 0);
  const iterations: OracleIteration[] = [];
  const updates = program.tasks.filter((task) => task.do === 'update');
  let seen = 0;
  hold(world, 'start', 0, size);
  for (let i = 0; i < total; i++) {
    const step = perEpoch === null ? i : i % perEpoch;
    const batch = examples === null ? size : Math.min(size, examples - step * size);
    if (step === 0) {
      hold(world, 'epoch', i, size);
      for (const { id, shape, resets } of program.variables)
        if (resets) variables.set(id, { data: new Float32Array(shape.reduce((all, n) => all * n, 1)), shape });
    }
    const rows = (op: Op): Int32Array => {
      const count = required(datasets.get(op.id), op.id).card.counts.train;
      const weights = op.in.sampling?.[0];
      if (weights !== undefined) return drawRows(world, op, required(world.held.get(weights), weights), i, batch);
      const place = (k: number): [pass: number, at: number] =>
        op.id === epochSource && perEpoch !== null
          ? [Math.floor(i / perEpoch), step * size + k]
          : [Math.floor((seen + k) / count), (seen + k) % count];
      return Int32Array.from({ length: batch }, (_, k) => {
        const [pass, at] = place(k);
        if (op.params.order === 'stored') return at;
        // The k-th of as many parts as a batch has rows, each as long as there are whole batches.
        const parts = Math.floor(count / size);
        if (op.params.order === 'rows') return at < parts * size ? (at % size) * parts + Math.floor(at / size) : at;
        return permutation(seedOf(seed, 'shuffle', op.id, pass), count)[at] ?? 0;
      });
    };
    const losses: Record<Path, number> = {};
    const opening = { i, batch, rows, fetched: fetch(world, i, batch, rows) };
    const due = updates.filter((update) => isDue(update.due, i));
    const computed = due.map((update) => {
      const gradients = differentiate(world, update, opening);
      losses[update.id] = gradients.loss;
      if (program.run.updates === 'in-order') descend(world, update, gradients, i);
      return gradients;
    });
    if (program.run.updates === 'together')
      due.forEach((update, k) => {
        descend(world, update, required(computed[k], update.id), i);
      });
    seen += batch;
    iterations.push({ losses, variables: Object.fromEntries(world.variables) });
    const closes = perEpoch !== null && step === perEpoch - 1;
    const validates =
      i === total - 1 ||
      (validate.at === 'iteration' ? isDue(validate, i) : closes && isDue(validate, Math.floor(i / (perEpoch ?? 1))));
    if (validates) sweep(world, 'validation', i, size, sweeps);
  }
  sweep(world, 'test', total - 1, size, sweeps);
  return { iterations, sweeps };
}

const isDue = ({ every = 1, from = 0, until }: Due, n: number): boolean =>
  (n + 1) % every === 0 && from <= n && (until === undefined || n < until);

/** A value from its producer backwards. */
function compute(world: World, id: ValueId, setting: Setting, known: Map<ValueId, Tensor>): Tensor {
  const found = known.get(id);
  if (found) return found;
  const { tf, kinds } = world;
  const held = world.held.get(id);
  if (held) return toTensor(tf, held);
  const op = setting.ops.find((one) => Object.values(one.out).includes(id)) ?? producer(world.program, id);
  const kind = required(kinds[op.kind], op.kind);
  if (op.where === 'clock') return tf.scalar(clock(world, id, setting.iteration));
  if (kind.face.role === 'dataset') {
    const dataset = required(world.datasets.get(op.id), op.id);
    const fields = Object.keys(op.out);
    const split = setting.pass === 'start' ? 'train' : setting.pass;
    const arrays = dataset.read(split, setting.rows(op), fields);
    for (const field of fields) {
      const { data, shape } = required(arrays[field], field);
      const floats = data instanceof Uint8Array ? Float32Array.from(data, (byte) => byte / 255) : data;
      const dtype = Array.isArray(data) ? 'string' : data instanceof Int32Array ? 'int32' : 'float32';
      known.set(required(op.out[field], field), tf.tensor(floats as Float32Array, shape, dtype));
    }
    return required(known.get(id), id);
  }
  const carrying = gradientInputs(kind.face, op.params);
  const { selects } = kind.face;
  const branch = selects && numberAt(world, op.numbers[selects.by] ?? 0, setting.iteration);
  const inputs = Object.fromEntries(
    Object.entries(op.in).map(([port, ids]) => {
      const live = port === selects?.port ? ids.filter((_, wire) => wire === branch) : ids;
      const tensors = live.map((one) => compute(world, one, setting, known));
      return [port, carrying === undefined || carrying.includes(port) ? tensors : tensors.map((x) => detached(tf, x))];
    }),
  );
  const mode = op.frozen ? 'evaluation' : setting.mode;
  const variables = Object.fromEntries(
    Object.entries(op.uses).map(([slot, one]) => [slot, setting.variable(one, op, slot)]),
  );
  const run = kind.run;
  if (run?.as !== 'op' && run?.as !== 'source') throw new Error(`${op.kind} computes nothing`);
  const result: RunResult =
    mode === 'evaluation' && rests(kind.face, op.params)
      ? {
          outputs: Object.fromEntries(
            Object.keys(op.out).map((port) => [port, required(inputs[handedOn(port)]?.[0], port)]),
          ),
        }
      : run.run(tf, {
          params: op.params,
          numbers: numbersAt(world, op.numbers, setting.iteration),
          inputs,
          variables,
          mode,
          spec: (port) => world.program.values[op.in[port]?.[0] ?? ''],
          random: draws(world, op, setting, inputs.index?.[0]),
          batch: setting.batch,
          ...(world.child && setting.pass === 'train' ? { child: world.child } : {}),
          ...(op.body === undefined ? {} : { body: calling(world, op, { ...setting, mode }) }),
          ...(kind.face.differentiates ? { region: between(world, op, setting) } : {}),
        });
  const cut = kind.face.differentiates && carrying?.length === 0;
  for (const [port, one] of Object.entries(op.out)) {
    const value = result.outputs[port] ?? required(variables[port], port);
    known.set(one, cut ? detached(tf, value) : value);
  }
  if (mode === 'train' && result.writes) {
    setting.saw.set(op.id, variables);
    for (const [slot, value] of Object.entries(result.writes)) setting.wrote(op, slot, value);
  }
  return required(known.get(id), id);
}

/** The ops that a value hangs on in this iteration: of the wires into a switch, the live one. */
function opsBehind(
  world: World,
  id: ValueId,
  iteration: number,
  given: ReadonlyMap<ValueId, Tensor>,
  found = new Set<Path>(),
): Set<Path> {
  if (given.has(id) || world.held.has(id)) return found;
  const op = producer(world.program, id);
  if (op.where === 'clock' || found.has(op.id)) return found;
  found.add(op.id);
  const { selects } = required(world.kinds[op.kind], op.kind).face;
  const branch = selects && numberAt(world, op.numbers[selects.by] ?? 0, iteration);
  for (const [port, ids] of Object.entries(op.in))
    for (const [wire, one] of ids.entries())
      if (port !== selects?.port || wire === branch) opsBehind(world, one, iteration, given, found);
  return found;
}

/** The same numbers without a history. */
const detached = (tf: Tf, value: Tensor): Tensor => (value.dtype === 'string' ? value : toTensor(tf, toHost(value)));

/** What a gradient is of, computed from its very beginnings with another value in place of `wrt`. */
function between(world: World, op: Op, setting: Setting): (wrt: Tensor) => Tensor {
  const [of, wrt] = [required(op.in.of?.[0], 'of'), required(op.in.wrt?.[0], 'wrt')];
  const [path = '', port = ''] = wrt.split('.');
  const variable = [...setting.ops, ...world.program.ops].find((one) => one.id === path)?.uses[port];
  return (x) => {
    const inside: Setting = {
      ...setting,
      wrote: () => undefined,
      variable: (id, by, slot) =>
        id === variable ? x : (setting.saw.get(by.id)?.[slot] ?? setting.variable(id, by, slot)),
    };
    return compute(world, of, inside, new Map([...setting.given, [wrt, x]]));
  };
}

/** A caller's block: every call computes its outputs anew from what is handed in. */
function calling(world: World, op: Op, setting: Setting): BlockCall {
  const body = required(world.program.bodies[op.id], op.id);
  const evaluates = world.kinds[op.kind]?.face.calls?.evaluates === true;
  return {
    inputs: body.inputs.map(({ port }) => port),
    outputs: body.outputs.map(({ port }) => port),
    // The whole sequence again at each step: what is remembered must come to the same.
    steps: false,
    run(inputs, t) {
      const known = new Map<ValueId, Tensor>();
      for (const { port, value } of body.inputs) if (inputs[port]) known.set(value, inputs[port]);
      const inside: Setting = {
        ...setting,
        mode: evaluates ? 'evaluation' : setting.mode,
        batch: Object.values(inputs)[0]?.shape[0] ?? setting.batch,
        ops: body.ops,
        t: setting.t * 2 ** 20 + t,
        wrote(inner, slot, value) {
          const name = inner.id.slice(op.id.length + 1);
          setting.wrote(op, inner.body ? `${name}/${slot}` : `${name}#${slot}`, value);
        },
        given: new Map(known),
      };
      return Object.fromEntries(body.outputs.map(({ port, value }) => [port, compute(world, value, inside, known)]));
    },
  };
}

const producer = (program: Program, id: ValueId): Op =>
  required(
    program.ops.find((op) => Object.values(op.out).includes(id)),
    `producer of ${id}`,
  );

function draws({ tf, seed, program }: World, op: Op, { pass, clock: at, t }: Setting, index?: Tensor): Random {
  let stream = 0;
  const size = (shape: number[]): number => shape.reduce((product, n) => product * n, 1);
  if (op.rng === 'example') {
    const rows = [...required(index, 'index').dataSync()];
    const examples = required(program.values[required(op.in.index?.[0], 'index')]?.range, 'range')[1] + 1;
    const drawn = (of: typeof uniform, [, ...rest]: number[], a: number, b: number): Tensor => {
      const width = size(rest);
      const all = of(seedOf(seed, op.id, 'train', 0, t, stream++), examples * width, a, b);
      const own = rows.flatMap((row) => [...all.subarray(row * width, (row + 1) * width)]);
      return tf.tensor(own, [rows.length, ...rest]);
    };
    return {
      uniform: (shape, min = 0, max = 1) => drawn(uniform, shape, min, max),
      normal: (shape, mean = 0, std = 1) => drawn(normal, shape, mean, std),
    };
  }
  const key = () => seedOf(seed, op.id, pass, at, t, stream++);
  return {
    uniform: (shape, min = 0, max = 1) => tf.tensor(uniform(key(), size(shape), min, max), shape),
    normal: (shape, mean = 0, std = 1) => tf.tensor(normal(key(), size(shape), mean, std), shape),
  };
}

function clock(world: World, id: ValueId, iteration: number): number {
  const { program, kinds, datasets } = world;
  const op = producer(program, id);
  const run = kinds[op.kind]?.run;
  if (run?.as !== 'clock') throw new Error(`${op.kind} is no clock`);
  const { epochSource, remainder, length } = program.run;
  const examples = epochSource === null ? null : required(datasets.get(epochSource), epochSource).card.counts.train;
  const size = Math.min(program.symbols.batch ?? 1, examples ?? Number.POSITIVE_INFINITY);
  const perEpoch =
    examples === null ? null : remainder === 'keep' ? Math.ceil(examples / size) : Math.floor(examples / size);
  const { follows } = op;
  const seen = world.sweeps.filter(({ after, split: of }) => of === 'validation' && after <= iteration);
  const values = seen.map((sweep) => (follows ? (sweep.values[follows.metric] ?? null) : null));
  const outputs = run.run({
    ...(follows ? { followed: { better: follows.better, values } } : {}),
    params: op.params,
    numbers: numbersAt(world, op.numbers, iteration),
    iteration,
    epoch: perEpoch === null ? 0 : Math.floor(iteration / perEpoch),
    iterationsPerEpoch: perEpoch,
    iterations: 'iterations' in length ? length.iterations : length.epochs * (perEpoch ?? 0),
  });
  return required(
    outputs[
      required(
        Object.keys(op.out).find((port) => op.out[port] === id),
        id,
      )
    ],
    id,
  );
}

const numberAt = (world: World, number: Num, iteration: number): number =>
  typeof number === 'number' ? number : clock(world, number, iteration);

const numbersAt = (world: World, numbers: Record<string, Num>, iteration: number): Record<string, number> =>
  Object.fromEntries(Object.entries(numbers).map(([key, number]) => [key, numberAt(world, number, iteration)]));

/** What opens an iteration. */
interface Opening {
  i: number;
  batch: number;
  rows: Setting['rows'];
  fetched: Map<ValueId, HostTensor>;
}

/** What host ops and sources other than data give is made once, with the iteration's first weights. */
function fetch(world: World, i: number, batch: number, rows: Setting['rows']): Map<ValueId, HostTensor> {
  const fetched = new Map<ValueId, HostTensor>();
  const task = world.program.tasks.find((one) => one.do === 'fetch');
  const setting: Setting = {
    pass: 'train',
    mode: 'train',
    ops: [],
    t: 0,
    clock: i,
    iteration: i,
    batch,
    rows,
    variable: (id) => toTensor(world.tf, required(world.variables.get(id), id)),
    wrote: () => undefined,
    given: new Map(),
    saw: new Map(),
  };
  const known = new Map<ValueId, Tensor>();
  for (const id of task?.do === 'fetch' ? task.keep : []) {
    const op = producer(world.program, id);
    if (op.where === 'clock' || world.datasets.has(op.id)) continue;
    fetched.set(id, toHost(compute(world, id, setting, known)));
  }
  return fetched;
}

interface Differentiated {
  loss: number;
  gradients: Map<VariableId, HostTensor>;
  writes: Map<VariableId, HostTensor>;
}

/** The loss on this batch and its gradients for the chosen weights; new values of the carries that the task owns. */
function differentiate(world: World, update: Update, { i, batch, rows, fetched }: Opening): Differentiated {
  const { tf } = world;
  const weights = update.weights.map((id) => toTensor(tf, required(world.variables.get(id), id)));
  const writes = new Map<VariableId, Tensor>();
  const forward = (): Tensor => {
    const current = new Map<VariableId, Tensor>(update.weights.map((id, k) => [id, weights[k] as Tensor]));
    const given = new Map<ValueId, Tensor>([...fetched].map(([id, value]) => [id, toTensor(tf, value)]));
    const setting: Setting = {
      pass: 'train',
      mode: 'train',
      ops: [],
      t: 0,
      clock: i,
      iteration: i,
      batch,
      rows,
      variable: (id) => writes.get(id) ?? current.get(id) ?? toTensor(tf, required(world.variables.get(id), id)),
      wrote(op, slot, value) {
        const own = update.writes.find((write) => write.by === op.id && write.slot === slot);
        if (own) writes.set(own.variable, tf.keep(value));
      },
      given,
      saw: new Map(),
    };
    const known = new Map(given);
    // In the order of the slice: where several ops write one carry, each goes on from the one before.
    const live = opsBehind(world, update.loss, i, known);
    for (const op of world.program.ops)
      if (live.has(op.id)) for (const id of Object.values(op.out)) compute(world, id, setting, known);
    return compute(world, update.loss, setting, known);
  };
  const { value, grads } = tf.engine().gradients(forward, weights, undefined, true);
  // Nothing arrives at a weight that the loss does not move with, such as the last bias before a gradient penalty.
  const arrived = update.weights.flatMap((id, k) => (grads[k] ? [[id, toHost(grads[k])] as const] : []));
  return {
    loss: value.dataSync()[0] ?? Number.NaN,
    gradients: new Map(arrived),
    writes: new Map([...writes].map(([id, tensor]) => [id, toHost(tensor)])),
  };
}

/** Mean over `accumulate`, clip, algorithm, writes, averages. */
function descend(world: World, update: Update, computed: Differentiated, i: number): void {
  const { tf, slots, counts } = world;
  const count = (name: string): number => {
    const next = (counts.get(name) ?? 0) + 1;
    counts.set(name, next);
    return next;
  };
  let gradients = new Map([...computed.gradients].map(([id, host]) => [id, toTensor(tf, host)]));
  if (update.accumulate > 1) {
    for (const [id, gradient] of gradients) {
      const before = slots.get(`sum ${update.id} ${id}`);
      slots.set(`sum ${update.id} ${id}`, toHost(before ? tf.add(toTensor(tf, before), gradient) : gradient));
    }
    if (count(`gathered ${update.id}`) % update.accumulate !== 0) gradients = new Map();
    for (const id of gradients.keys()) {
      const sum = required(slots.get(`sum ${update.id} ${id}`), id);
      gradients.set(id, tf.div(toTensor(tf, sum), update.accumulate));
      slots.delete(`sum ${update.id} ${id}`);
    }
  }
  if (update.clip) {
    const at = numberAt(world, update.clip.at, i);
    const norm = (some: Tensor[]): Tensor => tf.sqrt(tf.addN(some.map((one) => tf.sum(tf.square(one)))));
    const whole = gradients.size > 0 ? norm([...gradients.values()]) : null;
    for (const [id, gradient] of gradients) {
      const size = update.clip.by === 'norm' ? norm([gradient]) : required(whole, 'norm');
      const clipped =
        update.clip.by === 'value'
          ? tf.clipByValue(gradient, -at, at)
          : tf.mul(gradient, tf.div(at, tf.maximum(size, at)));
      gradients.set(id, clipped);
    }
  }
  const run = world.kinds[update.algorithm]?.run;
  if (run?.as !== 'optimizer') throw new Error(`${update.algorithm} is no optimizer`);
  for (const [id, gradient] of gradients) {
    const variable = toTensor(tf, required(world.variables.get(id), id));
    const own: Record<string, Tensor> = {};
    for (const [slot, first] of Object.entries(run.optimizer.slots)) {
      const kept = slots.get(`${update.id} ${id} ${slot}`);
      const value = first(update.params);
      if (value !== null) own[slot] = kept ? toTensor(tf, kept) : tf.fill(variable.shape, value);
    }
    const numbers = numbersAt(world, update.numbers, i);
    const t = count(`t ${update.id} ${id}`);
    const next = run.optimizer.update(tf, { variable, gradient, slots: own, params: update.params, numbers, t });
    world.variables.set(id, toHost(next.variable));
    for (const [slot, value] of Object.entries(next.slots)) slots.set(`${update.id} ${id} ${slot}`, toHost(value));
  }
  for (const [id, value] of computed.writes) world.variables.set(id, value);
  const moved = new Set([...gradients.keys(), ...computed.writes.keys()]);
  for (const { variable, of, decay } of update.averages) {
    if (!moved.has(of)) continue;
    moved.add(variable);
    const d = numberAt(world, decay, i);
    const mean = toTensor(tf, required(world.variables.get(variable), variable));
    const value = toTensor(tf, required(world.variables.get(of), of));
    world.variables.set(variable, toHost(d === 0 ? value : tf.add(tf.mul(mean, d), tf.mul(value, 1 - d))));
  }
}

/** Rows in proportion to their weights: the first whose running sum lies above a uniform draw. */
function drawRows({ seed }: World, op: Op, { data }: HostTensor, i: number, batch: number): Int32Array {
  const total = [...data].reduce((sum, weight) => sum + weight, 0);
  return Int32Array.from(uniform(seedOf(seed, 'sampling', op.id, i), batch), (draw) => {
    let sum = 0;
    const row = [...data].findIndex((weight) => {
      sum += weight;
      return sum > draw * total;
    });
    return row < 0 ? data.length - 1 : row;
  });
}

/** Sweeps over train whose folds hold values or fit variables. */
function hold(world: World, at: Due['at'], i: number, size: number): void {
  const { program, kinds } = world;
  for (const task of program.tasks) {
    if (task.do !== 'sweep' || task.split !== 'train' || task.due.at !== at) continue;
    for (const [fold, totals] of measureSplit(world, task, i, size)) {
      const run = kinds[fold.kind]?.run;
      const making = run?.as === 'hold' ? run.hold : run?.as === 'op' ? run.fit : undefined;
      const made = required(making, fold.kind).hold(totals, fold.params, specsOf(program, fold));
      if ('held' in fold.gives) world.held.set(fold.gives.held, required(Object.values(made)[0], fold.id));
      if ('variables' in fold.gives)
        for (const id of fold.gives.variables) world.variables.set(id, required(made[id.split('#')[1] ?? ''], id));
    }
  }
}

/** Metrics of a split; a loss is its mean over the examples. */
function sweep(world: World, split: Exclude<Split, 'train'>, i: number, size: number, sweeps: OracleSweep[]): void {
  const { program, kinds } = world;
  const task = program.tasks.find((one) => one.do === 'sweep' && one.split === split);
  if (task?.do !== 'sweep') return;
  const values: Record<string, number> = {};
  for (const [fold, totals] of measureSplit(world, task, i, size)) {
    const run = kinds[fold.kind]?.run;
    const result =
      run?.as === 'fold'
        ? run.fold.result(totals, fold.params, specsOf(program, fold))
        : (totals.sum?.[0] ?? Number.NaN) / (totals.weight?.[0] ?? Number.NaN);
    if (typeof result === 'number' && 'metric' in fold.gives)
      values[`${split === 'validation' ? 'val' : split}.${fold.gives.metric}`] = result;
  }
  sweeps.push({ after: i + 1, split, values });
}

const specsOf = (program: Program, fold: Fold): Record<string, Spec[]> =>
  Object.fromEntries(
    Object.entries(fold.in).map(([port, ids]) => [port, ids.map((one) => required(program.values[one], one))]),
  );

/** What each fold of a task measures over a split, in index order and evaluation mode. */
function measureSplit(world: World, task: Sweep, i: number, size: number): [Fold, Record<string, Float64Array>][] {
  const { tf, program, datasets, kinds } = world;
  const { split } = task;
  const sources = program.ops.filter((op) => task.ops.includes(op.id) && datasets.has(op.id));
  const counts = sources.map((op) => required(datasets.get(op.id), op.id).card.counts[split]);
  const examples = counts.length > 0 ? Math.max(...counts) : size * program.run.validationBatches;
  return task.folds.map((id) => {
    const fold = required(
      program.folds.find((one) => one.id === id),
      id,
    );
    const run = kinds[fold.kind]?.run;
    const own = run?.as === 'fold' ? run.fold : run?.as === 'hold' ? run.hold : undefined;
    const measures = 'variables' in fold.gives && run?.as === 'op' ? run.fit : own;
    const totals: Record<string, number[]> = {};
    for (let first = 0, n = 0; first < examples; first += size, n++) {
      const batch = Math.min(size, examples - first);
      const setting: Setting = {
        pass: split === 'train' ? 'start' : split,
        mode: 'evaluation',
        ops: [],
        t: 0,
        clock: n,
        iteration: i,
        batch,
        rows: (op) => {
          const count = required(datasets.get(op.id), op.id).card.counts[split];
          return Int32Array.from({ length: batch }, (_, k) => (first + k) % count);
        },
        variable: (one) => toTensor(tf, required(world.variables.get(one), one)),
        wrote: () => undefined,
        given: new Map(),
        saw: new Map(),
      };
      const known = new Map<ValueId, Tensor>();
      const inputs = Object.fromEntries(
        Object.entries(fold.in).map(([port, ids]) => [port, ids.map((one) => compute(world, one, setting, known))]),
      );
      const [loss] = Object.values(inputs).flat();
      const measured: Record<string, number[]> = {};
      if (measures)
        for (const [name, tensor] of Object.entries(measures.measure(tf, { params: fold.params, inputs, batch })))
          measured[name] = [...(tensor.dataSync() as Float32Array)];
      else {
        measured.sum = [(required(loss, id).dataSync()[0] ?? Number.NaN) * batch];
        measured.weight = [batch];
      }
      for (const [name, numbers] of Object.entries(measured)) {
        const before = totals[name];
        if (!before) totals[name] = numbers;
        else if (measures?.combine === 'concat') before.push(...numbers);
        else totals[name] = before.map((number, k) => number + (numbers[k] ?? 0));
      }
    }
    const arrays = Object.entries(totals).map(([name, all]) => [name, Float64Array.from(all)] as const);
    return [fold, Object.fromEntries(arrays)];
  });
}

const toTensor = (tf: Tf, { data, shape }: HostTensor): Tensor =>
  tf.tensor(data.slice(), shape, data instanceof Int32Array ? 'int32' : 'float32');

const toHost = (tensor: Tensor): HostTensor => ({
  data: tensor.dataSync().slice() as Float32Array | Int32Array,
  shape: [...tensor.shape],
});
