import { required } from '@/lib/base/invariant';
import type { HostTensor, MakeWeight } from '../kind';

export const slotOf = (slots: Record<string, HostTensor>, slot: string): HostTensor =>
  required(slots[slot], `variable ${slot}`);

/** The variable as it is. */
export const asIs =
  (slot: string): MakeWeight =>
  (slots) =>
    slotOf(slots, slot);

/** The variable with its axes in this order, optionally in a new shape of the same size. */
export const permuted =
  (slot: string, order: number[], shape?: (permuted: number[]) => number[]): MakeWeight =>
  (slots) => {
    const made = permute(slotOf(slots, slot), order);
    return shape ? { data: made.data, shape: shape(made.shape) } : made;
  };

/** `result.shape[i] = tensor.shape[order[i]]` */
export function permute({ data, shape }: HostTensor, order: readonly number[]): HostTensor {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const target = order.map((axis) => shape[axis] ?? 1);
  const steps = order.map((axis) => strides[axis] ?? 1);
  const result = data.slice();
  const index = target.map(() => 0);
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = data[from] ?? 0;
    for (let axis = target.length - 1; axis >= 0; axis--) {
      const step = steps[axis] ?? 0;
      const next = (index[axis] ?? 0) + 1;
      if (next < (target[axis] ?? 1)) {
        index[axis] = next;
        from += step;
        break;
      }
      index[axis] = 0;
      from -= step * (next - 1);
    }
  }
  return { data: result, shape: target };
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, dim) => product * dim, 1);
