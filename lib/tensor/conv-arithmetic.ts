import { type Dim, sameDim } from './spec';

export type Padding = 'same' | 'valid';

/** Pixels that a dilated kernel spans. */
export const kernelExtent = (kernel: number, dilation = 1): number => (kernel - 1) * dilation + 1;

/**
 * Output length of one spatial axis of a convolution or pooling, by TensorFlow's rules: `same` gives ⌈in / stride⌉,
 * `valid` ⌊(in − extent) / stride⌋ + 1. Symbols survive only where the length does not change; else null. A result below
 * 1 means that the window does not fit.
 */
export function convDim(dim: Dim, kernel: number, stride: number, padding: Padding, dilation = 1): Dim {
  const extent = kernelExtent(kernel, dilation);
  if (typeof dim !== 'number') return stride === 1 && (padding === 'same' || extent === 1) ? dim : null;
  return padding === 'same' ? Math.ceil(dim / stride) : Math.floor((dim - extent) / stride) + 1;
}

/** Output length of one spatial axis of a transposed convolution, as Keras 3 computes it without `output_padding`. */
export function transposedDim(dim: Dim, kernel: number, stride: number, padding: Padding): Dim {
  if (typeof dim !== 'number') return stride === 1 && (padding === 'same' || kernel === 1) ? dim : null;
  return padding === 'same' ? dim * stride : dim * stride + Math.max(kernel - stride, 0);
}

/** Product of axes: a number, a multiple of one symbol, or null where it cannot be said. The empty product is 1. */
export function productOf(dims: readonly Dim[]): Dim {
  let times = 1;
  let symbol: Dim = 1;
  for (const dim of dims) {
    if (typeof dim === 'number') times *= dim;
    else if (dim === null || symbol !== 1) return null;
    else symbol = dim;
  }
  if (symbol === 1) return times;
  if (times === 1) return symbol;
  if (typeof symbol === 'string') return { of: symbol, times };
  return symbol !== null && typeof symbol === 'object' ? { of: symbol.of, times: symbol.times * times } : null;
}

/** Sum of axes; a symbol survives only alone. */
export function sumOf(dims: readonly Dim[]): Dim {
  const [first] = dims;
  if (dims.length === 1 && first !== undefined) return first;
  if (dims.every((dim) => typeof dim === 'number')) return dims.reduce<number>((sum, dim) => sum + Number(dim), 0);
  if (first !== undefined && first !== null && typeof first !== 'number' && dims.every((dim) => sameDim(dim, first))) {
    const [of, times] = typeof first === 'string' ? [first, 1] : [first.of, first.times];
    return { of, times: times * dims.length };
  }
  return null;
}
