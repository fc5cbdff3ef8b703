import type { HostTensor } from '@/lib/nodes/kind';

/** What a node gave for one example, as grey values: maps of channels, or one row of units. */
export type Activation =
  | { form: 'maps'; count: number; height: number; width: number; pixels: Uint8Array }
  | { form: 'row'; pixels: Uint8Array };

const MOST_MAPS = 8;
const MOST_SIDE = 28;
const MOST_UNITS = 256;

/** The first example of a value as a small picture; null where nothing could be seen. */
export function activationOf({ data, shape }: HostTensor): Activation | null {
  if (shape.length === 4) {
    const [, height = 0, width = 0, channels = 0] = shape;
    const step = Math.max(1, Math.ceil(Math.max(height, width) / MOST_SIDE));
    const [rows, columns] = [Math.floor(height / step), Math.floor(width / step)];
    const count = Math.min(channels, MOST_MAPS);
    const values = new Float32Array(count * rows * columns);
    let at = 0;
    for (let map = 0; map < count; map++)
      for (let y = 0; y < rows; y++)
        for (let x = 0; x < columns; x++) values[at++] = data[(y * step * width + x * step) * channels + map] ?? 0;
    return values.length === 0 ? null : { form: 'maps', count, height: rows, width: columns, pixels: grey(values) };
  }
  if (shape.length !== 2) return null;
  const units = shape[1] ?? 0;
  const first = Float32Array.from(data.subarray(0, Math.min(units, MOST_UNITS)));
  return first.length === 0 ? null : { form: 'row', pixels: grey(first) };
}

/** Dark to light from the least to the largest value. */
function grey(values: Float32Array): Uint8Array {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const range = most - least || 1;
  return Uint8Array.from(values, (value) => Math.round((255 * (value - least)) / range));
}
