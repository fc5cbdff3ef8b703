import { required } from '@/lib/base/invariant';
import type { RunContext, RunResult, Tensor, Tf } from '../kind';
import { isConstant, liveNumber, oneMinus } from './live';
import { asFloat, tensorOn, variableOf } from './operands';
import { flagOf, numberOf, textOf } from './params';
import type { Cell, CellWeights } from './recurrent-cells';
import { stateSlot } from './recurrent-layer';

export interface Unrolled {
  /** Outputs `[batch, time, …]` in the order in which they were made: from the end where the sequence is read backwards. */
  every(): Tensor;
  /** The output that was made last. */
  last: Tensor;
  /** After the last step that was read, in the order of `Cell.states`. */
  state: Tensor[];
}

/** A sequence, ready to be read step by step. */
export interface StepReader {
  /** What each step sees of the input. */
  projected: Tensor[];
  /** Ports of the states, and the shape of each. */
  states: string[];
  shape: number[];
  /** What the next step hears of the hidden state (dropout); null: all of it. */
  keep: Tensor | null;
  /** New states from what a step sees, the old states, and the first of them as it is heard. */
  next(projected: Tensor, states: Tensor[], heard: Tensor): Tensor[];
}

export interface ReadingOrder {
  backwards: boolean;
  /** What a step says whose mask is 0. */
  masked?: 'as before' | 'zero';
  /** States to begin from, whatever is wired. */
  from?: Tensor[] | undefined;
}

/**
 * Runs a cell along axis 1 of input `x` `[batch, time, features]`. The products with the input kernel are made for all
 * steps at once. Dropout follows Gal and Ghahramani (2016): the same numbers are silenced at every step.
 */
export function unroll(tf: Tf, context: RunContext, cell: Cell, weights: CellWeights, order: ReadingOrder): Unrolled {
  const { params, inputs } = context;
  const x = asFloat(tf, tensorOn(inputs, 'x'));
  const [batch = 0, time = 0, features = 0] = x.shape;
  const units = numberOf(params, 'units');
  const shape = [batch, units];
  const step = cell.start(tf, params, weights);
  const seen = dropped(tf, context, 'dropout', x, [batch, 1, features]);
  const project = (from: Tensor): Tensor => {
    const rows = tf.matMul(tf.reshape(from, [batch * time, features]), weights.kernel);
    return tf.reshape(step.inner ? tf.add(rows, step.inner) : rows, [batch, time, cell.gates * units]);
  };
  const keep = dropMask(tf, context, 'recurrentDropout', shape);
  if (cell.whole && !inputs.mask && !keep) {
    const states = startStates(tf, context, cell.states, shape, order);
    const sequence = () => project(order.backwards ? tf.reverse(seen, 1) : seen);
    const whole = cell.whole(tf, sequence, states, weights);
    if (whole) return { every: () => whole.y, last: required(whole.state[0], 'hidden state'), state: whole.state };
  }
  const projected = tf.unstack(project(seen), 1);
  return readSteps(tf, context, { projected, states: cell.states, shape, keep, next: step.next }, order);
}

/**
 * States start at zero, at what is wired to their ports, or go on from `context.state`. Where `mask` is 0 they stay as they
 * are, and the output is that of the step before or, where `masked` says so and for the first step, 0 (as in Keras).
 */
export function readSteps(
  tf: Tf,
  context: RunContext,
  { projected, states, shape, keep, next: step }: StepReader,
  { backwards, masked = 'as before', from }: ReadingOrder,
): Unrolled {
  const masks = maskSteps(tf, context.inputs.mask?.[0], shape.length);
  let state = startStates(tf, context, states, shape, { from });
  const steps: Tensor[] = [];
  const order = [...projected.keys()];
  if (backwards) order.reverse();
  for (const at of order) {
    const hidden = required(state[0], 'hidden state');
    const heard = keep ? tf.mul(hidden, keep) : hidden;
    const next = step(required(projected[at], 'step'), state, heard);
    const mask = masks?.[at];
    const output = required(next[0], 'hidden state');
    const before = masked === 'zero' ? undefined : (steps.at(-1) ?? (context.state && hidden));
    steps.push(mask ? mix(tf, mask, output, before) : output);
    state = mask ? next.map((now, index) => mix(tf, mask, now, state[index])) : next;
  }
  return { every: () => tf.stack(steps, 1), last: required(steps.at(-1), 'a step'), state };
}

/** States that are given, or zeros. */
const startStates = (
  tf: Tf,
  { state, inputs }: RunContext,
  ports: string[],
  shape: number[],
  { from }: Pick<ReadingOrder, 'from'>,
): Tensor[] =>
  ports.map((port, at) => {
    const given = from?.[at] ?? state?.[at] ?? inputs[port]?.[0];
    return given ? asFloat(tf, given) : tf.zeros(shape);
  });

/** `[batch, 1, …]` of zeros and ones for each step, of as many axes as a state. */
function maskSteps(tf: Tf, mask: Tensor | undefined, rank: number): Tensor[] | undefined {
  if (!mask) return undefined;
  const ones = tf.cast(tf.notEqual(asFloat(tf, mask), 0), 'float32');
  const [batch = 1, time = 1] = mask.shape;
  return tf.unstack(tf.reshape(ones, [batch, time, ...Array.from({ length: rank - 1 }, () => 1)]), 1);
}

/** `now` where the mask is 1, elsewhere what was before. */
const mix = (tf: Tf, mask: Tensor, now: Tensor, before: Tensor | undefined): Tensor =>
  before ? tf.add(tf.mul(mask, now), tf.mul(tf.sub(1, mask), before)) : tf.mul(mask, now);

/** Zeros for what is silenced, and what the rest grows by; null where nothing is dropped. */
export function dropMask(tf: Tf, context: RunContext, field: string, shape: number[]): Tensor | null {
  const rate = liveNumber(context, field);
  if (context.mode === 'evaluation' || isConstant(rate, 0)) return null;
  const kept = tf.cast(tf.greaterEqual(context.random.uniform(shape), rate), 'float32');
  return tf.div(kept, oneMinus(tf, rate));
}

/** `x` with the same numbers silenced wherever `shape` is 1. */
export function dropped(tf: Tf, context: RunContext, field: string, x: Tensor, shape: number[]): Tensor {
  const mask = dropMask(tf, context, field, shape);
  return mask ? tf.mul(x, mask) : x;
}

/** A recurrent layer's outputs by port, and its state. */
export function runRecurrent(tf: Tf, context: RunContext, cell: Cell, weights: CellWeights): RunResult {
  const rows = tensorOn(context.inputs, 'x').shape[0] ?? 0;
  const from = stoppedAt(tf, context, cell.states, rows);
  const read = unroll(tf, context, cell, weights, { backwards: flagOf(context.params, 'backwards'), from });
  return readResult(tf, context, cell.states, read);
}

/** What was read as a layer hands it out: every step or the last, and the states where they are asked for. */
export function readResult(tf: Tf, context: RunContext, ports: string[], { every, last, state }: Unrolled): RunResult {
  const { params } = context;
  const y = textOf(params, 'gives') === 'every' ? every() : last;
  const given = flagOf(params, 'state') ? ports.map((port, at) => [port, tf.clone(required(state[at], port))]) : [];
  const outputs = { y, ...Object.fromEntries(given) };
  const writes = stopsAt(tf, context, ports, state);
  return { outputs, state, ...(writes && { writes }) };
}

/** Only a training goes on from batch to batch. */
const goesOn = ({ params, mode }: RunContext): boolean => mode === 'train' && flagOf(params, 'stateful');

/**
 * Where a stateful layer stopped in these rows of the batch before; undefined where it begins anew. `prefix`: the direction
 * of a layer that reads both ways, which go on each for itself.
 */
export const stoppedAt = (
  tf: Tf,
  context: RunContext,
  ports: string[],
  rows: number,
  prefix = '',
): Tensor[] | undefined =>
  goesOn(context)
    ? ports.map((port) => tf.slice(variableOf(context.variables, stateSlot(port, prefix)), 0, rows))
    : undefined;

/** Where it stops now, for the next batch; undefined where that begins anew. */
export function stopsAt(
  tf: Tf,
  context: RunContext,
  ports: string[],
  state: Tensor[],
  prefix = '',
): Record<string, Tensor> | undefined {
  if (!goesOn(context)) return undefined;
  const writes = ports.map((port, at): [string, Tensor] => {
    const slot = stateSlot(port, prefix);
    return [slot, onto(tf, variableOf(context.variables, slot), required(state[at], port))];
  });
  return Object.fromEntries(writes);
}

/** Rows that a smaller batch lacks stay as they were. */
function onto(tf: Tf, before: Tensor, state: Tensor): Tensor {
  const [rows = 0, all = 0] = [state.shape[0], before.shape[0]];
  return rows === all ? tf.clone(state) : tf.concat([state, tf.slice(before, rows, all - rows)], 0);
}
