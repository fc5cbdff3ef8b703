import { gradientInputs } from '@/lib/nodes/common/gradient-inputs';
import type { Kind } from '@/lib/nodes/kind';
import { checkRegions } from './check-regions';
import { producerOf } from './make-ops';
import type { Body, Fetch, Op, Path, Program, Task, Update, ValueId } from './program';
import { clocksOf, readsOf, readsWhenDone } from './slices';

type Faces = Record<string, Pick<Kind, 'face'>>;

/** What any program must satisfy, whatever made it: docs/programs.md section 7, items 1 to 6. Empty: all is well. */
export function checkProgram(program: Program, kinds: Faces): string[] {
  const check = new Check(program, kinds);
  check.references();
  check.slices();
  check.updates();
  check.averages();
  check.fetch();
  check.functions();
  check.followed();
  check.shapes();
  check.closures();
  check.holds();
  return check.violations;
}

/** One check: the program by id, and what was found so far. */
class Check {
  readonly violations: string[] = [];
  private readonly ops = new Map<Path, Op>();
  private readonly producers = new Map<ValueId, Path>();
  private readonly folds: Map<Path, Program['folds'][number]>;
  private readonly variables: Map<string, Program['variables'][number]>;
  private readonly fetched: Fetch | undefined;
  private readonly ofUpdates: Update[];
  /** Held values by the fold that measures them. */
  private readonly held = new Map<ValueId, Path>();

  constructor(
    private readonly program: Program,
    private readonly kinds: Faces,
  ) {
    this.folds = new Map(program.folds.map((fold) => [fold.id, fold]));
    this.variables = new Map(program.variables.map((variable) => [variable.id, variable]));
    this.fetched = program.tasks.find((task) => task.do === 'fetch');
    this.ofUpdates = program.tasks.filter((task) => task.do === 'update');
    for (const { id, gives } of program.folds) if ('held' in gives) this.held.set(gives.held, id);
  }

  private expect(holds: boolean, violation: string): void {
    if (!holds) this.violations.push(violation);
  }

  /** 1: ids unique, references resolve, one producer and one spec a value, topological order. */
  references(): void {
    const { program } = this;
    for (const id of [
      ...repeated(program.folds.map((fold) => fold.id)),
      ...repeated(program.variables.map((variable) => variable.id)),
      ...repeated(program.tasks.flatMap((task) => ('id' in task ? [task.id] : []))),
    ])
      this.violations.push(`${id} is there twice`);
    for (const op of program.ops) {
      this.expect(!this.ops.has(op.id), `op ${op.id} is there twice`);
      for (const value of readsOf(op)) {
        const path = producerOf(value);
        this.expect(program.values[value] !== undefined, `${value} has no spec`);
        if (this.held.has(value)) continue;
        this.expect(this.ops.has(path), `${op.id} reads ${value}, which no op before it gives`);
        this.expect(this.gives(path, value), `${op.id} reads ${value}, which is no output of ${path}`);
      }
      for (const variable of Object.values(op.uses))
        this.expect(this.variables.has(variable), `${op.id} uses ${variable}, which is not there`);
      for (const [port, value] of Object.entries(op.out)) {
        this.expect(!this.producers.has(value), `${value} has two producers`);
        this.expect(value === `${op.id}.${port}`, `${value} is not named after ${op.id}`);
        this.expect(program.values[value] !== undefined, `${value} has no spec`);
        this.producers.set(value, op.id);
      }
      this.ops.set(op.id, op);
    }
    for (const fold of program.folds)
      for (const value of Object.values(fold.in).flat())
        this.expect(this.gives(producerOf(value), value), `fold ${fold.id} reads ${value}, which no op gives`);
    for (const task of program.tasks) {
      for (const path of pathsOf(task)) this.expect(this.ops.has(path), `${nameOf(task)} runs ${path}, which is no op`);
      for (const fold of 'folds' in task ? task.folds : [])
        this.expect(this.folds.has(fold), `${nameOf(task)} measures ${fold}, which is no fold`);
    }
  }

  /** An output, a layer's variable given as a tensor, or a value that a fold holds. */
  private gives(path: Path, value: ValueId): boolean {
    if (this.held.has(value)) return true;
    const op = this.ops.get(path);
    return op !== undefined && (this.producers.get(value) === path || value.slice(path.length + 1) in op.uses);
  }

  private ancestors(values: readonly ValueId[], stop: ReadonlySet<Path>): Set<Path> {
    const found = new Set<Path>();
    const stack = values.map(producerOf);
    for (let path = stack.pop(); path !== undefined; path = stack.pop()) {
      const op = this.ops.get(path);
      if (!op || found.has(path) || stop.has(path)) continue;
      found.add(path);
      stack.push(...readsOf(op).map(producerOf));
    }
    return found;
  }

  private readsOfFolds(ids: readonly Path[]): ValueId[] {
    return ids.flatMap((id) => Object.values(this.folds.get(id)?.in ?? {}).flat());
  }

  /** 1: each slice holds exactly the ancestors of what it fetches, in order. */
  slices(): void {
    const inFetch = new Set(this.fetched ? pathsOf(this.fetched) : []);
    const place = new Map(this.program.ops.map((op, index) => [op.id, index]));
    const compare = (name: string, paths: readonly Path[], wanted: ReadonlySet<Path>) => {
      const given = new Set(paths);
      this.expect(given.size === paths.length, `${name} runs an op twice`);
      for (const path of wanted) this.expect(given.has(path), `${name} lacks ${path}`);
      for (const path of given) this.expect(wanted.has(path), `${name} runs ${path} for nothing`);
      const sorted = paths.every((path, i) => i === 0 || (place.get(path) ?? 0) > (place.get(paths[i - 1] ?? '') ?? 0));
      this.expect(sorted, `${name} is out of order`);
    };
    const none = new Set<Path>();
    for (const task of this.program.tasks) {
      if (task.do === 'update') compare(`update ${task.id}`, task.ops, this.ancestors([task.loss], inFetch));
      if (task.do === 'sweep')
        compare(`sweep ${task.id}`, task.ops, this.ancestors(this.readsOfFolds(task.folds), none));
      if (task.do === 'emit') {
        compare(`emit ${task.id}`, task.ops, this.ancestors(task.fetch, none));
        for (const value of Object.values(task.in).flat())
          this.expect(task.fetch.includes(value), `emit ${task.id} does not fetch ${value}`);
      }
    }
    for (const fn of this.program.functions) {
      const inputs = fn.inputs.map((input) => input.value);
      const wanted = this.upTo(
        fn.outputs.map((output) => output.value),
        new Set(inputs),
      );
      compare(`function ${fn.name}`, fn.ops, wanted);
    }
  }

  /** Ancestors that begin behind given values: an op may give one that is an input and one that is needed. */
  private upTo(values: readonly ValueId[], inputs: ReadonlySet<ValueId>): Set<Path> {
    const found = new Set<Path>();
    const seen = new Set<ValueId>();
    const stack = [...values];
    for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
      const op = this.ops.get(producerOf(value));
      if (inputs.has(value) || !op || seen.has(value)) continue;
      seen.add(value);
      found.add(op.id);
      stack.push(...readsWhenDone(op, value, this.kinds[op.kind]?.face));
    }
    return found;
  }

  /** 2: weights are trainable, unfrozen and reached; carries have one writer; `together` updates share no weights. */
  updates(): void {
    const writers = new Map<string, Path>();
    const trained = new Map<string, Path>();
    for (const update of this.ofUpdates) {
      const { reached } = this.reach([update.loss], this.ops);
      for (const id of update.weights) {
        const variable = this.variables.get(id);
        this.expect(
          variable?.role === 'trainable' && !variable.frozen,
          `${update.id} trains ${id}, which is not trainable`,
        );
        this.expect(reached.has(id), `${update.id} trains ${id}, which its gradient does not reach`);
        if (this.program.run.updates === 'together')
          this.expect(!trained.has(id), `${id} is trained by ${trained.get(id)} and ${update.id} together`);
        trained.set(id, update.id);
      }
      const slice = new Set(update.ops);
      for (const { variable, by, slot } of update.writes) {
        this.expect(
          this.variables.get(variable)?.role === 'carry',
          `${update.id} writes ${variable}, which is no carry`,
        );
        this.expect(slice.has(by), `${update.id} writes ${variable} by ${by}, which is not in its slice`);
        this.expect(this.ops.get(by)?.uses[slot] === variable, `${by} has no ${slot} that is ${variable}`);
        const other = writers.get(variable);
        this.expect(other === undefined || other === update.id, `${variable} is written by ${other} and ${update.id}`);
        writers.set(variable, update.id);
      }
    }
  }

  /** Variables that a gradient of the values gets to among some ops, and values from outside of them. */
  private reach(of: ValueId[], ops: ReadonlyMap<Path, Op>): { reached: Set<string>; outside: Set<ValueId> } {
    const reached = new Set<string>();
    const outside = new Set<ValueId>();
    const seen = new Set<ValueId>();
    const stack = [...of];
    for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
      if (seen.has(value)) continue;
      seen.add(value);
      const path = producerOf(value);
      const op = ops.get(path);
      if (!op) outside.add(value);
      if (op?.where !== 'device' || this.program.values[value]?.dtype !== 'float32') continue;
      const slot = value.slice(path.length + 1);
      const direct = op.uses[slot];
      const body = this.program.bodies[op.body ?? ''];
      const inside =
        body &&
        this.reach(
          body.outputs.map((output) => output.value),
          new Map(body.ops.map((inner) => [inner.id, inner])),
        );
      if (!op.frozen)
        for (const variable of direct === undefined ? (inside?.reached ?? Object.values(op.uses)) : [direct])
          reached.add(variable);
      if (direct !== undefined) continue;
      const face = this.kinds[op.kind]?.face;
      const grad = face && gradientInputs(face, op.params);
      for (const [port, values] of Object.entries(op.in)) {
        const enters = !inside || inside.outside.has(`${op.id}/$in.${port}`);
        if (enters && (!grad || grad.includes(port))) stack.push(...values);
      }
    }
    return { reached, outside };
  }

  /** Averages move with what they follow, once in an update, and nothing else changes them. */
  averages(): void {
    for (const update of this.ofUpdates) {
      const moved = new Set([...update.weights, ...update.writes.map(({ variable }) => variable)]);
      for (const { variable, of, decay } of update.averages) {
        const average = this.variables.get(variable);
        this.expect(average?.role === 'average', `${update.id} averages ${variable}, which is no average`);
        this.expect(
          average?.init.by === 'copy' && average.init.of === of,
          `${variable} does not start as a copy of ${of}`,
        );
        this.expect(moved.has(of), `${update.id} averages ${of}, which it does not change`);
        this.expect(!moved.has(variable), `${update.id} averages ${variable} twice`);
        if (this.variables.get(of)?.role === 'carry') this.expect(decay === 0, `${variable} is no copy of ${of}`);
        moved.add(variable);
      }
    }
  }

  /** 3: host and source ops of updates run in fetch, and an update begins at what fetch keeps. */
  fetch(): void {
    const { fetched } = this;
    if (!fetched) {
      this.expect(this.ofUpdates.length === 0, 'there are updates, but no fetch');
      return;
    }
    const inside = new Set(pathsOf(fetched));
    const kept = new Set(fetched.keep);
    for (const path of fetched.sources)
      this.expect(this.ops.get(path)?.where === 'source', `fetch counts ${path} among its sources`);
    for (const path of inside)
      for (const value of readsOf(this.ops.get(path) ?? { in: {}, numbers: {} }))
        this.expect(
          inside.has(producerOf(value)) || this.held.has(value),
          `fetch runs ${path}, but not what gives ${value}`,
        );
    for (const value of kept) this.expect(inside.has(producerOf(value)), `fetch keeps ${value}, but does not make it`);
    for (const update of this.ofUpdates) {
      const slice = new Set(update.ops);
      const available = (value: ValueId) => slice.has(producerOf(value)) || kept.has(value) || this.held.has(value);
      for (const path of slice) {
        const op = this.ops.get(path);
        this.expect(op?.where === 'device', `${update.id} runs ${path}, which is no device op`);
        for (const value of op ? readsOf(op) : [])
          this.expect(available(value), `${update.id} reads ${value}, which fetch does not keep`);
      }
      const clip = typeof update.clip?.at === 'string' ? [update.clip.at] : [];
      const decays = update.averages.flatMap(({ decay }) => (typeof decay === 'string' ? [decay] : []));
      const more = [...clocksOf(update.numbers), ...clip, ...decays, update.loss];
      for (const value of [...this.readsOfFolds(update.folds), ...more])
        this.expect(available(value), `${update.id} reads ${value}, which it does not have`);
    }
  }

  /** 5: what clocks follow is measured by the validation sweep. */
  followed(): void {
    const sweep = this.program.tasks.find((task) => task.do === 'sweep' && task.split === 'validation');
    const measured = new Set<string>();
    for (const id of sweep?.do === 'sweep' ? sweep.folds : []) {
      const gives = this.folds.get(id)?.gives;
      if (gives && 'metric' in gives) measured.add(`val.${gives.metric}`);
    }
    for (const { id, where, follows } of this.program.ops) {
      if (!follows) continue;
      this.expect(where === 'clock', `${id} follows a metric, but is no clock`);
      this.expect(measured.has(follows.metric), `${id} follows ${follows.metric}, which no validation measures`);
    }
  }

  /** 4: functions hold no source; only sweeps may fit variables. */
  functions(): void {
    for (const fn of this.program.functions)
      for (const path of fn.ops)
        this.expect(this.ops.get(path)?.where !== 'source', `function ${fn.name} holds the source ${path}`);
    for (const task of this.program.tasks) {
      if (!('folds' in task)) continue;
      const holds = task.do === 'sweep' && task.split === 'train';
      for (const id of task.folds) {
        const metric = 'metric' in (this.folds.get(id)?.gives ?? { metric: '' });
        this.expect(metric !== holds, `${nameOf(task)} ${metric ? 'measures the metric' : 'fits or holds'} ${id}`);
      }
    }
  }

  /** 5: with the symbols put in, training shapes are whole numbers; clocks depend on clocks. */
  shapes(): void {
    const { symbols, values } = this.program;
    for (const path of new Set(this.ofUpdates.flatMap((update) => update.ops)))
      for (const value of Object.values(this.ops.get(path)?.out ?? {}))
        for (const dim of values[value]?.shape ?? [null]) {
          const size =
            typeof dim === 'number'
              ? dim
              : dim === null
                ? null
                : typeof dim === 'string'
                  ? symbols[dim]
                  : symbols[dim.of];
          this.expect(typeof size === 'number' && Number.isInteger(size) && size > 0, `${value} has no fixed shape`);
        }
    for (const variable of this.variables.values())
      this.expect(
        variable.shape.every((size) => Number.isInteger(size) && size > 0),
        `${variable.id} has no fixed shape`,
      );
    for (const op of this.program.ops) {
      const driving = op.where === 'clock' ? readsOf(op) : clocksOf(op.numbers);
      for (const value of driving)
        this.expect(
          this.ops.get(producerOf(value))?.where === 'clock',
          `${op.id} is driven by ${value}, which is no clock`,
        );
      this.branches(op);
    }
  }

  /** A switch has a branch for each whole number that drives it. */
  private branches(op: Op): void {
    const selects = this.kinds[op.kind]?.face.selects;
    if (!selects) return;
    const index = op.numbers[selects.by];
    const spec = typeof index === 'string' ? this.program.values[index] : undefined;
    const most = typeof index === 'number' ? index : spec?.meaning === 'index' ? (spec.classes ?? 0) - 1 : -1;
    const fits = Number.isInteger(most) && most >= 0 && most < (op.in[selects.port]?.length ?? 0);
    this.expect(fits, `${op.id} has no branch for each of its numbers`);
  }

  /** Each caller has a body of its own, uses what is used in it and is driven by the clocks in it. */
  private calls(ops: readonly Op[], called: Set<Path>): void {
    for (const op of ops) {
      const calls = this.kinds[op.kind]?.face.calls !== undefined;
      this.expect(calls === (op.body !== undefined), `${op.id} ${calls ? 'has no' : 'needs no'} body`);
      if (op.body === undefined) continue;
      const body = this.program.bodies[op.body];
      this.expect(body !== undefined && op.body === op.id && !called.has(op.id), `${op.id} has no body of its own`);
      called.add(op.body);
      if (!body) continue;
      this.body(op, body);
      this.calls(body.ops, called);
    }
  }

  /** A body is closed over its inputs, variables and its caller's clocks, holds what its outputs need, and no source of data. */
  private body(caller: Op, { inputs, outputs, ops }: Body): void {
    const name = `body ${caller.id}`;
    const made = new Map<ValueId, Op | null>();
    const used = new Set<string>();
    for (const { port, value } of inputs) {
      this.expect(value === `${caller.id}/$in.${port}`, `${name} takes in ${value} on ${port}`);
      this.expect(this.program.values[value] !== undefined, `${value} has no spec`);
      made.set(value, null);
    }
    for (const value of clocksOf(caller.numbers)) made.set(value, null);
    for (const op of ops) {
      this.expect(!this.ops.has(op.id) && op.id.startsWith(`${caller.id}/`), `${op.id} does not belong into ${name}`);
      for (const value of readsOf(op)) this.expect(made.has(value), `${name} reads ${value} from outside`);
      const hosts = caller.where !== 'device';
      const fits = op.where === 'device' || (hosts ? op.where === 'host' : false) || this.isNoise(op);
      this.expect(fits, `${name} holds ${op.id}, which runs on ${op.where}`);
      for (const value of Object.values(op.out)) {
        this.expect(!made.has(value), `${value} has two producers`);
        this.expect(this.program.values[value] !== undefined, `${value} has no spec`);
        made.set(value, op);
      }
      for (const variable of Object.values(op.uses)) {
        this.expect(this.variables.has(variable), `${name} uses ${variable}, which is not there`);
        used.add(variable);
      }
    }
    const needed = new Set<Op>();
    const stack = outputs.map(({ value }) => value);
    for (const { value } of outputs) this.expect(made.has(value), `${name} gives ${value}, which it does not make`);
    for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
      const op = made.get(value);
      if (!op || needed.has(op)) continue;
      needed.add(op);
      stack.push(...readsOf(op));
    }
    for (const op of ops) this.expect(needed.has(op), `${name} holds ${op.id} for nothing`);
    const own = new Set(Object.values(caller.uses));
    this.expect(
      own.size === used.size && [...used].every((id) => own.has(id)),
      `${caller.id} uses not what ${name} does`,
    );
  }

  private isNoise(op: Op): boolean {
    const face = this.kinds[op.kind]?.face;
    return op.where === 'source' && face?.role === 'source' && face.calls === undefined;
  }

  /** Held values and fitted variables: each has one sweep, over train, which runs before anything reads it. */
  holds(): void {
    const fitted = new Map<string, Path>();
    const sweeps = this.program.tasks.filter((task) => task.do === 'sweep' && task.split === 'train');
    const measured = sweeps.flatMap((sweep) => ('folds' in sweep ? sweep.folds : []));
    for (const id of repeated(measured)) this.violations.push(`${id} is held by two sweeps`);
    for (const { id, gives } of this.program.folds) {
      if ('metric' in gives) continue;
      this.expect(measured.includes(id), `no sweep measures ${id}`);
      if ('held' in gives) this.expect(gives.held.startsWith(`${id}.`), `${gives.held} is not named after ${id}`);
      for (const variable of 'variables' in gives ? gives.variables : []) {
        const op = this.ops.get(id);
        this.expect(this.variables.get(variable)?.role === 'fitted', `${id} fits ${variable}, which is not fitted`);
        this.expect(Object.values(op?.uses ?? {}).includes(variable), `${id} fits ${variable}, which is not its own`);
        fitted.set(variable, id);
      }
    }
    const known = new Set<Path>();
    for (const task of sweeps) {
      if (task.do !== 'sweep') continue;
      const slice = task.ops.flatMap((path) => this.ops.get(path) ?? []);
      const reads = slice.filter((op) => op.where !== 'source').flatMap(readsOf);
      const needs = [...reads, ...this.readsOfFolds(task.folds)].flatMap((value) => this.held.get(value) ?? []);
      for (const op of slice) for (const id of Object.values(op.uses)) needs.push(...[fitted.get(id) ?? []].flat());
      for (const path of needs) this.expect(known.has(path), `sweep ${task.id} needs ${path}, which comes later`);
      for (const path of task.folds) known.add(path);
      this.expect(task.due.at === 'start' || task.due.at === 'epoch', `sweep ${task.id} is due at ${task.due.at}`);
    }
  }

  /** 6: bodies are closed, regions lie between their ends, random starts differ unless they are meant to be equal. */
  closures(): void {
    const { bodies } = this.program;
    const called = new Set<Path>();
    this.calls(this.program.ops, called);
    for (const id of Object.keys(bodies)) this.expect(called.has(id), `nothing calls body ${id}`);
    this.violations.push(...checkRegions(this.program, this.kinds));
    for (const { id, init } of this.variables.values()) {
      if (init.by === 'copy') this.expect(this.variables.has(init.of), `${id} copies ${init.of}, which is not there`);
      if (init.by === 'random')
        this.expect(init.key === id || !this.variables.has(init.key), `${id} starts with the key of ${init.key}`);
    }
  }
}

const pathsOf = (task: Task): Path[] => (task.do === 'fetch' ? [...task.sources, ...task.ops] : task.ops);

const nameOf = (task: Task): string => ('id' in task ? `${task.do} ${task.id}` : task.do);

/** Members that come more than once. */
function repeated(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return ids.filter((id) => seen.has(id) || !seen.add(id));
}
