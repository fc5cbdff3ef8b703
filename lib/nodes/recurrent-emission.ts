import type { HostTensor, MakeWeight, OnnxAttribute, OnnxEmission, PlainParams, TorchEmission } from './kind';
import { permute, slotOf } from './make-weight';
import { onnxNodes } from './onnx-nodes';
import { flagOf, numberOf, textOf } from './params';
import { torchLayer } from './torch-layer';

/** How recurrent layers are written for PyTorch and ONNX; the gates of a kernel stand side by side along its last axis. */

/** `[features, gates · units]` as `[gates · units, features]` with the gates in another order. */
export const gatedKernel =
  (slot: string, order: readonly number[], units: number): MakeWeight =>
  (slots) =>
    permute(gates(slotOf(slots, slot), order, units), [1, 0]);

/** A row of a bias `[gates · units]` or `[rows, gates · units]` with the gates in another order. */
export const gatedBias =
  (order: readonly number[], units: number, row = 0): MakeWeight =>
  ({ bias }) => {
    const length = order.length * units;
    if (bias === undefined) return { data: new Float32Array(length), shape: [length] };
    const data = bias.data.slice(row * length, (row + 1) * length);
    // A bias of one row has none for the recurrent product.
    if (data.length === 0) return { data: new Float32Array(length), shape: [length] };
    return { ...gates({ data, shape: [1, length] }, order, units), shape: [length] };
  };

function gates({ data, shape }: HostTensor, order: readonly number[], units: number): HostTensor {
  const [rows = 1, width = 1] = shape;
  const moved = data.slice();
  for (let row = 0; row < rows; row++)
    for (const [to, from] of order.entries()) {
      const start = row * width + from * units;
      moved.set(data.subarray(start, start + units), row * width + to * units);
    }
  return { data: moved, shape };
}

/** `nn.LSTM` and its like, with the gates of its weights in `order`; `options` come after the sizes. */
export function torchRecurrent(
  module: string,
  params: PlainParams,
  features: number,
  order: readonly number[],
  options: string[] = [],
  helpers: string[] = [],
): TorchEmission {
  const units = numberOf(params, 'units');
  const bias = flagOf(params, 'bias');
  const all = [String(features), String(units), ...options, ...(bias ? [] : ['bias=False']), 'batch_first=True'];
  return torchLayer(`${module}(${all.join(', ')})`, {
    helpers,
    weights: {
      weight_ih_l0: gatedKernel('kernel', order, units),
      weight_hh_l0: gatedKernel('recurrent_kernel', order, units),
      ...(bias && { bias_ih_l0: gatedBias(order, units), bias_hh_l0: gatedBias(order, units, 1) }),
    },
    before: (x) => (flagOf(params, 'backwards') ? `${x}.flip(1)` : x),
    after: (y) => (textOf(params, 'gives') === 'every' ? `${y}[0]` : `${y}[0][:, -1]`),
  });
}

/** ONNX' `LSTM`, `GRU` or `RNN`: time comes first there, and one direction is an axis of its own. */
export const onnxRecurrent = (
  type: string,
  params: PlainParams,
  order: readonly number[],
  attributes: Record<string, OnnxAttribute> = {},
): OnnxEmission =>
  onnxNodes(
    (x, { node, nodes, constant, weight }) => {
      const units = numberOf(params, 'units');
      const backwards = flagOf(params, 'backwards');
      const series = node('Transpose', [x], { perm: [1, 0, 2] });
      const weights = [
        weight('W', oneDirection(gatedKernel('kernel', order, units))),
        weight('R', oneDirection(gatedKernel('recurrent_kernel', order, units))),
        ...(flagOf(params, 'bias') ? [weight('B', bothBiases(order, units))] : []),
      ];
      const all = { hidden_size: units, direction: backwards ? 'reverse' : 'forward', ...attributes };
      const [every = '', last = ''] = nodes(type, [series, ...weights], all, 2);
      if (textOf(params, 'gives') === 'last') return node('Squeeze', [last, constant([0], 'int64')]);
      const steps = node('Transpose', [node('Squeeze', [every, constant([1], 'int64')])], { perm: [1, 0, 2] });
      if (!backwards) return steps;
      // ONNX gives each step back at its place; Keras and PyTorch in the order in which they were read.
      const [start, end, axis, step] = [-1, -(2 ** 31), 1, -1].map((value) => constant([value], 'int64'));
      return node('Slice', [steps, start ?? '', end ?? '', axis ?? '', step ?? '']);
    },
    { channels: 'last' },
  );

const oneDirection =
  (make: MakeWeight): MakeWeight =>
  (slots) => {
    const { data, shape } = make(slots);
    return { data, shape: [1, ...shape] };
  };

/** The input's bias, then the recurrent one. */
const bothBiases =
  (order: readonly number[], units: number): MakeWeight =>
  (slots) => {
    const data = [0, 1].flatMap((row) => [...gatedBias(order, units, row)(slots).data]);
    return { data: Float32Array.from(data), shape: [1, data.length] };
  };
