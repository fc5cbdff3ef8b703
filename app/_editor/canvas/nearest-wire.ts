import type { Point } from '../model/route-wire';
import type { WireViews } from '../model/view-wires';

const REACH = 14;

/** The wire that passes a point closely; null where there is none. */
export function nearestWire(wires: WireViews, at: Point): string | null {
  let best: string | null = null;
  let least = REACH;
  for (const wire of Object.values(wires)) {
    const points = wire.route?.points ?? [];
    for (let index = 1; index < points.length; index++) {
      const [a, b] = [points[index - 1], points[index]];
      if (!a || !b) continue;
      const away = fromSegment(at, a, b);
      if (away < least) {
        least = away;
        best = wire.id;
      }
    }
  }
  return best;
}

function fromSegment(point: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const t = length ? Math.max(0, Math.min(1, ((point.x - a.x) * dx + (point.y - a.y) * dy) / length)) : 0;
  return Math.hypot(point.x - a.x - t * dx, point.y - a.y - t * dy);
}
