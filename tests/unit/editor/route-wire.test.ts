import { describe, expect, it } from 'vitest';
import { runsOf } from '@/app/_editor/model/plane';
import {
  type Box,
  type Point,
  roundedPath,
  routeLoose,
  routeWires,
  type WireEnds,
} from '@/app/_editor/model/route-wire';

const box = (x: number, y: number): Box => ({ x, y, width: 152, height: 128 });

function wire(id: string, source: string, fromBox: Box, toBox: Box, at = 16): WireEnds {
  return {
    id,
    source,
    from: { x: fromBox.x + fromBox.width, y: fromBox.y + 16 },
    to: { x: toBox.x, y: toBox.y + at },
    fromBox,
    toBox,
  };
}

const pointsOf = (routes: ReturnType<typeof routeWires>, id: string): Point[] => routes.get(id)?.points ?? [];

/** Whether a route runs through the inside of a box. */
function crosses(points: readonly Point[], { x, y, width, height }: Box): boolean {
  return points.some((b, index) => {
    const a = points[index - 1];
    if (!a) return false;
    const apart =
      Math.max(a.x, b.x) <= x ||
      Math.min(a.x, b.x) >= x + width ||
      Math.max(a.y, b.y) <= y ||
      Math.min(a.y, b.y) >= y + height;
    return !apart;
  });
}

describe('routes of wires', () => {
  it('is one straight thread between neighbours of a row', () => {
    const [a, b] = [box(0, 0), box(216, 0)];
    expect(pointsOf(routeWires([wire('w', 'a', a, b)], [a, b]), 'w')).toEqual([
      { x: 152, y: 16 },
      { x: 216, y: 16 },
    ]);
  });

  it('goes around a node that stands in the way', () => {
    const [a, between, b] = [box(0, 0), box(216, 0), box(432, 0)];
    const points = pointsOf(routeWires([wire('w', 'a', a, b)], [a, between, b]), 'w');
    expect(crosses(points, between)).toBe(false);
    expect(points[0]).toEqual({ x: 152, y: 16 });
    expect(points.at(-1)).toEqual({ x: 432, y: 16 });
  });

  it('comes back to an earlier column through the gap between the rows', () => {
    const [a, b, below] = [box(0, 0), box(216, 0), box(0, 304)];
    const points = pointsOf(routeWires([wire('w', 'b', b, below)], [a, b, below]), 'w');
    for (const other of [a, b, below]) expect(crosses(points, other)).toBe(false);
    const level = points.find((point, index) => index > 1 && point.y === points[index - 1]?.y);
    expect(level?.y).toBeGreaterThan(128);
    expect(level?.y).toBeLessThan(304);
  });

  it('lets wires of one source share a trunk and marks where they part', () => {
    const [a, upper, lower] = [box(0, 0), box(432, 304), box(432, 480)];
    const routes = routeWires([wire('one', 'a', a, upper), wire('two', 'a', a, lower)], [a, upper, lower]);
    const [one, two] = [pointsOf(routes, 'one'), pointsOf(routes, 'two')];
    expect(two[1]?.x).toBe(one[1]?.x);
    expect([routes.get('one')?.junction, routes.get('two')?.junction].filter(Boolean)).toHaveLength(1);
  });

  it('keeps wires of different sources apart', () => {
    const [a, b, c, d] = [box(0, 0), box(216, 0), box(0, 304), box(0, 480)];
    const routes = routeWires([wire('one', 'a', a, c), wire('two', 'b', b, d)], [a, b, c, d]);
    const stretches = (id: string) => runsOf(pointsOf(routes, id), id);
    for (const one of stretches('one')) {
      for (const two of stretches('two')) {
        const along = one.level === two.level && Math.min(one.to, two.to) > Math.max(one.from, two.from);
        if (along) expect(Math.abs(one.at - two.at)).toBeGreaterThanOrEqual(12);
      }
    }
  });

  it('names the shape once for all wires of a source', () => {
    const [a, upper, lower] = [box(0, 0), box(432, 304), box(432, 480)];
    const routes = routeWires([wire('one', 'a', a, upper), wire('two', 'a', a, lower)], [a, upper, lower]);
    expect([...routes.values()].filter((route) => route.label)).toHaveLength(1);
  });

  it('routes 600 wires among 300 nodes within a frame or a few', () => {
    const boxes = Array.from({ length: 300 }, (_, index) => box((index % 20) * 216, Math.floor(index / 20) * 304));
    const wires = boxes.flatMap((from, index) =>
      [boxes[(index + 1) % 300], boxes[(index * 7 + 3) % 300]].flatMap((to, which) =>
        to && to !== from ? [wire(`${index}-${which}`, String(index), from, to)] : [],
      ),
    );
    const start = performance.now();
    expect(routeWires(wires, boxes).size).toBe(wires.length);
    console.info(`routed ${wires.length} wires in ${Math.round(performance.now() - start)} ms`);
  });

  it('follows a dragged end with right angles', () => {
    const { points } = routeLoose({ x: 500, y: 0 }, { x: 100, y: 300 });
    for (const [index, point] of points.entries()) {
      const before = points[index - 1];
      if (before) expect(before.x === point.x || before.y === point.y).toBe(true);
    }
  });

  it('draws corners round', () => {
    expect(
      roundedPath([
        { x: 0, y: 0 },
        { x: 40, y: 0 },
        { x: 40, y: 40 },
      ]),
    ).toBe('M0 0L28 0Q40 0 40 12L40 40');
  });
});
