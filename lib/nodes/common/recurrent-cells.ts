import { required } from '@/lib/base/invariant';
import type { PlainParams, Tensor, Tf, VariableDecl } from '../kind';
import { activate } from './activations';
import { fusedLstm } from './fused';
import { oneMinus } from './live';
import { trainable, variableOf } from './operands';
import { flagOf, textOf } from './params';

/** What a layer carries from step to step, and how. The first state is the output of a step. */
export interface Cell {
  /** Its states by their ports: `hidden`, `memory`. */
  states: string[];
  /** Columns of the kernels for each unit. */
  gates: number;
  /** Bias of `gates · units` numbers, or `[2, gates · units]` where the product with the state has one of its own. */
  bias(params: PlainParams, units: number): VariableDecl;
  /** Operations of one step and unit beside the products. */
  flops: number;
  start(tf: Tf, params: PlainParams, weights: CellWeights): Step;
  /**
   * All steps at once, for an engine that has a kernel for that: hidden states `[batch, time, units]` and the last states,
   * from the products with the input and the first states. Null where it has none.
   */
  whole?(
    tf: Tf,
    projected: () => Tensor,
    states: Tensor[],
    weights: CellWeights,
  ): { y: Tensor; state: Tensor[] } | null;
}

/** `kernel` `[features, gates·units]`, `recurrent` `[units, gates·units]`. */
export interface CellWeights {
  kernel: Tensor;
  recurrent: Tensor;
  bias: Tensor | undefined;
}

export interface Step {
  /** Bias of the product with the input, which is made for all steps at once. */
  inner: Tensor | undefined;
  /** New states from the product with this step's input, the old states, and the hidden state as the products see it (dropout). */
  next(projected: Tensor, states: Tensor[], heard: Tensor): Tensor[];
}

const first = (states: Tensor[]): Tensor => required(states[0], 'hidden state');

const lstm: Cell = {
  states: ['hidden', 'memory'],
  gates: 4,
  bias: (_, units) => trainable('bias', [4 * units], { law: 'unit_forget_bias' }),
  flops: 25,
  start: (tf, _, { recurrent, bias }) => ({
    inner: bias,
    next: (projected, [, memory], heard) =>
      gatedMemory(tf, tf.add(projected, tf.matMul(heard, recurrent)), required(memory, 'memory'), {
        gate: (x) => tf.sigmoid(x),
        bend: (x) => tf.tanh(x),
      }),
  }),
  whole(tf, projected, [hidden, memory], { recurrent }) {
    const states = { hidden: required(hidden, 'hidden state'), memory: required(memory, 'memory') };
    const read = fusedLstm(tf, projected, { recurrent, ...states });
    return read && { y: read.y, state: [lastStep(tf, read.y), read.memory] };
  },
};

/** `[batch, time, units]` → `[batch, units]` */
export function lastStep(tf: Tf, y: Tensor): Tensor {
  const [batch = 0, time = 1, units = 0] = y.shape;
  return tf.reshape(tf.slice(y, [0, time - 1, 0], [batch, 1, units]), [batch, units]);
}

/** Hidden state and memory after a step of an LSTM, from the sums at its four gates (last axis) and the memory before. */
export function gatedMemory(
  tf: Tf,
  sums: Tensor,
  memory: Tensor,
  { gate, bend }: Record<'gate' | 'bend', (x: Tensor) => Tensor>,
): [Tensor, Tensor] {
  const [i, f, c, o] = tf.split(sums, 4, sums.rank - 1) as [Tensor, Tensor, Tensor, Tensor];
  const next = tf.add(tf.mul(gate(f), memory), tf.mul(gate(i), bend(c)));
  return [tf.mul(gate(o), bend(next)), next];
}

const gru: Cell = {
  states: ['hidden'],
  gates: 3,
  bias: (params, units) =>
    trainable('bias', flagOf(params, 'resetAfter') ? [2, 3 * units] : [3 * units], { law: 'zeros' }),
  flops: 20,
  start(tf, params, { recurrent, bias }) {
    const after = flagOf(params, 'resetAfter');
    const units = recurrent.shape[0] ?? 1;
    const parts = [2 * units, units];
    const [inner, outer] = bias && after ? tf.unstack(bias) : [bias, undefined];
    const gates = (sums: Tensor) => tf.split(tf.sigmoid(sums), 2, 1) as [Tensor, Tensor];
    const mixed = (gate: Tensor, old: Tensor, candidate: Tensor) =>
      tf.add(tf.mul(gate, old), tf.mul(oneMinus(tf, gate), candidate));
    return {
      inner,
      next(projected, states, heard) {
        const [x, xc] = tf.split(projected, parts, 1) as [Tensor, Tensor];
        if (!after) {
          const [open, candidate] = tf.split(recurrent, parts, 1) as [Tensor, Tensor];
          const [z, r] = gates(tf.add(x, tf.matMul(heard, open)));
          return [mixed(z, first(states), tf.tanh(tf.add(xc, tf.matMul(tf.mul(r, heard), candidate))))];
        }
        const product = tf.matMul(heard, recurrent);
        const [g, c] = tf.split(outer ? tf.add(product, outer) : product, parts, 1) as [Tensor, Tensor];
        const [z, r] = gates(tf.add(x, g));
        return [mixed(z, first(states), tf.tanh(tf.add(xc, tf.mul(r, c))))];
      },
    };
  },
};

const simpleRnn: Cell = {
  states: ['hidden'],
  gates: 1,
  bias: (_, units) => trainable('bias', [units], { law: 'zeros' }),
  flops: 5,
  start: (tf, params, { recurrent, bias }) => ({
    inner: bias,
    next: (projected, _, heard) => [
      activate(tf, tf.add(projected, tf.matMul(heard, recurrent)), textOf(params, 'activation')),
    ],
  }),
};

export const CELLS = { lstm, gru, 'simple-rnn': simpleRnn } satisfies Record<string, Cell>;

/** Kernels as Keras starts them; `prefix` keeps two directions of one layer apart. */
export function cellVariables(
  cell: Cell,
  params: PlainParams,
  features: number,
  units: number,
  prefix = '',
): VariableDecl[] {
  const named = (declared: VariableDecl): VariableDecl => ({ ...declared, slot: `${prefix}${declared.slot}` });
  return [
    trainable('kernel', [features, cell.gates * units], { law: 'glorot_uniform' }),
    trainable('recurrent_kernel', [units, cell.gates * units], { law: 'orthogonal' }),
    ...(flagOf(params, 'bias') ? [cell.bias(params, units)] : []),
  ].map(named);
}

export const cellWeights = (variables: Record<string, Tensor>, prefix = ''): CellWeights => ({
  kernel: variableOf(variables, `${prefix}kernel`),
  recurrent: variableOf(variables, `${prefix}recurrent_kernel`),
  bias: variables[`${prefix}bias`],
});

/** Operations of one step. */
export const cellFlops = (cell: Cell, features: number, units: number): number =>
  2 * cell.gates * units * (features + units) + cell.flops * units;
