import { permute, slotOf } from '../common/make-weight';
import type { HostTensor, MakeWeight } from '../kind';

/** Kernels and biases of recurrent layers with their gates in another order; gates stand side by side along the last axis. */
export interface Gates {
  /** `order[i]`: which of our gates comes at place i. */
  order: readonly number[];
  units: number;
  /** Before the slots, where a layer has two directions. */
  prefix: string;
}

/** `[features, gates · units]` as `[gates · units, features]`. */
export const gatedKernel =
  (slot: 'kernel' | 'recurrent_kernel', gates: Gates): MakeWeight =>
  (slots) =>
    permute(reordered(slotOf(slots, `${gates.prefix}${slot}`), gates), [1, 0]);

/**
 * A row of a bias `[gates · units]` or `[rows, gates · units]`: of the input's product (0) or of the state's (1), which is
 * zero where we have none.
 */
export const gatedBias =
  (row: 0 | 1, gates: Gates): MakeWeight =>
  (slots) => {
    const { data } = slotOf(slots, `${gates.prefix}bias`);
    const length = gates.order.length * gates.units;
    const own = data.slice(row * length, (row + 1) * length);
    if (own.length === 0) return { data: new Float32Array(length), shape: [length] };
    return { data: reordered({ data: own, shape: [1, length] }, gates).data, shape: [length] };
  };

function reordered({ data, shape }: HostTensor, { order, units }: Gates): HostTensor {
  const [rows = 1, width = 1] = shape;
  const moved = data.slice();
  for (let row = 0; row < rows; row++)
    for (const [to, from] of order.entries()) {
      const start = row * width + from * units;
      moved.set(data.subarray(start, start + units), row * width + to * units);
    }
  return { data: moved, shape };
}
