import { type Dim, formatShape, type Spec } from '@/lib/tensor/spec';
import type { Problem } from '../kind';

/** Rows of boxes with `width` numbers each, for every picture. What they mean: `boxes.ts`. */
export function boxProblems(title: string, port: string, spec: Spec | undefined, width = 4): Problem[] {
  if (!spec?.shape) return [];
  const last = spec.shape.at(-1);
  if (spec.dtype === 'float32' && spec.shape.length === 3 && (last === width || typeof last !== 'number')) return [];
  const names = width === 4 ? 'y1, x1, y2 and x2' : 'y1, x1, y2, x2, class and score';
  return [
    {
      code: spec.dtype === 'float32' ? 'shape-mismatch' : 'dtype-mismatch',
      severity: 'error',
      port,
      message: `${title} needs ${width} numbers (${names}) for each of a picture’s boxes, but gets ${formatShape(spec.shape)}.`,
      expected: `batch×boxes×${width}`,
      received: formatShape(spec.shape),
    },
  ];
}

/** How many boxes a picture has, where that is known. */
export const boxCount = (spec: Spec | undefined): number | null => {
  const count = spec?.shape?.length === 3 ? spec.shape[1] : undefined;
  return typeof count === 'number' ? count : null;
};

/** The batch axis once every picture has become `count` rows. */
export function timesBatch(batch: Dim | undefined, count: number | null): Dim {
  if (count === null || batch === undefined || batch === null) return null;
  if (typeof batch === 'number') return batch * count;
  return typeof batch === 'string' ? { of: batch, times: count } : { of: batch.of, times: batch.times * count };
}
