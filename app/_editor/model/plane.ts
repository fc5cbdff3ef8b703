import type { Box, Point } from './route-wire';

/** A level or upright stretch of a wire that is laid already. */
export interface Run {
  source: string;
  level: boolean;
  at: number;
  from: number;
  to: number;
}

/** The straight stretches of a path. */
export function runsOf(points: readonly Point[], source: string): Run[] {
  const found: Run[] = [];
  for (let index = 1; index < points.length; index++) {
    const [a, b] = [points[index - 1], points[index]];
    if (!a || !b) continue;
    const level = a.y === b.y;
    const [low, high] = level ? [Math.min(a.x, b.x), Math.max(a.x, b.x)] : [Math.min(a.y, b.y), Math.max(a.y, b.y)];
    found.push({ source, level, at: level ? a.y : a.x, from: low, to: high });
  }
  return found;
}

/** Nodes keep so much room around them. */
export const MARGIN = 6;
const CELL = 256;
const STRIP = 32;

/** Nodes and wires that are laid already, found by where they are: identity matters because it fills up wire by wire. */
export class Plane {
  private readonly cells = new Map<number, Box[]>();
  private readonly strips = new Map<number, Run[]>();

  constructor(boxes: readonly Box[]) {
    for (const box of boxes) {
      for (const key of cellsOf(
        box.x - MARGIN,
        box.y - MARGIN,
        box.x + box.width + MARGIN,
        box.y + box.height + MARGIN,
      )) {
        const cell = this.cells.get(key);
        if (cell) cell.push(box);
        else this.cells.set(key, [box]);
      }
    }
  }

  lay(runs: readonly Run[]): void {
    for (const run of runs) {
      const key = stripOf(run.level, Math.floor(run.at / STRIP));
      const strip = this.strips.get(key);
      if (strip) strip.push(run);
      else this.strips.set(key, [run]);
    }
  }

  /** Nodes that a stretch runs through. */
  blocked({ level, at, from, to }: Run): Box[] {
    const [left, right, top, bottom] = level ? [from, to, at, at] : [at, at, from, to];
    const found: Box[] = [];
    for (const key of cellsOf(left, top, right, bottom)) {
      for (const box of this.cells.get(key) ?? []) {
        const clear =
          right <= box.x - MARGIN ||
          left >= box.x + box.width + MARGIN ||
          bottom <= box.y - MARGIN ||
          top >= box.y + box.height + MARGIN;
        if (!clear && !found.includes(box)) found.push(box);
      }
    }
    return found;
  }

  /** Calls back for laid stretches alongside, up to a strip away. */
  alongside({ level, at }: Run, meet: (run: Run) => void): void {
    const strip = Math.floor(at / STRIP);
    for (let near = strip - 1; near <= strip + 1; near++) {
      for (const run of this.strips.get(stripOf(level, near)) ?? []) meet(run);
    }
  }
}

const stripOf = (level: boolean, strip: number): number => strip * 2 + (level ? 1 : 0);

function cellsOf(left: number, top: number, right: number, bottom: number): number[] {
  const keys: number[] = [];
  for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++) {
    for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) keys.push(x * 100_003 + y);
  }
  return keys;
}
