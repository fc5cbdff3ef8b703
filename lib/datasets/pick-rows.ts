import { required } from '@/lib/base/invariant';
import type { Split } from './card';

/** Row numbers of a data set from indices within a split. */
export const pickRows = (order: Int32Array, indices: ArrayLike<number>, split: Split, id: string): Int32Array =>
  Int32Array.from({ length: indices.length }, (_, i) => {
    const index = indices[i] ?? -1;
    return required(order[index], `row ${index} of the ${split} split of ${id}`);
  });
