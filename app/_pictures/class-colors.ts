/** Classes of points in the plane wear the type hues in a fixed order; beyond the sixth they begin again. */
const HUES = ['tensor', 'loss', 'number', 'step', 'metric', 'data'];

export const classHue = (index: number): string => `--nl-${HUES[((index % HUES.length) + HUES.length) % HUES.length]}`;

/** `#rrggbb` or `rgb(…)` as three bytes. */
export function parseColor(text: string): [number, number, number] {
  const hex = /^#([0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (hex) return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
  const parts = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0];
}
