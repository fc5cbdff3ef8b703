import { invariant, required } from '@/lib/base/invariant';
import { canStep } from '@/lib/compile/can-step';
import { innerSlot } from '@/lib/compile/inner-slot';
import type { Body, Num, Op, Path, ValueId, VariableId } from '@/lib/compile/program';
import { variableAt } from '@/lib/compile/variable-at';
import type { PortId } from '@/lib/graph/document';
import type { ChildRequest } from '@/lib/nodes/common/children';
import { handedOn, rests } from '@/lib/nodes/common/evaluation-of';
import { gradientInputs } from '@/lib/nodes/common/gradient-inputs';
import { withoutGradient } from '@/lib/nodes/common/without-gradient';
import type { BlockCall, Face, OpStates, Random, RunResult, Tensor, Tf } from '@/lib/nodes/kind';
import type { Spec } from '@/lib/tensor/spec';
import { type Kinds, kindOf, stopsGradient } from './plan';
import { offTape } from './second-order/off-tape';

/** What ops see while a slice is evaluated. */
export interface Scope {
  tf: Tf;
  kinds: Kinds;
  mode: 'train' | 'evaluation';
  batch: number;
  /** Clock values of this iteration; tensors while a step is traced. */
  clocks: ReadonlyMap<ValueId, number | Tensor>;
  /** Of the program's values. */
  specs: Readonly<Record<ValueId, Spec>>;
  /** Ops that regions are made of: the program's, or those of a body. */
  ops: ReadonlyMap<Path, Op>;
  /** Blocks of callers. */
  bodies: Readonly<Record<Path, Body>>;
  /** `t`: the inner step of the callers around the op. */
  random(op: Op, t: number): Random;
  /** The op and its slot, where one asks. */
  variable(id: VariableId, by?: Op, slot?: string): Tensor;
  /** New value of a carry; ops that follow in the slice see it if the task owns it. */
  write?(op: Op, slot: string, value: Tensor): void;
  /** Variables that ops saw before they wrote them: regions see the same. Needed where ops write. */
  saw?: Map<Path, Record<string, Tensor>>;
  /** Values on a gradient tape: where a kind's `grad` leaves their port out, they are cut off. */
  taped?: Pick<ReadonlySet<ValueId>, 'has'>;
  /** In a body that reads a sequence piece by piece: what its ops remember. */
  states?: OpStates;
  /** Scores of children, in fetch. */
  child?(request: ChildRequest): number | undefined;
  /** Inner step of the caller whose body is evaluated; 0 outside of bodies. */
  t?: number;
  /** Called after each op. */
  seen?(op: Op, outputs: Record<string, Tensor>): void;
}

/** Evaluates ops in order into `values`; ops whose outputs are all there are skipped. */
export function evaluateOps(ops: readonly Op[], values: Map<ValueId, Tensor>, scope: Scope): void {
  for (const op of ops) {
    if (op.where === 'clock' || Object.values(op.out).every((id) => values.has(id))) continue;
    const outputs = evaluateOp(op, values, scope);
    for (const [port, id] of Object.entries(op.out)) {
      if (values.has(id)) continue;
      // A layer offers its variables as tensors too, by slot.
      const variable = op.uses[port];
      const value = outputs[port] ?? (variable === undefined ? undefined : scope.variable(variable));
      const isUnknown = value === undefined && rests(kindOf(scope.kinds, op.kind).face, op.params);
      if (!isUnknown) values.set(id, required(value, `output ${port} of ${op.kind}`));
    }
    scope.seen?.(op, outputs);
  }
}

function evaluateOp(op: Op, values: ReadonlyMap<ValueId, Tensor>, scope: Scope): Record<string, Tensor> {
  const { tf } = scope;
  const kind = kindOf(scope.kinds, op.kind);
  const mode = op.frozen ? 'evaluation' : scope.mode;
  const take = (port: PortId, id: ValueId): Tensor => {
    const value = valueAt(id, values, scope);
    const stops = scope.taped?.has(id) && stopsGradient(kind.face, op.params, port);
    return stops ? stopGradient(tf, value) : value;
  };
  if (mode === 'evaluation' && rests(kind.face, op.params)) {
    // Dropout, noise and augmentation while they rest. A function may know only some of what they hand on.
    const outputs: Record<PortId, Tensor> = {};
    for (const port of Object.keys(op.out)) {
      const from = handedOn(port);
      const id = op.in[from]?.[0];
      if (id !== undefined && (values.has(id) || scope.clocks.has(id))) outputs[port] = take(from, id);
    }
    return outputs;
  }
  const inputs: Record<PortId, Tensor[]> = {};
  for (const [port, ids] of Object.entries(op.in)) inputs[port] = ids.map((id) => take(port, id));
  const run = kind.run;
  invariant(run?.as === 'op' || run?.as === 'source', `kind ${op.kind} computes`);
  const variables: Record<string, Tensor> = {};
  for (const [slot, id] of Object.entries(op.uses)) variables[slot] = scope.variable(id, op, slot);
  const before = scope.states?.get(op.id);
  const compute = (): RunResult =>
    run.run(tf, {
      params: op.params,
      numbers: resolveNumbers(op.numbers, scope.clocks),
      inputs,
      spec: (port) => scope.specs[op.in[port]?.[0] ?? ''],
      variables,
      mode,
      random: randomOf(op, inputs, scope),
      batch: scope.batch,
      ...(scope.child ? { child: scope.child } : {}),
      ...(op.body === undefined ? {} : { body: blockOf(op, kind.face, mode, scope) }),
      ...(before ? { state: before } : {}),
      ...(op.region === undefined ? {} : { region: regionOf(op, op.region, values, scope) }),
    });
  // A gradient whose numbers alone are wanted reaches into weights by its region, not by its inputs.
  const isCut = op.region !== undefined && gradientInputs(kind.face, op.params)?.length === 0;
  const result = isCut ? offTape(tf, compute) : compute();
  if (scope.states && result.state) scope.states.set(op.id, result.state);
  if (scope.write && mode === 'train' && result.writes) {
    scope.saw?.set(op.id, variables);
    for (const [slot, value] of Object.entries(result.writes)) scope.write(op, slot, value);
  }
  return result.outputs;
}

/** Random numbers of an op; where they hang on examples, rows of a draw for all of them. */
function randomOf(op: Op, inputs: Record<PortId, Tensor[]>, scope: Scope): Random {
  const random = scope.random(op, scope.t ?? 0);
  const [id, index] = [op.in.index?.[0], inputs.index?.[0]];
  if (op.rng !== 'example' || id === undefined || index === undefined) return random;
  const examples = required(scope.specs[id]?.range, `range of ${id}`)[1] + 1;
  const rows = (draw: (shape: number[]) => Tensor, [, ...rest]: number[]): Tensor =>
    scope.tf.gather(draw([examples, ...rest]), index as ReturnType<Tf['tensor1d']>);
  return {
    uniform: (shape, min, max) => rows((all) => random.uniform(all, min, max), shape),
    normal: (shape, mean, std) => rows((all) => random.normal(all, mean, std), shape),
  };
}

/** The ops of a region as a function of `wrt`: evaluated again in the same scope, on what is known outside of it. */
function regionOf(
  op: Op,
  region: readonly Path[],
  values: ReadonlyMap<ValueId, Tensor>,
  scope: Scope,
): (wrt: Tensor) => Tensor {
  const [of = '', wrt = ''] = [op.in.of?.[0], op.in.wrt?.[0]];
  const ops = region.map((path) => required(scope.ops.get(path), `op ${path}`));
  const variable = variableAt(wrt, scope.ops);
  const made = new Set(ops.flatMap((inner) => Object.values(inner.out)));
  const { write: _write, seen: _seen, ...rest } = scope;
  return (given) => {
    const own = new Map([...values].filter(([id]) => !made.has(id)));
    own.set(wrt, given);
    evaluateOps(ops, own, {
      ...rest,
      variable(id, by, slot) {
        const seen = by && slot !== undefined ? scope.saw?.get(by.id)?.[slot] : undefined;
        return id === variable ? given : (seen ?? scope.variable(id, by, slot));
      },
      taped: { has: (id) => id === wrt || made.has(id) || scope.taped?.has(id) === true },
    });
    return valueAt(of, own, scope);
  };
}

const opMaps = new WeakMap<Body, ReadonlyMap<Path, Op>>();

function opsOf(body: Body): ReadonlyMap<Path, Op> {
  const known = opMaps.get(body) ?? new Map(body.ops.map((op) => [op.id, op]));
  opMaps.set(body, known);
  return known;
}

/** More calls than this within one call of a caller around it would meet the random numbers of the next. */
const MOST_CALLS = 2 ** 20;

/** The block of a caller as a function: its ops in a scope of their own, with random numbers of their own at each call. */
function blockOf(op: Op, { calls }: Face, mode: Scope['mode'], scope: Scope): BlockCall {
  const body = required(scope.bodies[op.body ?? ''], `body of ${op.id}`);
  return {
    inputs: body.inputs.map(({ port }) => port),
    outputs: body.outputs.map(({ port }) => port),
    get steps() {
      return canStep(body, scope.kinds);
    },
    run(inputs, t, states) {
      const made = scope.tf.tidy(() => {
        const values = new Map<ValueId, Tensor>();
        for (const { port, value } of body.inputs) if (inputs[port]) values.set(value, inputs[port]);
        const { write } = scope;
        const { states: _, ...around } = scope;
        const inner: Scope = {
          ...around,
          ...(states ? { states } : {}),
          mode: calls?.evaluates ? 'evaluation' : mode,
          ops: opsOf(body),
          batch: Object.values(inputs)[0]?.shape[0] ?? scope.batch,
          t: (scope.t ?? 0) * MOST_CALLS + t,
          // Whatever is in a body may hang on a weight that is differentiated for.
          ...(scope.taped ? { taped: { has: () => true } } : {}),
        };
        if (write) inner.write = (by, slot, value) => write(op, innerSlot(op.id, by, slot), value);
        evaluateOps(body.ops, values, inner);
        const outputs = body.outputs.map(({ port, value }) => [port, valueAt(value, values, inner)]);
        return { outputs: Object.fromEntries(outputs), states: Object.fromEntries(states ?? []) };
      });
      return made.outputs;
    },
  };
}

/** A tensor; a clock's number where a tensor is wanted becomes a scalar. */
function valueAt(id: ValueId, values: ReadonlyMap<ValueId, Tensor>, scope: Scope): Tensor {
  const value = values.get(id);
  if (value !== undefined) return value;
  const clock = required(scope.clocks.get(id), `value ${id}`);
  return typeof clock === 'number' ? scope.tf.scalar(clock) : clock;
}

export function resolveNumbers<T extends number | Tensor>(
  numbers: Record<string, Num>,
  clocks: ReadonlyMap<ValueId, T>,
): Record<string, number | T> {
  const resolved: Record<string, number | T> = {};
  for (const key of Object.keys(numbers)) resolved[key] = resolveNumber(numbers[key] as Num, clocks);
  return resolved;
}

export const resolveNumber = <T extends number | Tensor>(number: Num, clocks: ReadonlyMap<ValueId, T>): number | T =>
  typeof number === 'number' ? number : required(clocks.get(number), `clock value ${number}`);

/** The same numbers; nothing flows back. */
export const stopGradient = (tf: Tf, value: Tensor): Tensor => withoutGradient(tf, value, (x) => tf.clone(x));
