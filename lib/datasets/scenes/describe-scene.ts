import { seedOf, uniform } from '@/lib/tensor/philox';

/** Height and width of a scene in pixels. */
export const SIDE = 48;
export const MOST_OBJECTS = 3;

export const SHAPES = ['disc', 'square', 'triangle'] as const;
export const COLORS = ['red', 'green', 'blue', 'yellow'] as const;

export interface SceneObject {
  /** Index into SHAPES and COLORS. */
  shape: number;
  color: number;
  /** Centre and half height in pixels. */
  y: number;
  x: number;
  radius: number;
  /** 0 is at the camera, 1 at the back wall. */
  depth: number;
}

export interface Scene {
  /** From far to near: later ones cover earlier ones. */
  objects: SceneObject[];
  /** Colours of the back wall at the top and at the bottom, 0 to 1. */
  wall: [number[], number[]];
}

/** How much of a smaller object's half height two centres must at least be apart, so that none hides another. */
const APART = 1.35;
const TRIES = 12;

/**
 * Scene `row` of a seed: one to three objects before a wall. Near ones are large, as in a photograph, so that the
 * distance can be told from one picture.
 */
export function describeScene(seed: number, row: number): Scene {
  const numbers = uniform(seedOf(seed, 'dataset/scenes', row), 128);
  let taken = 0;
  const draw = (min: number, max: number): number => min + (max - min) * (numbers[taken++ % numbers.length] ?? 0);
  const pick = (count: number): number => Math.min(count - 1, Math.floor(draw(0, count)));
  const wall = [0, 1].map(() => [draw(0.15, 0.75), draw(0.15, 0.75), draw(0.15, 0.75)]) as [number[], number[]];
  const count = 1 + pick(MOST_OBJECTS);
  const objects: SceneObject[] = [];
  for (let tries = 0; objects.length < count && tries < TRIES; tries++) {
    const depth = draw(0.1, 0.7);
    const radius = 4 + 8 * (1 - depth);
    const shape = pick(SHAPES.length);
    const half = halfWidth(shape, radius);
    const object = {
      shape,
      color: pick(COLORS.length),
      y: draw(radius + 1, SIDE - radius - 1),
      x: draw(half + 1, SIDE - half - 1),
      radius,
      depth,
    };
    if (objects.every((other) => isApart(object, other))) objects.push(object);
  }
  return { objects: objects.sort((a, b) => b.depth - a.depth), wall };
}

const isApart = (a: SceneObject, b: SceneObject): boolean =>
  Math.hypot(a.y - b.y, a.x - b.x) > APART * Math.max(a.radius, b.radius);

/** Half width of a triangle over its half height: all sides are of one length. */
export const TRIANGLE_WIDTH = 2 / Math.sqrt(3);

const halfWidth = (shape: number, radius: number): number =>
  SHAPES[shape] === 'triangle' ? radius * TRIANGLE_WIDTH : radius;

/** Box of an object as y1, x1, y2, x2, in parts of the picture. */
export function boxOf({ shape, y, x, radius }: SceneObject): [number, number, number, number] {
  const half = halfWidth(shape, radius);
  return [(y - radius) / SIDE, (x - half) / SIDE, (y + radius) / SIDE, (x + half) / SIDE];
}
