import type { Attribute } from './graph-def';
import type { Net, RecordedNode, Spec } from './net';
import { FLOAT, INT32 } from './types';

/** oneDNN computes channels by so many; fewer cost as much. */
const LANES = 16;
const T = { type: FLOAT };

type Make = (inputs: string[], attributes: Record<string, Attribute>, output: Spec) => string;

/**
 * What a convolution with stride s sends back to an input of few channels, as it makes pictures out of features: each of
 * the s × s places within a stride sees taps of its own, so that all of them are channels of one convolution without
 * a stride, and are put beside each other after it ("sub-pixel convolution", Shi et al. 2016). oneDNN fills one channel up
 * to a whole register, and takes several times longer for it. Undefined where it does not fit. `convolve`: makes that convolution.
 */
export function inPhases(node: RecordedNode, net: Net, convolve: Make): string | undefined {
  const [, filters = '', dy = ''] = node.inputs;
  const { strides, dilations, padding } = node.attributes;
  const [, stride = 1, other] = listOf(strides);
  const [, high, wide, channels = 0] = node.outputs[0]?.shape ?? [];
  const [count = 0, rows = 0, columns = 0, features = 0] = net.output(dy)?.shape ?? [];
  const [kernelHigh = 0, kernelWide = 0] = net.output(filters)?.shape ?? [];
  const isSame = padding && 'text' in padding && padding.text === 'SAME';
  if (!isSame || stride < 2 || other !== stride || listOf(dilations).some((one) => one !== 1)) return undefined;
  if (stride * stride * channels > LANES || high !== rows * stride || wide !== columns * stride) return undefined;
  const [v, h] = [taps(kernelHigh, stride), taps(kernelWide, stride)];

  const make = (op: string, inputs: string[], attributes: Record<string, Attribute>, shape: number[]): string =>
    net.make(op, inputs, { T, ...attributes }, [{ type: FLOAT, shape }]);
  const reshape = (x: string, shape: number[]): string =>
    make('Reshape', [x, integers(net, shape)], { Tshape: { type: INT32 } }, shape);
  const paddings = integers(net, [v.before, v.after, h.before, h.after, 0, 0, 0, 0], [4, 2]);
  const whole = [v.count * stride, h.count * stride, channels, features];
  const padded = make('Pad', [filters, paddings], { Tpaddings: { type: INT32 } }, whole);
  const parts = [v.count, stride, h.count, stride, channels, features];
  const turned = make('ReverseV2', [reshape(padded, parts), integers(net, [0, 2])], { Tidx: { type: INT32 } }, parts);
  const order = [0, 2, 5, 1, 3, 4];
  const phases = make(
    'Transpose',
    [turned, integers(net, order)],
    { Tperm: { type: INT32 } },
    order.map((axis) => parts[axis] as number),
  );
  const depth = stride * stride * channels;
  const convolved = convolve(
    [dy, reshape(phases, [v.count, h.count, features, depth])],
    { ...node.attributes, strides: { int: [1, 1, 1, 1] } },
    { type: FLOAT, shape: [count, rows, columns, depth] },
  );
  const placing = { block_size: { int: stride }, data_format: { text: 'NHWC' } };
  return make('DepthToSpace', [convolved], placing, [count, high, wide, channels]);
}

/** Taps of each phase along one axis, an odd number around the middle, and the zeros that complete the kernel to that. */
function taps(kernel: number, stride: number): { count: number; before: number; after: number } {
  const start = Math.floor(Math.max(kernel - stride, 0) / 2);
  const around = Math.max(Math.ceil(start / stride), Math.floor((kernel - 1 - start) / stride));
  const count = 2 * around + 1;
  const before = stride * around - start;
  return { count, before, after: stride * count - before - kernel };
}

const listOf = (value: Attribute | undefined): number[] =>
  value && 'int' in value && Array.isArray(value.int) ? value.int : [];

function integers(net: Net, values: number[], shape = [values.length]): string {
  const bytes = new Uint8Array(Int32Array.from(values).buffer);
  const value = { tensor: { type: INT32, shape, bytes } };
  return net.make('Const', [], { dtype: { type: INT32 }, value }, [{ type: INT32, shape }]);
}
