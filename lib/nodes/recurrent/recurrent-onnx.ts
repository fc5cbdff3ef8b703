import { required } from '@/lib/base/invariant';
import { onnxActivation } from '../common/activation-emission';
import { STANDARD } from '../common/activations';
import { asIs, slotOf } from '../common/make-weight';
import { BOOL, END, FLOAT } from '../common/onnx-nodes';
import { flagOf, numberOf, textOf } from '../common/params';
import type { CELLS } from '../common/recurrent-cells';
import type { MakeWeight, OnnxAttribute, OnnxEmission, OnnxPlace, PlainParams } from '../kind';
import { type Gates, gatedBias, gatedKernel } from './recurrent-weights';

/** One direction of a recurrent layer, reading input `x`, with what is wired to `mask` and to its states. */
export interface Reading {
  cell: keyof typeof CELLS;
  params: PlainParams;
  prefix: string;
  backwards: boolean;
  /** Every step, or the last one that was read. */
  every: boolean;
  /** Steps at their places in time, or in the order in which they were read. */
  inOrder: 'of time' | 'of reading';
  masked: 'as before' | 'zero';
}

/** Writes it; answers its output and its states after the last step. */
export function onnxReading(place: OnnxPlace, reading: Reading): { y: string; states: string[] } {
  const attributes = nativeAttributes(reading);
  const mask = place.inputs.mask?.[0];
  return mask === undefined && attributes !== null
    ? nativeLayer(place, reading, attributes)
    : scannedLayer(place, reading, mask);
}

/** A layer that reads in one direction. */
export const onnxRecurrent = (cell: Reading['cell'], params: PlainParams): OnnxEmission => ({
  write(place) {
    const { y, states } = onnxReading(place, {
      cell,
      params,
      prefix: '',
      backwards: flagOf(params, 'backwards'),
      every: textOf(params, 'gives') === 'every',
      inOrder: 'of reading',
      masked: 'as before',
    });
    if (!flagOf(params, 'state')) return { y };
    return { y, ...Object.fromEntries(STATES[cell].map((port, at) => [port, states[at] ?? ''])) };
  },
});

const STATES = { lstm: ['hidden', 'memory'], gru: ['hidden'], 'simple-rnn': ['hidden'] };
const TYPES = { lstm: 'LSTM', gru: 'GRU', 'simple-rnn': 'RNN' };

/** ONNX' gates are input, output, forget, candidate and update, reset, candidate. */
const ORDERS = { lstm: [0, 3, 1, 2], gru: [0, 1, 2], 'simple-rnn': [0] };

/** Activations that ONNX' RNN knows, by our ids. */
const ACTIVATIONS: Record<string, string> = {
  tanh: 'Tanh',
  relu: 'Relu',
  sigmoid: 'Sigmoid',
  elu: 'Elu',
  softsign: 'Softsign',
  softplus: 'Softplus',
  'leaky-relu': 'LeakyRelu',
};

/** Attributes of ONNX' own layer; null where it has none like this. */
function nativeAttributes({ cell, params }: Reading): Record<string, OnnxAttribute> | null {
  if (cell === 'lstm') return {};
  if (cell === 'gru') return { linear_before_reset: flagOf(params, 'resetAfter') ? 1 : 0 };
  const name = ACTIVATIONS[textOf(params, 'activation')];
  if (name === undefined) return null;
  return { activations: [name], ...(name === 'LeakyRelu' && { activation_alpha: { floats: [STANDARD.slope] } }) };
}

/** ONNX' own layer: time comes first there, and the direction is an axis. */
function nativeLayer(
  place: OnnxPlace,
  { cell, params, prefix, backwards, every, inOrder }: Reading,
  attributes: Record<string, OnnxAttribute>,
): { y: string; states: string[] } {
  const { node, nodes, constant, weight, inputs } = place;
  const units = numberOf(params, 'units');
  const gates: Gates = { order: ORDERS[cell], units, prefix };
  const [zero, one] = [constant([0], 'int64'), constant([1], 'int64')];
  const given = STATES[cell].map((port) => inputs[port]?.[0]);
  const begin = given.some((state) => state !== undefined)
    ? given.map((state) => node('Unsqueeze', [state ?? zeros(place, [units]), zero]))
    : [];
  const weights = [
    weight(`${prefix}W`, oneDirection(gatedKernel('kernel', gates))),
    weight(`${prefix}R`, oneDirection(gatedKernel('recurrent_kernel', gates))),
    flagOf(params, 'bias') ? weight(`${prefix}B`, bothBiases(gates)) : '',
    '', // lengths
    ...begin,
  ];
  while (weights.at(-1) === '') weights.pop();
  const all = { hidden_size: units, direction: backwards ? 'reverse' : 'forward', ...attributes };
  const series = node('Transpose', [place.on('x')], { perm: [1, 0, 2] });
  const [steps = '', ...last] = nodes(TYPES[cell], [series, ...weights], all, 1 + given.length);
  const states = last.map((state) => node('Squeeze', [state, zero]));
  if (!every) return { y: required(states[0], 'hidden state'), states };
  const y = node('Transpose', [node('Squeeze', [steps, one])], { perm: [1, 0, 2] });
  return { y: backwards && inOrder === 'of reading' ? reversed(place, y) : y, states };
}

/** A layer written out for one step and run along the sequence. */
function scannedLayer(place: OnnxPlace, reading: Reading, mask: string | undefined): { y: string; states: string[] } {
  const { node, constant, weight, inputs } = place;
  const { cell, params, prefix } = reading;
  const units = numberOf(params, 'units');
  const step = stepOf(place, reading);
  const product = node('MatMul', [place.on('x'), weight(`${prefix}kernel`, asIs(`${prefix}kernel`))]);
  return onnxSteps(place, reading, {
    projected: step.inner === undefined ? product : node('Add', [product, step.inner]),
    ...(mask !== undefined && { mask: node('Unsqueeze', [mask, constant([2], 'int64')]) }),
    begin: STATES[cell].map((port) => inputs[port]?.[0]),
    blank: () => zeros(place, [units]),
    next: step.next,
  });
}

/** What is read step by step along axis 1. */
export interface OnnxReader {
  projected: string;
  /** A number for each step, of as many axes as `projected`. */
  mask?: string;
  /** States that are wired. */
  begin: (string | undefined)[];
  /** A state of zeros. */
  blank(): string;
  next(projected: string, states: string[]): string[];
}

/** Reads the steps: every output along axis 1, or the last, and the states. Where the mask is 0, states stay as they are. */
export function onnxSteps(
  place: OnnxPlace,
  { backwards, every, inOrder, masked }: Pick<Reading, 'backwards' | 'every' | 'inOrder' | 'masked'>,
  { projected, mask, begin: given, blank, next: step }: OnnxReader,
): { y: string; states: string[] } {
  const { node, constant } = place;
  const begin = given.map((state) => state ?? blank());
  // The output goes along as one more state where a masked step repeats it.
  const repeats = mask !== undefined && masked === 'as before';
  const { states, outputs } = place.scan({
    states: repeats ? [...begin, blank()] : begin,
    series: mask === undefined ? [projected] : [projected, mask],
    backwards,
    step(old, [now = '', seen]) {
      const next = step(now, old);
      if (seen === undefined) return { states: next, outputs: next.slice(0, 1) };
      const read = node('Cast', [node('Cast', [seen], { to: BOOL })], { to: FLOAT });
      const unread = node('Sub', [constant(1), read]);
      const mixed = (after: string, before: string) =>
        node('Add', [node('Mul', [read, after]), node('Mul', [unread, before])]);
      const output = repeats ? mixed(next[0] ?? '', old.at(-1) ?? '') : node('Mul', [read, next[0] ?? '']);
      const kept = next.map((state, at) => mixed(state, old[at] ?? ''));
      return { states: repeats ? [...kept, output] : kept, outputs: [output] };
    },
  });
  const last = states.slice(0, begin.length);
  const [steps = ''] = outputs;
  if (every) return { y: backwards && inOrder === 'of time' ? reversed(place, steps) : steps, states: last };
  // Without a mask the output is the first state; with one it went along at the end.
  if (mask === undefined || repeats) return { y: required(repeats ? states.at(-1) : last[0], 'output'), states: last };
  const end = node('Gather', [steps, constant(-1, 'int64')], { axis: 1 });
  return { y: end, states: last };
}

interface Step {
  /** Bias of the product with the input. */
  inner: string | undefined;
  next(projected: string, states: string[]): string[];
}

/** The step of `recurrent-cells.ts` as nodes. */
function stepOf(place: OnnxPlace, { cell, params, prefix }: Reading): Step {
  const { node, nodes, constant, weight } = place;
  const units = numberOf(params, 'units');
  const has = flagOf(params, 'bias');
  const recurrent = weight(`${prefix}recurrent_kernel`, asIs(`${prefix}recurrent_kernel`));
  const split = (x: string, sizes: number[]) =>
    nodes('Split', [x, constant(sizes, 'int64')], { axis: 1 }, sizes.length);
  const mix = (gate: string, old: string, candidate: string) =>
    node('Add', [node('Mul', [gate, old]), node('Mul', [node('Sub', [constant(1), gate]), candidate])]);
  if (cell === 'lstm')
    return {
      inner: has ? weight(`${prefix}bias`, asIs(`${prefix}bias`)) : undefined,
      next(projected, [hidden = '', memory = '']) {
        const sums = node('Add', [projected, node('MatMul', [hidden, recurrent])]);
        const [i = '', f = '', c = '', o = ''] = split(sums, [units, units, units, units]);
        const entering = node('Mul', [node('Sigmoid', [i]), node('Tanh', [c])]);
        const next = node('Add', [node('Mul', [node('Sigmoid', [f]), memory]), entering]);
        return [node('Mul', [node('Sigmoid', [o]), node('Tanh', [next])]), next];
      },
    };
  if (cell === 'gru' && flagOf(params, 'resetAfter'))
    return {
      inner: has ? weight(`${prefix}bias_in`, biasRow(prefix, 0)) : undefined,
      next(projected, [hidden = '']) {
        const product = node('MatMul', [hidden, recurrent]);
        const heard = has ? node('Add', [product, weight(`${prefix}bias_out`, biasRow(prefix, 1))]) : product;
        const [z = '', r = '', c = ''] = split(projected, [units, units, units]);
        const [hz = '', hr = '', hc = ''] = split(heard, [units, units, units]);
        const reset = node('Sigmoid', [node('Add', [r, hr])]);
        const candidate = node('Tanh', [node('Add', [c, node('Mul', [reset, hc])])]);
        return [mix(node('Sigmoid', [node('Add', [z, hz])]), hidden, candidate)];
      },
    };
  if (cell === 'gru') {
    const kernels = nodes('Split', [recurrent, constant([2 * units, units], 'int64')], { axis: 1 }, 2);
    const [gates = '', candidates = ''] = kernels;
    return {
      inner: has ? weight(`${prefix}bias`, asIs(`${prefix}bias`)) : undefined,
      next(projected, [hidden = '']) {
        const [open = '', c = ''] = split(projected, [2 * units, units]);
        const opened = node('Sigmoid', [node('Add', [open, node('MatMul', [hidden, gates])])]);
        const [z = '', r = ''] = split(opened, [units, units]);
        const product = node('MatMul', [node('Mul', [r, hidden]), candidates]);
        return [mix(z, hidden, node('Tanh', [node('Add', [c, product])]))];
      },
    };
  }
  return {
    inner: has ? weight(`${prefix}bias`, asIs(`${prefix}bias`)) : undefined,
    next(projected, [hidden = '']) {
      const sums = node('Add', [projected, node('MatMul', [hidden, recurrent])]);
      return [onnxActivation({ ...place, axis: () => 1 }, textOf(params, 'activation'), sums)];
    },
  };
}

/** `[batch, …shape]` of zeros, of as many rows as the input has. */
export function zeros({ node, constant, on }: OnnxPlace, shape: number[]): string {
  const rows = node('Shape', [on('x')], { start: 0, end: 1 });
  return node('Expand', [constant(0), node('Concat', [rows, constant(shape, 'int64')], { axis: 0 })]);
}

function reversed({ node, constant }: OnnxPlace, steps: string): string {
  const [start, end, axis, step] = [-1, -END, 1, -1].map((value) => constant([value], 'int64'));
  return node('Slice', [steps, start ?? '', end ?? '', axis ?? '', step ?? '']);
}

const biasRow =
  (prefix: string, row: 0 | 1): MakeWeight =>
  (slots) => {
    const { data, shape } = slotOf(slots, `${prefix}bias`);
    const length = shape.at(-1) ?? 1;
    return { data: data.slice(row * length, (row + 1) * length), shape: [length] };
  };

const oneDirection =
  (make: MakeWeight): MakeWeight =>
  (slots) => {
    const { data, shape } = make(slots);
    return { data, shape: [1, ...shape] };
  };

/** The input's bias, then the state's. */
const bothBiases =
  (gates: Gates): MakeWeight =>
  (slots) => {
    const data = ([0, 1] as const).flatMap((row) => [...gatedBias(row, gates)(slots).data]);
    return { data: Float32Array.from(data), shape: [1, data.length] };
  };
