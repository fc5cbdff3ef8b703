/** Labelled points and what lies around them, in pixels of a drawing. */
export interface Field {
  /** `share`: how much of the neighbourhood belongs to class 1. */
  cells: { x: number; y: number; share: number }[];
  points: { x: number; y: number; label: number }[];
}

interface Labelled {
  x: readonly number[];
  y: readonly number[];
  label: readonly number[];
}

/**
 * Points spread over `width` × `height`, and for each cell the share of class 1: of the neighbours, weighted by distance
 * (`curve`), or by a logistic line fitted by gradient descent (`line`).
 */
export function nearestField(
  source: Labelled,
  box: { width: number; height: number; cell: number; boundary: 'line' | 'curve' },
): Field {
  const count = Math.min(source.x.length, 160);
  const spanX = span(source.x);
  const spanY = span(source.y);
  const placeX = (value: number) => 10 + ((value - spanX.low) / spanX.size) * (box.width - 20);
  const placeY = (value: number) => box.height - 8 - ((value - spanY.low) / spanY.size) * (box.height - 16);
  const points = Array.from({ length: count }, (_, index) => ({
    x: Math.round(placeX(source.x[index] ?? 0) * 10) / 10,
    y: Math.round(placeY(source.y[index] ?? 0) * 10) / 10,
    label: source.label[index] ?? 0,
  }));
  const share = box.boundary === 'line' ? fitLine(points, box) : (x: number, y: number) => around(points, x, y);
  const cells: Field['cells'] = [];
  for (let y = 0; y < box.height; y += box.cell)
    for (let x = 0; x < box.width; x += box.cell)
      cells.push({ x, y, share: share(x + box.cell / 2, y + box.cell / 2) });
  return { cells, points };
}

function span(values: readonly number[]): { low: number; size: number } {
  const low = Math.min(...values);
  return { low, size: Math.max(...values) - low || 1 };
}

function around(points: Field['points'], x: number, y: number): number {
  let ones = 0;
  let all = 1e-9;
  for (const point of points) {
    const weight = Math.exp(-((point.x - x) ** 2 + (point.y - y) ** 2) / 180);
    all += weight;
    if (point.label === 1) ones += weight;
  }
  return ones / all;
}

function fitLine(points: Field['points'], box: { width: number; height: number }) {
  const w = [0, 0, 0];
  const inputs = points.map((point) => [1, (2 * point.x) / box.width - 1, (2 * point.y) / box.height - 1]);
  const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
  const at = (row: readonly number[]) => sigmoid(row.reduce((sum, value, i) => sum + value * (w[i] ?? 0), 0));
  for (let step = 0; step < 400; step++) {
    const errors = inputs.map((row, index) => at(row) - (points[index]?.label ?? 0));
    for (let i = 0; i < 3; i++) {
      const slope = inputs.reduce((sum, row, index) => sum + (row[i] ?? 0) * (errors[index] ?? 0), 0);
      w[i] = (w[i] ?? 0) - (4 * slope) / Math.max(1, points.length);
    }
  }
  return (x: number, y: number) => at([1, (2 * x) / box.width - 1, (2 * y) / box.height - 1]);
}
