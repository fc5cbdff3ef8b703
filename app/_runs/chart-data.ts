import type { Series } from './series';

/** Iterations of all series, rising, and each series' values on them; null where a series has none. */
export function alignSeries(list: readonly Series[]): { x: number[]; columns: (number | null)[][] } {
  const all = new Set<number>();
  for (const { x } of list) for (const value of x) all.add(value);
  const x = Float64Array.from(all).sort();
  const place = new Map<number, number>();
  for (const [index, value] of x.entries()) place.set(value, index);
  const columns = list.map((series) => {
    const column: (number | null)[] = new Array(x.length).fill(null);
    series.x.forEach((value, index) => {
      const at = place.get(value);
      const y = series.y[index];
      if (at !== undefined && y !== undefined && Number.isFinite(y)) column[at] = y;
    });
    return column;
  });
  return { x: [...x], columns };
}

/**
 * How far the x axis reaches: to the plan, or to half of it, a quarter, … while there is little to see yet, so that the
 * beginning of a long run is no line at the left edge. It moves a few times in a run, not with every step.
 */
export function stepRange(last: number, planned: number | null): number {
  if (planned === null) return Math.max(1, last);
  let reach = planned;
  while (reach > 8 && reach / 2 >= last * 1.1) reach /= 2;
  return Math.max(1, reach, last);
}

/**
 * The range of the y axis. `focus`: a low start that is soon left (an accuracy of 0.1) is cut off, so that what happens
 * later can be seen.
 */
export function valueRange(list: readonly Series[], options: { log: boolean; share: boolean }): [number, number] {
  const values = list.flatMap(({ y }) => y.filter((value) => Number.isFinite(value) && (!options.log || value > 0)));
  if (values.length === 0) return options.log ? [0.1, 1] : [0, 1];
  values.sort((a, b) => a - b);
  const at = (part: number) => values[Math.min(values.length - 1, Math.floor(part * values.length))] ?? 0;
  const [lowest, highest] = [at(0), at(1)];
  if (options.share) {
    const low = values.length < 12 ? lowest : at(0.08);
    const step = low > 0.9 ? 0.05 : 0.1;
    return [Math.max(0, Math.min(0.9, Math.floor(low / step - 1e-9) * step)), Math.max(1, highest)];
  }
  if (options.log) {
    const low = values.length < 50 ? lowest : at(0.002);
    return [low / 1.25, Math.max(highest, low * 2) * 1.15];
  }
  const top = values.length < 50 ? highest : at(0.998);
  const span = top - lowest || Math.abs(top) || 1;
  return [lowest >= 0 && lowest < span ? 0 : lowest - 0.05 * span, top + 0.05 * span];
}
