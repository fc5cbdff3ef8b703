import type { Spec } from '@/lib/tensor/spec';
import { sameDim } from '@/lib/tensor/spec';
import type { KerasEmission } from '../kind';

/** Keras' layer of a merge. Keras wants a batch axis, and the same one, on every input. */
export function mergeLayer(className: string, specs: Spec[], config: Record<string, number> = {}): KerasEmission {
  const [first] = specs;
  const batch = first?.shape?.[0];
  const alike = specs.every(({ shape }) => shape?.[0] !== undefined && batch !== undefined && sameDim(shape[0], batch));
  if (!alike) return { unsupported: `Keras' ${className} takes only tensors with one row for each example` };
  return [{ className, config, weights: [] }];
}
