import { areaOf, type Box, overlapOf } from '../common/boxes';

/**
 * Boxes that may hold an object: the picture is cut into regions of like colour (P. Felzenszwalb and D. Huttenlocher,
 * 2004), which are merged with their most similar neighbours until one is left (J. Uijlings et al., Selective search,
 * 2013). Every region on the way gives a box. Pixels: `[height, width, channels]` in [0, 1]. The same picture always
 * gives the same boxes, the ones of early merges first.
 */
export function proposeRegions(
  pixels: Float32Array,
  [height, width, channels]: [number, number, number],
  { scale, smallest, most }: { scale: number; smallest: number; most: number },
): Box[] {
  const smooth = blur(pixels, height, width, channels);
  const regions = merged(segment(smooth, height, width, channels, scale, smallest));
  const found: Box[] = [];
  for (const { top, left, bottom, right } of regions) {
    const box: Box = [top / height, left / width, (bottom + 1) / height, (right + 1) / width];
    const big = areaOf(box) * height * width >= smallest;
    if (big && areaOf(box) < 0.9 && found.every((other) => overlapOf(box, other) < SAME)) found.push(box);
    if (found.length === most) break;
  }
  return found;
}

/** Boxes that overlap more than this are one. */
const SAME = 0.9;

interface Region {
  top: number;
  left: number;
  bottom: number;
  right: number;
  size: number;
  color: number[];
  neighbours: Set<number>;
}

/** A mean over 3 × 3 pixels, so that grain makes no regions. */
function blur(pixels: Float32Array, height: number, width: number, channels: number): Float32Array {
  const out = new Float32Array(pixels.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++) {
        let [sum, count] = [0, 0];
        for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++)
          for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
            sum += pixels[(v * width + u) * channels + c] ?? 0;
            count++;
          }
        out[(y * width + x) * channels + c] = sum / count;
      }
  return out;
}

/** Joins neighbouring pixels, most alike first, while their difference is small for the regions that they belong to. */
function segment(
  pixels: Float32Array,
  height: number,
  width: number,
  channels: number,
  scale: number,
  smallest: number,
): Region[] {
  const count = height * width;
  const difference = (a: number, b: number): number => {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += ((pixels[a * channels + c] ?? 0) - (pixels[b * channels + c] ?? 0)) ** 2;
    return Math.sqrt(sum);
  };
  const edges: { a: number; b: number; weight: number }[] = [];
  for (let at = 0; at < count; at++) {
    if (at % width < width - 1) edges.push({ a: at, b: at + 1, weight: difference(at, at + 1) });
    if (at + width < count) edges.push({ a: at, b: at + width, weight: difference(at, at + width) });
  }
  edges.sort((one, two) => one.weight - two.weight || one.a - two.a || one.b - two.b);
  const parents = Int32Array.from({ length: count }, (_, at) => at);
  const sizes = new Int32Array(count).fill(1);
  const limits = new Float64Array(count).fill(scale);
  const root = (at: number): number => {
    let top = at;
    while (parents[top] !== top) {
      parents[top] = parents[parents[top] ?? 0] ?? 0;
      top = parents[top] ?? 0;
    }
    return top;
  };
  const join = (a: number, b: number, weight: number): void => {
    parents[b] = a;
    sizes[a] = (sizes[a] ?? 0) + (sizes[b] ?? 0);
    limits[a] = weight + scale / (sizes[a] ?? 1);
  };
  for (const { a, b, weight } of edges) {
    const [one, two] = [root(a), root(b)];
    if (one !== two && weight <= Math.min(limits[one] ?? 0, limits[two] ?? 0)) join(one, two, weight);
  }
  for (const { a, b, weight } of edges) {
    const [one, two] = [root(a), root(b)];
    if (one !== two && Math.min(sizes[one] ?? 0, sizes[two] ?? 0) < smallest) join(one, two, weight);
  }
  return describe(pixels, height, width, channels, root, edges);
}

function describe(
  pixels: Float32Array,
  height: number,
  width: number,
  channels: number,
  root: (at: number) => number,
  edges: readonly { a: number; b: number }[],
): Region[] {
  const numbers = new Map<number, number>();
  const regions: Region[] = [];
  const regionOf = (at: number): number => {
    const top = root(at);
    const known = numbers.get(top);
    if (known !== undefined) return known;
    numbers.set(top, regions.length);
    const color = new Array<number>(channels).fill(0);
    regions.push({ top: height, left: width, bottom: 0, right: 0, size: 0, color, neighbours: new Set() });
    return regions.length - 1;
  };
  for (let at = 0; at < height * width; at++) {
    const region = regions[regionOf(at)] as Region;
    const [y, x] = [Math.floor(at / width), at % width];
    region.top = Math.min(region.top, y);
    region.bottom = Math.max(region.bottom, y);
    region.left = Math.min(region.left, x);
    region.right = Math.max(region.right, x);
    region.size++;
    for (let c = 0; c < channels; c++) region.color[c] = (region.color[c] ?? 0) + (pixels[at * channels + c] ?? 0);
  }
  for (const region of regions) region.color = region.color.map((sum) => sum / region.size);
  for (const { a, b } of edges) {
    const [one, two] = [regionOf(a), regionOf(b)];
    if (one === two) continue;
    regions[one]?.neighbours.add(two);
    regions[two]?.neighbours.add(one);
  }
  return regions;
}

/** All regions: the first ones, then those of merges, each of the two neighbours that are most alike. */
function merged(regions: Region[]): Region[] {
  const all = [...regions];
  const whole = regions.reduce((sum, { size }) => sum + size, 0);
  const alive = new Set(regions.keys());
  while (alive.size > 1) {
    let [best, pair]: [number, [number, number] | null] = [Number.NEGATIVE_INFINITY, null];
    for (const a of alive)
      for (const b of all[a]?.neighbours ?? []) {
        if (b <= a || !alive.has(b)) continue;
        const likeness = likenessOf(all[a] as Region, all[b] as Region, whole);
        if (likeness > best) [best, pair] = [likeness, [a, b]];
      }
    if (!pair) break;
    const [a, b] = pair;
    const made = union(all[a] as Region, all[b] as Region);
    for (const gone of pair) {
      alive.delete(gone);
      made.neighbours.delete(gone);
    }
    for (const other of made.neighbours) all[other]?.neighbours.add(all.length);
    alive.add(all.length);
    all.push(made);
  }
  return all;
}

/** Like colours, small regions first, and pairs that fill their common box. */
function likenessOf(a: Region, b: Region, whole: number): number {
  const color = Math.sqrt(a.color.reduce((sum, value, c) => sum + (value - (b.color[c] ?? 0)) ** 2, 0));
  const both = union(a, b);
  const box = (both.bottom - both.top + 1) * (both.right - both.left + 1);
  return -2 * color - (a.size + b.size) / whole - (box - a.size - b.size) / whole;
}

function union(a: Region, b: Region): Region {
  const size = a.size + b.size;
  return {
    top: Math.min(a.top, b.top),
    left: Math.min(a.left, b.left),
    bottom: Math.max(a.bottom, b.bottom),
    right: Math.max(a.right, b.right),
    size,
    color: a.color.map((value, c) => (value * a.size + (b.color[c] ?? 0) * b.size) / size),
    neighbours: new Set([...a.neighbours, ...b.neighbours]),
  };
}
