import { seedOf } from '@/lib/tensor/philox';
import { COLORS, type Scene, type SceneObject, SHAPES, SIDE, TRIANGLE_WIDTH } from './describe-scene';

const PAINT: Record<(typeof COLORS)[number], [number, number, number]> = {
  red: [0.85, 0.2, 0.18],
  green: [0.2, 0.68, 0.28],
  blue: [0.2, 0.36, 0.86],
  yellow: [0.93, 0.8, 0.2],
};

/** Strength of the grain that lies over everything. */
const GRAIN = 0.06;

export interface DrawnScene {
  /** RGB bytes, row by row. */
  pixels: Uint8Array;
  /** 0: wall, else 1 + place of the object in the scene. */
  owners: Uint8Array;
}

/** The picture of a scene with soft edges, and which object each pixel's centre belongs to. */
export function drawScene(scene: Scene, seed: number, row: number): DrawnScene {
  const colors = wallOf(scene);
  const owners = new Uint8Array(SIDE * SIDE);
  for (const [index, object] of scene.objects.entries()) drawObject(object, index + 1, colors, owners);
  const shake = grainOf(seed, row);
  const pixels = new Uint8Array(colors.length);
  for (let place = 0; place < SIDE * SIDE; place++) {
    const grain = shake();
    for (let c = 0; c < 3; c++)
      pixels[place * 3 + c] = Math.round(255 * Math.min(1, Math.max(0, (colors[place * 3 + c] ?? 0) + grain)));
  }
  return { pixels, owners };
}

function wallOf({ wall: [top, bottom] }: Scene): Float64Array {
  const colors = new Float64Array(SIDE * SIDE * 3);
  for (let i = 0; i < colors.length; i++) {
    const down = Math.floor(i / (3 * SIDE)) / (SIDE - 1);
    colors[i] = (top[i % 3] ?? 0) * (1 - down) + (bottom[i % 3] ?? 0) * down;
  }
  return colors;
}

function drawObject(object: SceneObject, owner: number, colors: Float64Array, owners: Uint8Array): void {
  const { y: centerY, x: centerX, radius } = object;
  const paint = PAINT[COLORS[object.color] ?? 'red'];
  const reach = radius * TRIANGLE_WIDTH + 1;
  const rows = [Math.max(0, Math.floor(centerY - reach)), Math.min(SIDE, Math.ceil(centerY + reach))] as const;
  const columns = [Math.max(0, Math.floor(centerX - reach)), Math.min(SIDE, Math.ceil(centerX + reach))] as const;
  for (let y = rows[0]; y < rows[1]; y++)
    for (let x = columns[0]; x < columns[1]; x++) {
      const inside = -distanceTo(object, y + 0.5, x + 0.5);
      const cover = Math.min(1, Math.max(0, inside + 0.5));
      if (cover === 0) continue;
      const place = y * SIDE + x;
      // Light falls from above.
      const light = 1.1 - (0.3 * (y + 0.5 - centerY + radius)) / (2 * radius);
      for (let c = 0; c < 3; c++)
        colors[place * 3 + c] = (colors[place * 3 + c] ?? 0) * (1 - cover) + (paint[c] ?? 0) * light * cover;
      if (inside > 0) owners[place] = owner;
    }
}

/** Numbers around 0, as fast as pixels need them: xorshift32 (G. Marsaglia, 2003). */
function grainOf(seed: number, row: number): () => number {
  let state = (seedOf(seed, 'dataset/scenes/grain', row)[0] | 1) >>> 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return GRAIN * ((state >>> 0) / 2 ** 31 - 1);
  };
}

/** Signed distance of a point to an object's outline in pixels, negative inside. */
function distanceTo({ shape, y, x, radius }: SceneObject, atY: number, atX: number): number {
  const [dy, dx] = [atY - y, Math.abs(atX - x)];
  if (SHAPES[shape] === 'disc') return Math.hypot(dy, dx) - radius;
  if (SHAPES[shape] === 'square') return Math.max(Math.abs(dy), dx) - radius;
  // Below the base, or right of the slanted side, whose normal is (−half, height) of unit length.
  const [half, height] = [radius * TRIANGLE_WIDTH, 2 * radius];
  const slant = (dx * height - (dy + radius) * half) / Math.hypot(half, height);
  return Math.max(dy - radius, slant);
}
