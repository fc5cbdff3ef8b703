/** A curve: iterations, rising, and what was measured there. NaN where the value was not finite. */
export interface Series {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** More points than this are thinned; a chart has a few hundred pixels. */
export const MOST_POINTS = 40_000;

/** The series with these points after it. */
export function append(series: Series | undefined, x: readonly number[], y: readonly number[]): Series {
  if (!series) return thin({ x, y });
  return thin({ x: series.x.concat(x), y: series.y.concat(y) });
}

/** Halves a series that is too long: of four neighbours the smallest and the largest stay, so that no spike is lost. */
export function thin(series: Series, most: number = MOST_POINTS): Series {
  if (series.x.length <= most) return series;
  return extremes(series, Math.ceil(series.x.length / 4));
}

/** At most `2 × buckets` points: the smallest and the largest of each of `buckets` equal parts, and the last. */
export function extremes(series: Series, buckets: number): Series {
  const { x, y } = series;
  if (x.length <= 2 * buckets) return series;
  const keep: number[] = [];
  const size = x.length / buckets;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = Math.floor(bucket * size);
    const end = Math.min(x.length, Math.floor((bucket + 1) * size));
    let low = -1;
    let high = -1;
    for (let index = start; index < end; index++) {
      const value = y[index] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      if (low < 0 || value < (y[low] ?? 0)) low = index;
      if (high < 0 || value > (y[high] ?? 0)) high = index;
    }
    if (low < 0) keep.push(start);
    else if (low === high) keep.push(low);
    else keep.push(Math.min(low, high), Math.max(low, high));
  }
  if (keep.at(-1) !== x.length - 1) keep.push(x.length - 1);
  return { x: keep.map((index) => x[index] ?? 0), y: keep.map((index) => y[index] ?? Number.NaN) };
}

/** Exponential moving average with its start-up bias taken out; a value that is not finite leaves it as it was. */
export function smooth(values: readonly number[], weight: number): number[] {
  if (weight <= 0) return [...values];
  let average = 0;
  let mass = 0;
  return values.map((value) => {
    if (Number.isFinite(value)) {
      average = weight * average + (1 - weight) * value;
      mass = weight * mass + (1 - weight);
    }
    return mass === 0 ? Number.NaN : average / mass;
  });
}

/** Index of the last point at or before iteration `at`; -1: none. */
export function indexAt(x: readonly number[], at: number): number {
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
