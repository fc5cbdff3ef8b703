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
  target: string;
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
const LANE = 16;
const NEAR = 32;

/**
 * Right-angled routes for all wires. A level pair is one straight thread; a wire forward turns shortly before its
 * target; one back to an earlier column runs through the gap between the rows. Wires of one source share a trunk,
 * wires of different sources get lanes of their own.
 */
export function routeWires(wires: readonly WireEnds[], boxes: readonly Box[]): Map<string, Route> {
  const routes = new Map<string, Route>();
  const lanes = new Lanes();
  const labelled = new Set<string>();
  const trunks = new Map<string, Point[][]>();
  const nearFirst = [...wires].sort((a, b) => a.to.y - b.to.y || a.to.x - b.to.x);
  for (const wire of nearFirst) {
    const points = simplify(path(wire, boxes, lanes));
    const siblings = trunks.get(wire.source) ?? [];
    trunks.set(wire.source, [...siblings, points]);
    const label = labelled.has(wire.source) ? null : labelAt(points);
    if (label) labelled.add(wire.source);
    routes.set(wire.id, { points, label, junction: siblings.length ? leaves(points, siblings) : null });
  }
  return routes;
}

/** The route of a wire while one of its ends is dragged: lanes do not matter then. */
export function routeLoose(from: Point, to: Point): Route {
  if (Math.abs(from.y - to.y) < 1 && to.x > from.x) return { points: [from, to], label: null, junction: null };
  if (to.x - from.x >= NEAR) {
    const x = Math.max(from.x + OUT, to.x - OUT - LANE);
    return { points: simplify([from, { x, y: from.y }, { x, y: to.y }, to]), label: null, junction: null };
  }
  const y = Math.abs(to.y - from.y) > 80 ? (from.y + to.y) / 2 : Math.max(from.y, to.y) + 96;
  const [out, back] = [from.x + OUT, to.x - OUT - LANE];
  const points = [from, { x: out, y: from.y }, { x: out, y }, { x: back, y }, { x: back, y: to.y }, to];
  return { points: simplify(points), label: null, junction: null };
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

/** Lanes by corridor: the first source in a corridor takes lane 0, the next one lane 1, … */
class Lanes {
  private readonly corridors = new Map<string, Map<string, number>>();
  private readonly levelsOf = new Map<string, number[]>();

  /** Heights at which a source already runs level: its next wire joins in where it can. */
  levels(source: string): number[] {
    const there = this.levelsOf.get(source) ?? [];
    this.levelsOf.set(source, there);
    return there;
  }

  take(corridor: string, source: string): number {
    const taken = this.corridors.get(corridor) ?? new Map<string, number>();
    this.corridors.set(corridor, taken);
    const lane = taken.get(source) ?? taken.size;
    taken.set(source, lane);
    return lane;
  }
}

function path(wire: WireEnds, boxes: readonly Box[], lanes: Lanes): Point[] {
  const { from, to } = wire;
  const others = boxes.filter((box) => box !== wire.fromBox && box !== wire.toBox);
  const ahead = to.x - from.x;
  if (ahead >= 24 && Math.abs(from.y - to.y) < 1 && clear(others, from, to)) return [from, to];
  if (ahead >= NEAR) {
    const lane = lanes.take(`x${Math.round(wire.toBox.x / 32)}`, wire.source);
    for (const x of [to.x - NEAR - LANE * lane, from.x + OUT + LANE * (lane % 3), (from.x + to.x) / 2]) {
      if (x < from.x + 8 || x > to.x - 8) continue;
      const bend = [
        { x, y: from.y },
        { x, y: to.y },
      ] as const;
      if (clear(others, from, bend[0]) && clear(others, bend[0], bend[1]) && clear(others, bend[1], to)) {
        return [from, ...bend, to];
      }
    }
    return around(wire, others, lanes, from.x + OUT, to.x - NEAR - LANE * lane);
  }
  const lane = lanes.take(`x${Math.round(wire.toBox.x / 32)}`, wire.source);
  return around(wire, others, lanes, from.x + OUT, to.x - NEAR - LANE * lane);
}

/** Out to the right, level through a free corridor, and in from the left. */
function around(wire: WireEnds, others: readonly Box[], lanes: Lanes, out: number, back: number): Point[] {
  const { from, to } = wire;
  const [left, right] = [Math.min(out, back), Math.max(out, back)];
  const shared = lanes.levels(wire.source).find((y) => clear(others, { x: left, y }, { x: right, y }));
  let level = shared;
  if (level === undefined) {
    const y = corridor(wire, left, right, [...others, wire.fromBox, wire.toBox]);
    const lane = lanes.take(`y${Math.round(y / 32)}`, wire.source);
    level = y + (lane % 2 ? -1 : 1) * Math.ceil(lane / 2) * LANE;
    lanes.levels(wire.source).push(level);
  }
  return [from, { x: out, y: from.y }, { x: out, y: level }, { x: back, y: level }, { x: back, y: to.y }, to];
}

/** The middle of the free gap that is the least way round, looking at each gap between boxes that are in the way. */
function corridor(wire: WireEnds, left: number, right: number, boxes: readonly Box[]): number {
  const inWay = boxes
    .filter((box) => right > box.x - MARGIN && left < box.x + box.width + MARGIN)
    .sort((a, b) => a.y - b.y);
  const gaps: number[] = [];
  let bottom = Number.NEGATIVE_INFINITY;
  for (const box of inWay) {
    if (box.y - bottom >= 28) gaps.push(bottom === Number.NEGATIVE_INFINITY ? box.y - 28 : (bottom + box.y) / 2);
    bottom = Math.max(bottom, box.y + box.height);
  }
  gaps.push(bottom === Number.NEGATIVE_INFINITY ? (wire.from.y + wire.to.y) / 2 : bottom + 28);
  const way = (y: number) => Math.abs(y - wire.from.y) * 1.01 + Math.abs(y - wire.to.y);
  return Math.round((gaps.sort((a, b) => way(a) - way(b))[0] ?? wire.from.y) / 4) * 4;
}

const MARGIN = 6;

/** Whether a level or upright line keeps clear of all boxes. */
function clear(boxes: readonly Box[], a: Point, b: Point): boolean {
  const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)];
  const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
  return !boxes.some(
    (box) =>
      right > box.x - MARGIN &&
      left < box.x + box.width + MARGIN &&
      bottom > box.y - MARGIN &&
      top < box.y + box.height + MARGIN,
  );
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
  let longest = 1;
  for (const sibling of siblings) {
    let shared = 0;
    while (shared < points.length && shared < sibling.length && same(points[shared], sibling[shared])) shared++;
    if (shared < longest) continue;
    const [mine, theirs, at] = [points[shared], sibling[shared], points[shared - 1]];
    if (!mine || !theirs || !at) continue;
    const along = at.x === mine.x && at.x === theirs.x ? 'y' : at.y === mine.y && at.y === theirs.y ? 'x' : null;
    const point = along ? nearer(at, mine, theirs, along) : at;
    if (point) {
      best = shared > 1 || along ? point : null;
      longest = shared;
    }
  }
  return best;
}

/** Where two runs that start together in the same direction part. */
function nearer(start: Point, a: Point, b: Point, axis: 'x' | 'y'): Point | null {
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
