import { describe, expect, it } from 'vitest';
import type { WireView } from '@/app/_editor/model/view-wires';
import { cross, dotsBefore, legsThrough, pointsOf, routeThrough, shapeWire } from '@/app/_editor/model/wire-shape';

const from = { x: 0, y: 0 };
const to = { x: 400, y: 100 };

const wire = (via: [number, number][]): WireView => ({
  id: 'e',
  source: 'a',
  sourceHandle: 'y',
  target: 'b',
  targetHandle: 'x',
  type: 'tensor',
  label: '8',
  carries: 'batch×8 float32',
  route: routeThrough(
    from,
    via.map(([x, y]) => ({ x, y })),
    to,
  ),
  via,
  wrong: 'no',
  title: '',
});

describe('a wire through dots', () => {
  it('runs level or upright all the way, and through every dot', () => {
    const dots = [
      { x: 100, y: 200 },
      { x: 60, y: -80 },
      { x: 300, y: 40 },
    ];
    const { points } = routeThrough(from, dots, to);
    for (const [index, point] of points.slice(1).entries()) {
      const before = points[index];
      expect(before && (before.x === point.x || before.y === point.y)).toBe(true);
    }
    for (const dot of dots) expect(points).toContainEqual(dot);
  });

  it('leaves a port before it turns back', () => {
    const [first] = legsThrough(from, [{ x: -100, y: 50 }], to);
    expect(first?.[1]).toEqual({ x: 16, y: 0 });
  });

  it('knows between which dots a point lies', () => {
    const bent = wire([
      [100, 200],
      [300, 200],
    ]);
    expect(dotsBefore(bent, { x: 20, y: 2 })).toBe(0);
    expect(dotsBefore(bent, { x: 200, y: 203 })).toBe(1);
    expect(dotsBefore(bent, { x: 390, y: 100 })).toBe(2);
  });

  it('takes its dots along when both ends are dragged, and only then', () => {
    const bent = wire([[200, 200]]);
    const shift = ({ x, y }: { x: number; y: number }) => ({ x: x + 50, y: y - 30 });
    expect(shapeWire(bent, shift(from), shift(to)).dots).toEqual([{ x: 250, y: 170 }]);
    expect(shapeWire(bent, shift(from), to).dots).toEqual([{ x: 200, y: 200 }]);
  });
});

describe('a stroke', () => {
  it('crosses what it goes through', () => {
    const line = pointsOf(wire([]));
    expect(
      cross(
        [
          { x: 20, y: -40 },
          { x: 30, y: 40 },
        ],
        line,
      ),
    ).toBe(true);
    expect(
      cross(
        [
          { x: 20, y: 200 },
          { x: 30, y: 240 },
        ],
        line,
      ),
    ).toBe(false);
  });
});
