import { type Point, type Route, roundedPath, routeLoose } from './route-wire';
import type { WireView } from './view-wires';

/** What a wire looks like, for drawing it and for finding it under a pointer. */
export interface WireShape {
  path: string;
  label: Route['label'];
  junction: Point | null;
  /** Where it can be led through other points. */
  dots: Point[];
}

const OUT = 16;

/**
 * Level, upright, level between two points. Backwards, a wire leaves a port before it turns, turns before it reaches
 * one, and runs straight down from a dot.
 */
function legBetween(a: Point, b: Point, fromPort: boolean, toPort: boolean): Point[] {
  if (b.x - a.x < (fromPort || toPort ? OUT : 1)) {
    if (fromPort) return [a, { x: a.x + OUT, y: a.y }, { x: a.x + OUT, y: b.y }, b];
    if (toPort) return [a, { x: b.x - OUT, y: a.y }, { x: b.x - OUT, y: b.y }, b];
    return [a, { x: a.x, y: b.y }, b];
  }
  if (Math.abs(a.y - b.y) < 1) return [a, b];
  const x = Math.round((a.x + b.x) / 2);
  return [a, { x, y: a.y }, { x, y: b.y }, b];
}

/** The legs of a wire that is led through dots. */
export function legsThrough(from: Point, dots: readonly Point[], to: Point): Point[][] {
  const stops = [from, ...dots, to];
  return stops
    .slice(1)
    .map((stop, index) => legBetween(stops[index] ?? from, stop, index === 0, index === dots.length));
}

/** A route through dots; the label stands on its longest level run. */
export function routeThrough(from: Point, dots: readonly Point[], to: Point): Route {
  const points = legsThrough(from, dots, to).flatMap((leg, index) => (index ? leg.slice(1) : leg));
  let label: Route['label'] = null;
  for (let index = 1; index < points.length; index++) {
    const [a, b] = [points[index - 1], points[index]];
    if (!a || !b || a.y !== b.y) continue;
    const room = Math.abs(a.x - b.x);
    if (room > (label?.room ?? 0)) label = { x: (a.x + b.x) / 2, y: a.y, room };
  }
  return { points, label, junction: null };
}

/** The stored route while both ends stand where it was made for, else a loose one; curves for the short wires of learning. */
export function shapeWire(wire: WireView, from: Point, to: Point, moved?: { dot: number; at: Point }): WireShape {
  const first = wire.route?.points[0];
  const last = wire.route?.points.at(-1);
  if (wire.via.length || moved) {
    // Both ends dragged together take the dots along.
    const [dx, dy] = first ? [from.x - first.x, from.y - first.y] : [0, 0];
    const together = last !== undefined && near({ x: last.x + dx, y: last.y + dy }, to);
    const dots = wire.via.map(([x, y], index) =>
      moved?.dot === index ? moved.at : together ? { x: x + dx, y: y + dy } : { x, y },
    );
    const route = routeThrough(from, dots, to);
    return { path: roundedPath(route.points), label: route.label, junction: null, dots };
  }
  const fresh = first && last && near(first, from) && near(last, to);
  const route = fresh && wire.route ? wire.route : routeLoose(from, to);
  if (isCurved(wire, from, to, route)) {
    const bend = (to.x - from.x) / 2;
    const path = `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
    return { path, label: null, junction: null, dots: [] };
  }
  return { path: roundedPath(route.points), label: route.label, junction: fresh ? route.junction : null, dots: [] };
}

const isCurved = (wire: WireView, from: Point, to: Point, route: Route): boolean =>
  (wire.type === 'number' || wire.type === 'step') &&
  to.x - from.x > 40 &&
  to.x - from.x < 320 &&
  route.points.length <= 4 &&
  from.y !== to.y;

const CURVE_POINTS = 12;

/** Points along what is drawn; curves as many short stretches. */
export function pointsOf(wire: WireView): Point[] {
  const points = wire.route?.points ?? [];
  const [from, to] = [points[0], points.at(-1)];
  if (!from || !to || !wire.route || wire.via.length || !isCurved(wire, from, to, wire.route)) return points;
  return Array.from({ length: CURVE_POINTS + 1 }, (_, index) => {
    const t = index / CURVE_POINTS;
    const bend = (to.x - from.x) / 2;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
    return {
      x: a * from.x + b * (from.x + bend) + c * (to.x - bend) + d * to.x,
      y: (a + b) * from.y + (c + d) * to.y,
    };
  });
}

/** Before which dot of a wire a point lies: the number of dots on the way from its start. */
export function dotsBefore(wire: WireView, at: Point): number {
  const [from, to] = [wire.route?.points[0], wire.route?.points.at(-1)];
  if (!from || !to) return 0;
  const dots = wire.via.map(([x, y]) => ({ x, y }));
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, leg] of legsThrough(from, dots, to).entries()) {
    const away = distanceTo(leg, at);
    if (away < least) [least, best] = [away, index];
  }
  return best;
}

/** From a point to the nearest stretch of a line. */
export function distanceTo(line: readonly Point[], at: Point): number {
  let least = Number.POSITIVE_INFINITY;
  for (let index = 1; index < line.length; index++) {
    const [a, b] = [line[index - 1], line[index]];
    if (a && b) least = Math.min(least, fromSegment(at, a, b));
  }
  return least;
}

/** Whether two lines cross. */
export function cross(one: readonly Point[], other: readonly Point[]): boolean {
  for (let i = 1; i < one.length; i++) {
    for (let j = 1; j < other.length; j++) {
      const [a, b, c, d] = [one[i - 1], one[i], other[j - 1], other[j]];
      if (a && b && c && d && turns(a, b, c) !== turns(a, b, d) && turns(c, d, a) !== turns(c, d, b)) return true;
    }
  }
  return false;
}

const turns = (a: Point, b: Point, c: Point): boolean => (b.x - a.x) * (c.y - a.y) > (b.y - a.y) * (c.x - a.x);

function fromSegment(point: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const t = length ? Math.max(0, Math.min(1, ((point.x - a.x) * dx + (point.y - a.y) * dy) / length)) : 0;
  return Math.hypot(point.x - a.x - t * dx, point.y - a.y - t * dy);
}

const near = (a: Point, b: Point) => Math.abs(a.x - b.x) < 2 && Math.abs(a.y - b.y) < 2;
