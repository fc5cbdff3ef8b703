import { normal, seedOf, uniform } from '@/lib/tensor/philox';

/** Pixels of a side. */
export const SIDE = 24;

/** Skin colours between which the faces of a tone lie. */
const TONES: [number[], number[]][] = [
  [
    [0.95, 0.8, 0.69],
    [0.8, 0.6, 0.46],
  ],
  [
    [0.42, 0.27, 0.18],
    [0.24, 0.15, 0.1],
  ],
];

interface Spot {
  y: number;
  x: number;
  /** Half axes. */
  height: number;
  width: number;
  color: number[];
}

/**
 * A head before a plain wall, as RGB bytes. A face has two eyes above a mouth; what is no face has the same parts in other
 * places, so that only their arrangement tells the two apart. Dark parts stand out less from dark skin.
 */
export function drawFace(seed: number, row: number, isFace: boolean, tone: number): Uint8Array {
  const draws = uniform(seedOf(seed, 'face', row), 40);
  let taken = 0;
  const between = (low: number, high: number): number => low + (high - low) * (draws[taken++] ?? 0);
  const [light = [], dark = []] = TONES[tone] ?? [];
  const shade = between(0, 1);
  const skin = light.map((value, c) => value + ((dark[c] ?? 0) - value) * shade);
  const wall = [between(0.15, 0.85), between(0.15, 0.85), between(0.15, 0.85)];
  const center = { y: SIDE / 2 + between(-1.5, 1.5), x: SIDE / 2 + between(-1.5, 1.5) };
  const size = between(7.5, 9.5);
  const part = skin.map((value) => value * between(0.3, 0.45));
  const at = (y: number, x: number, height: number, width: number): Spot => ({
    y: center.y + size * y,
    x: center.x + size * x,
    height: size * height,
    width: size * width,
    color: part,
  });
  const head: Spot = { ...at(0, 0, 1, between(0.75, 0.9)), color: skin };
  const eye = {
    y: between(-0.35, -0.15),
    x: between(0.28, 0.4),
    height: between(0.1, 0.16),
    width: between(0.12, 0.18),
  };
  const mouth = { y: between(0.35, 0.55), width: between(0.25, 0.45), height: between(0.07, 0.13) };
  const kind = Math.floor(between(0, 3));
  const eyes = [at(eye.y, -eye.x, eye.height, eye.width), at(eye.y, eye.x, eye.height, eye.width)];
  const lips = at(mouth.y, 0, mouth.height, mouth.width);
  const wrong: Spot[][] = [
    // Upside down, one eye missing, or the mouth beside the eyes.
    [
      at(-eye.y, -eye.x, eye.height, eye.width),
      at(-eye.y, eye.x, eye.height, eye.width),
      at(-mouth.y, 0, mouth.height, mouth.width),
    ],
    [at(eye.y, eye.x * (between(0, 1) < 0.5 ? 1 : -1), eye.height, eye.width), lips],
    [...eyes, at(-0.6, 0, mouth.height, mouth.width)],
  ];
  const spots = [head, ...(isFace ? [...eyes, lips] : (wrong[kind] ?? []))];
  return paint(spots, wall, normal(seedOf(seed, 'face grain', row), SIDE * SIDE, 0, 0.03));
}

function paint(spots: readonly Spot[], wall: readonly number[], grain: Float32Array): Uint8Array {
  const pixels = new Uint8Array(SIDE * SIDE * 3);
  for (let place = 0; place < SIDE * SIDE; place++) {
    const [y, x] = [Math.floor(place / SIDE) + 0.5, (place % SIDE) + 0.5];
    let color = [...wall];
    for (const spot of spots) {
      const apart = Math.hypot((y - spot.y) / spot.height, (x - spot.x) / spot.width);
      // About one pixel of soft edge.
      const cover = Math.min(1, Math.max(0, (1 - apart) * Math.min(spot.height, spot.width) + 0.5));
      color = color.map((value, c) => value + ((spot.color[c] ?? 0) - value) * cover);
    }
    for (const [c, value] of color.entries())
      pixels[place * 3 + c] = Math.round(255 * Math.min(1, Math.max(0, value + (grain[place] ?? 0))));
  }
  return pixels;
}
