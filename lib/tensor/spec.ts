/**
 * What is known of a tensor before it exists: symbolic shape, dtype, and what its numbers mean.
 * Specification: PROGRAMS section 1 (docs/programs.md).
 */
export type SizeSymbol = 'batch' | 'examples' | 'time' | `time.${string}`;

/** One axis: a length, a symbol, a multiple of a symbol, or null where it is unknown. */
export type Dim = number | SizeSymbol | { of: SizeSymbol; times: number } | null;

export type Dtype = 'float32' | 'int32' | 'bool' | 'string';

export type Meaning =
  | 'any'
  | 'image'
  | 'mask'
  | 'depth'
  | 'boxes'
  | 'class'
  | 'one-hot'
  | 'logits'
  | 'probabilities'
  | 'tokens'
  | 'text'
  | 'latent'
  | 'features'
  | 'score'
  | 'sample-weight'
  | 'noise'
  | 'index'
  | 'action'
  | 'reward';

/** `shape: null` means that not even the rank is known. `classes`: how many a class, one-hot or logits tensor tells apart. */
export interface Spec {
  shape: Dim[] | null;
  dtype: Dtype;
  meaning: Meaning;
  classes?: number;
  range?: [number, number];
}

/** Puts numbers for symbols; throws (a bug) where one is missing. Shape in, integers out. */
export function concreteShape(shape: readonly Dim[], symbols: Record<string, number>): number[] {
  return shape.map((dim) => {
    if (typeof dim === 'number') return dim;
    if (dim === null) throw new Error('Invariant: unknown size in a concrete shape');
    const [symbol, times] = typeof dim === 'string' ? [dim, 1] : [dim.of, dim.times];
    const size = symbols[symbol];
    if (size === undefined) throw new Error(`Invariant: no size for symbol ${symbol}`);
    return size * times;
  });
}

/** `28×28×1`, `batch×10`, `2·batch×?`; `scalar` for rank 0 and `?` for an unknown rank. */
export function formatShape(shape: readonly Dim[] | null, options: { batch?: boolean } = {}): string {
  if (shape === null) return '?';
  const dims = options.batch === false && shape[0] === 'batch' ? shape.slice(1) : shape;
  if (dims.length === 0) return shape.length === 0 ? 'scalar' : '1';
  return dims.map(formatDim).join('×');
}

export function formatDim(dim: Dim): string {
  if (dim === null) return '?';
  if (typeof dim === 'object') return `${dim.times}·${dim.of}`;
  return String(dim);
}

export function sameDim(a: Dim, b: Dim): boolean {
  if (typeof a === 'object' && a !== null)
    return typeof b === 'object' && b !== null && a.of === b.of && a.times === b.times;
  return a === b;
}

/** Whether two axes can be the same size; an unknown one fits all. */
export const fitsDim = (a: Dim, b: Dim): boolean => a === null || b === null || sameDim(a, b);

/** Whether two shapes can be the same; unknown ranks and sizes fit all. */
export function fitsShape(a: readonly Dim[] | null, b: readonly Dim[] | null): boolean {
  if (a === null || b === null) return true;
  return a.length === b.length && a.every((dim, axis) => fitsDim(dim, b[axis] ?? null));
}

/** Product of the static axes after the first; null where one of them is not static. */
export function elementsPerExample(shape: readonly Dim[] | null): number | null {
  if (shape === null) return null;
  let product = 1;
  for (const dim of shape.slice(1)) {
    if (typeof dim !== 'number') return null;
    product *= dim;
  }
  return product;
}
