import type { Point } from '../model/route-wire';
import type { WireViews } from '../model/view-wires';
import { distanceTo, pointsOf } from '../model/wire-shape';

const REACH = 14;

/** The wire that passes a point closely; null where there is none. */
export function nearestWire(wires: WireViews, at: Point, reach = REACH): string | null {
  let best: string | null = null;
  let least = reach;
  for (const wire of Object.values(wires)) {
    const away = distanceTo(pointsOf(wire), at);
    if (away >= least) continue;
    least = away;
    best = wire.id;
  }
  return best;
}
