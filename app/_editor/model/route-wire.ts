import { MARGIN, Plane, runsOf } from './plane';

export interface Point {
  x: number;
  y: number;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface WireEnds {
  id: string;
  /** `node:port`: wires of one source share their trunk. */
  source: string;
  from: Point;
  to: Point;
  fromBox: Box;
  toBox: Box;
}

export interface Route {
  points: Point[];
  /** Middle of the longest level run, for the shape in small print; null where a wire of the same source shows it. */
  label: (Point & { room: number }) | null;
  /** Where this wire leaves a trunk that it shares. */
  junction: Point | null;
}

const OUT = 16;
const BACK = 32;
/** Distances from a source and before a target at which a wire may run upright, best first. */
const OUTS = [16, 28, 40, 8, 52];
const BACKS = [32, 48, 20, 64, 40, 12, 80];
/** Heights around the middle of a gap. */
const LEVELS = [0, -20, 20, -40, 40];
const BLOCKED = 5_000;
const CROWDED = 150;
const BEND = 12;

/**
 * Right-angled routes for all wires. A level pair is one straight thread; a wire forward turns shortly before its
 * target; one to another row or an earlier column runs through the gaps between nodes. Wires of one source share a
 * trunk, wires of different sources keep apart.
 */
export function routeWires(wires: readonly WireEnds[], boxes: readonly Box[]): Map<string, Route> {
  const routes = new Map<string, Route>();
  const plane = new Plane(boxes);
  const rows = gapFinder(boxes);
  const levels = new Map<string, number[]>();
  const trunks = new Map<string, Point[][]>();
  const labels = new Map<string, { wire: string; room: number }>();
  const straightFirst = [...wires].sort((a, b) => reach(a) - reach(b) || a.to.y - b.to.y || a.to.x - b.to.x);
  for (const wire of straightFirst) {
    const points = simplify(path(wire, plane, rows, levels.get(wire.source) ?? []));
    const laid = runsOf(points, wire.source);
    plane.lay(laid);
    levels.set(wire.source, [
      ...(levels.get(wire.source) ?? []),
      ...laid.filter((run) => run.level).map((run) => run.at),
    ]);
    const siblings = trunks.get(wire.source) ?? [];
    trunks.set(wire.source, [...siblings, points]);
    const label = labelAt(points);
    if (label && label.room > (labels.get(wire.source)?.room ?? 0)) {
      labels.set(wire.source, { wire: wire.id, room: label.room });
    }
    routes.set(wire.id, { points, label, junction: siblings.length ? leaves(points, siblings) : null });
  }
  for (const wire of wires) {
    const route = routes.get(wire.id);
    if (route && labels.get(wire.source)?.wire !== wire.id) routes.set(wire.id, { ...route, label: null });
  }
  return routes;
}

/** Short and level wires are laid first: they have no choice. */
const reach = ({ from, to }: WireEnds): number => (from.y === to.y && to.x > from.x ? 0 : 1);

/** The route of a wire while one of its ends is dragged: nothing but its ends matters then. */
export function routeLoose(from: Point, to: Point): Route {
  const plain = (points: Point[]): Route => ({ points: simplify(points), label: null, junction: null });
  if (to.x - from.x >= 24) {
    if (Math.abs(from.y - to.y) < 1) return plain([from, to]);
    const x = Math.max(from.x + OUT, to.x - BACK);
    return plain([from, { x, y: from.y }, { x, y: to.y }, to]);
  }
  const y = Math.abs(to.y - from.y) > 80 ? (from.y + to.y) / 2 : Math.max(from.y, to.y) + 96;
  return plain([from, ...detour(from.x + OUT, y, to.x - BACK, from, to), to]);
}

/** An SVG path along points with rounded corners. */
export function roundedPath(points: readonly Point[], radius = 12): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let d = `M${first.x} ${first.y}`;
  rest.forEach((point, index) => {
    const before = points[index] ?? first;
    const after = rest[index + 1];
    if (!after) {
      d += `L${point.x} ${point.y}`;
      return;
    }
    const reach = Math.min(radius, distance(before, point) / 2, distance(point, after) / 2);
    const a = towards(point, before, reach);
    const b = towards(point, after, reach);
    d += `L${a.x} ${a.y}Q${point.x} ${point.y} ${b.x} ${b.y}`;
  });
  return d;
}

function path(wire: WireEnds, plane: Plane, rows: GapFinder, joined: readonly number[]): Point[] {
  const { from, to } = wire;
  const forward = to.x - from.x >= 24;
  if (forward && Math.abs(from.y - to.y) < 1 && obstacles([from, to], plane, wire) === 0) return [from, to];
  let best = { points: [from, to], cost: Number.POSITIVE_INFINITY };
  const offer = (points: Point[], extra: number): number => {
    const total = cost(points, plane, wire) + extra;
    if (total < best.cost) best = { points, cost: total };
    return total;
  };
  const bend = (x: number, extra: number) => {
    if (x > from.x + 4 && x < to.x - 4) offer([from, { x, y: from.y }, { x, y: to.y }, to], extra);
  };
  if (forward) {
    for (const [index, back] of BACKS.entries()) bend(to.x - back, index * 2);
    for (const [index, out] of OUTS.entries()) bend(from.x + out, index * 2 + 4);
    // Two bends without an obstacle cannot be beaten by four.
    if (best.cost < BLOCKED / 2 && best.cost < Math.abs(to.x - from.x) + Math.abs(to.y - from.y) + CROWDED)
      return best.points;
  }
  const around = (out: number, level: number, back: number): Point[] => [
    from,
    ...detour(out, level, back, from, to),
    to,
  ];
  const choose = (
    options: readonly number[],
    make: (option: number) => Point[],
    otherwise: number,
    away: (option: number, index: number) => number,
  ): number => {
    let least = Number.POSITIVE_INFINITY;
    let chosen = otherwise;
    for (const [index, option] of options.entries()) {
      const total = offer(make(option), 2 * BEND + away(option, index));
      if (total < least) [least, chosen] = [total, option];
    }
    return chosen;
  };
  // One after the other, not all combinations: the height, then where the wire comes down, then where it turns off.
  const [left, right] = [Math.min(from.x + OUT, to.x - BACK), Math.max(from.x + OUT, to.x - BACK)];
  const heights = [...joined, ...rows(left, right, from.y, to.y)];
  const level = choose(
    heights,
    (y) => around(from.x + OUT, y, to.x - BACK),
    from.y,
    (_, index) => index * 2,
  );
  // A usual distance is worth more than the few pixels that a shorter one saves.
  const back = choose(
    BACKS,
    (x) => around(from.x + OUT, level, to.x - x),
    BACK,
    (x) => Math.abs(x - BACK) * 2.5,
  );
  choose(
    OUTS,
    (x) => around(from.x + x, level, to.x - back),
    OUT,
    (x) => Math.abs(x - OUT) * 2.5,
  );
  return best.points;
}

const detour = (out: number, level: number, back: number, from: Point, to: Point): Point[] => [
  { x: out, y: from.y },
  { x: out, y: level },
  { x: back, y: level },
  { x: back, y: to.y },
];

/** Heights in the level gaps that are free from `left` to `right`, best first. */
type GapFinder = (left: number, right: number, from: number, to: number) => number[];

/** Gaps that are looked at: those that ask for the least way round. */
const GAPS = 6;

function gapFinder(boxes: readonly Box[]): GapFinder {
  const sorted = [...boxes].sort((a, b) => a.y - b.y);
  return (left, right, from, to) => {
    const gaps: [number, number][] = [];
    let bottom: number | null = null;
    for (const box of sorted) {
      if (right <= box.x - MARGIN || left >= box.x + box.width + MARGIN) continue;
      if (bottom === null) gaps.push([box.y - 96, box.y]);
      else if (box.y - bottom >= 24) gaps.push([bottom, box.y]);
      bottom = Math.max(bottom ?? box.y, box.y + box.height);
    }
    if (bottom !== null) gaps.push([bottom, bottom + 96]);
    const middle = ([low, high]: [number, number]) => Math.round((low + high) / 8) * 4;
    const way = (gap: [number, number]) => Math.abs(middle(gap) - from) + Math.abs(middle(gap) - to);
    const near = gaps.sort((a, b) => way(a) - way(b)).slice(0, GAPS);
    return near.flatMap((gap) =>
      LEVELS.map((shift) => middle(gap) + shift).filter((y) => y > gap[0] + 10 && y < gap[1] - 10),
    );
  };
}

/** Length and, far worse, nodes in the way and other wires alongside. A stretch of the own trunk is nearly free. */
function cost(points: readonly Point[], plane: Plane, wire: WireEnds): number {
  let total = BLOCKED * obstacles(points, plane, wire);
  for (const run of runsOf(points, wire.source)) {
    total += run.to - run.from;
    plane.alongside(run, (there) => {
      const along = Math.min(run.to, there.to) - Math.max(run.from, there.from);
      if (along <= 0) return;
      if (there.source === wire.source) {
        if (there.at === run.at) total -= along * 0.8;
      } else if (Math.abs(there.at - run.at) < (run.level ? 18 : 12)) total += CROWDED + along * 0.2;
    });
  }
  return total;
}

/** How many nodes a path runs through; its own two only count where it does not just leave or arrive. */
function obstacles(points: readonly Point[], plane: Plane, { source, fromBox, toBox }: WireEnds): number {
  const runs = runsOf(points, source);
  let count = 0;
  for (const [index, run] of runs.entries()) {
    for (const box of plane.blocked(run)) {
      if ((box === fromBox && index === 0) || (box === toBox && index === runs.length - 1)) continue;
      count++;
    }
  }
  return count;
}

function simplify(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (last && last.x === point.x && last.y === point.y) continue;
    const before = kept.at(-2);
    const straight =
      last && before && ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y));
    if (straight) kept.pop();
    kept.push(point);
  }
  return kept;
}

function labelAt(points: readonly Point[]): Route['label'] {
  let best: Route['label'] = null;
  for (let index = 1; index < points.length; index++) {
    const [a, b] = [points[index - 1], points[index]];
    if (!a || !b || a.y !== b.y) continue;
    const room = Math.abs(a.x - b.x);
    if (room > (best?.room ?? 0)) best = { x: (a.x + b.x) / 2, y: a.y, room };
  }
  return best;
}

/** The last point that a path has in common with one of its siblings. */
function leaves(points: readonly Point[], siblings: readonly Point[][]): Point | null {
  let best: Point | null = null;
  let longest = 0;
  for (const sibling of siblings) {
    let shared = 0;
    while (shared < points.length && shared < sibling.length && same(points[shared], sibling[shared])) shared++;
    const [mine, theirs, at] = [points[shared], sibling[shared], points[shared - 1]];
    if (!mine || !theirs || !at || shared < longest) continue;
    const along = at.x === mine.x && at.x === theirs.x ? 'y' : at.y === mine.y && at.y === theirs.y ? 'x' : null;
    const point = along ? nearer(at, mine, theirs, along) : at;
    if (point === points[0]) continue;
    best = point;
    longest = shared;
  }
  return best;
}

/** Where two runs that start together in the same direction part. */
function nearer(start: Point, a: Point, b: Point, axis: 'x' | 'y'): Point {
  if (Math.sign(a[axis] - start[axis]) !== Math.sign(b[axis] - start[axis])) return start;
  return Math.abs(a[axis] - start[axis]) < Math.abs(b[axis] - start[axis]) ? a : b;
}

const same = (a: Point | undefined, b: Point | undefined) =>
  a !== undefined && b !== undefined && a.x === b.x && a.y === b.y;
const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

function towards(from: Point, to: Point, reach: number): Point {
  const length = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) / length) * reach, y: from.y + ((to.y - from.y) / length) * reach };
}

/** Routes again only when a wire, a port or a node has moved. */
export function createRouter(): (wires: readonly WireEnds[], boxes: readonly Box[]) => Map<string, Route> {
  let before: { key: string; routes: Map<string, Route> } | null = null;
  return (wires, boxes) => {
    const key = JSON.stringify([wires.map(({ id, source, from, to }) => [id, source, from, to]), boxes]);
    if (before?.key !== key) before = { key, routes: routeWires(wires, boxes) };
    return before.routes;
  };
}
