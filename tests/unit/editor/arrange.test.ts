import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignBoxes, distributeBoxes } from '@/app/_editor/model/align-boxes';
import { guide } from '@/app/_editor/model/guides';

const boxes = {
  a: { x: 0, y: 0, width: 100, height: 40 },
  b: { x: 130, y: 20, width: 60, height: 80 },
  c: { x: 400, y: 10, width: 20, height: 20 },
};

describe('aligning', () => {
  it('brings edges and middles to one line', () => {
    expect(Object.values(alignBoxes(boxes, 'left')).map(({ x }) => x)).toEqual([0, 0, 0]);
    expect(Object.values(alignBoxes(boxes, 'right')).map(({ x }) => x)).toEqual([320, 360, 400]);
    expect(Object.values(alignBoxes(boxes, 'middle')).map(({ y }) => y)).toEqual([30, 10, 40]);
  });

  it('makes the gaps even and leaves the outermost where they are', () => {
    const placed = distributeBoxes(boxes, 'x');
    expect(placed).toMatchObject({ a: { x: 0 }, c: { x: 400 } });
    expect((placed.b?.x ?? 0) - 100).toBe(400 - ((placed.b?.x ?? 0) + 60));
    expect(distributeBoxes({ a: boxes.a, b: boxes.b }, 'x')).toEqual({});
  });
});

describe('helper lines', () => {
  const other = { x: 200, y: 100, width: 80, height: 60 };

  it('draw a dragged node to the nearest edge or middle, and show it', () => {
    const guided = guide({ x: 204, y: 300, width: 100, height: 60 }, [other], 7);
    expect(guided).toMatchObject({ dx: -4, dy: 0 });
    expect(guided.guides).toEqual([{ axis: 'x', at: 200, from: 100, to: 360 }]);
  });

  it('leave alone what is level with nothing near', () => {
    expect(guide({ x: 220, y: 300, width: 100, height: 60 }, [other], 7)).toEqual({ dx: 0, dy: 0, guides: [] });
    expect(guide({ x: 204, y: 5_000, width: 100, height: 60 }, [other], 7).guides).toEqual([]);
  });

  it('never move further than their reach, and always onto a line', () => {
    const box = fc.record({ x: fc.integer({ min: -300, max: 300 }), y: fc.integer({ min: -300, max: 300 }) });
    fc.assert(
      fc.property(box, fc.array(box, { maxLength: 6 }), (at, places) => {
        const others = places.map((place, index) => ({ ...place, width: 80 + 8 * index, height: 64 }));
        const { dx, dy, guides } = guide({ ...at, width: 120, height: 80 }, others, 7);
        expect(Math.max(Math.abs(dx), Math.abs(dy))).toBeLessThanOrEqual(7);
        if (dx !== 0) expect(guides.some(({ axis }) => axis === 'x')).toBe(true);
        if (dy !== 0) expect(guides.some(({ axis }) => axis === 'y')).toBe(true);
      }),
      { seed: 3 },
    );
  });
});
