import type { HostTensor } from '../kind';

/** Class numbers of `count` examples from labels or scores that came back to the host: one number or a row for each. */
export function hostClasses(values: HostTensor | undefined, count: number, threshold: number): number[] | undefined {
  if (values === undefined || count === 0) return undefined;
  const width = values.data.length / count;
  return Array.from({ length: count }, (_, example) => {
    const row = values.data.subarray(example * width, (example + 1) * width);
    if (row.length === 1) return values.data instanceof Int32Array ? (row[0] ?? 0) : Number((row[0] ?? 0) > threshold);
    return row.indexOf(Math.max(...row));
  });
}
