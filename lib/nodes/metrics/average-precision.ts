import { type Box, boxAt, DETECTION, isBox, overlapOf } from '../common/boxes';

/** Detections `[pictures, most, 6]` and true boxes `[pictures, boxes, 4]` with their classes, row-major. */
export interface Judged {
  detections: ArrayLike<number>;
  most: number;
  boxes: ArrayLike<number>;
  classes: ArrayLike<number>;
  perPicture: number;
}

interface Detection {
  picture: number;
  box: Box;
  score: number;
}

/**
 * Mean over classes that occur of the area under precision over recall, at all points (VOC from 2010 on): detections of
 * a class are taken by falling score; one is right if it overlaps by `least` a true box that no earlier one has taken.
 */
export function meanAveragePrecision(judged: Judged, least: number): number {
  const pictures = judged.perPicture === 0 ? 0 : judged.classes.length / judged.perPicture;
  const truth = new Map<number, Map<number, Box[]>>();
  for (let row = 0; row < judged.classes.length; row++) {
    const box = boxAt(judged.boxes, row);
    if (!isBox(box)) continue;
    const label = Math.round(judged.classes[row] ?? 0);
    const picture = Math.floor(row / judged.perPicture);
    const own = truth.get(label) ?? new Map<number, Box[]>();
    own.set(picture, [...(own.get(picture) ?? []), box]);
    truth.set(label, own);
  }
  const areas = [...truth].map(([label, boxes]) =>
    areaUnder(hits(found(judged, pictures, label), boxes, least), count(boxes)),
  );
  return areas.length === 0 ? 0 : areas.reduce((sum, area) => sum + area, 0) / areas.length;
}

const count = (boxes: Map<number, Box[]>): number => [...boxes.values()].reduce((sum, own) => sum + own.length, 0);

function found({ detections, most }: Judged, pictures: number, label: number): Detection[] {
  const all: Detection[] = [];
  for (let row = 0; row < pictures * most; row++) {
    const score = detections[row * DETECTION + 5] ?? 0;
    const box = boxAt(detections, row, DETECTION);
    if (score <= 0 || !isBox(box) || Math.round(detections[row * DETECTION + 4] ?? -1) !== label) continue;
    all.push({ picture: Math.floor(row / most), box, score });
  }
  return all.sort((a, b) => b.score - a.score);
}

/** For each detection whether it is right; a true box is found only once. */
function hits(detections: Detection[], truth: Map<number, Box[]>, least: number): boolean[] {
  const taken = new Set<Box>();
  return detections.map(({ picture, box }) => {
    const overlaps = (truth.get(picture) ?? []).map((real) => ({ real, overlap: overlapOf(box, real) }));
    const best = overlaps.sort((a, b) => b.overlap - a.overlap)[0];
    if (!best || best.overlap < least || taken.has(best.real)) return false;
    taken.add(best.real);
    return true;
  });
}

/** The area under the curve whose precision never rises with recall. */
function areaUnder(right: boolean[], all: number): number {
  const precisions: number[] = [];
  let correct = 0;
  for (const [at, hit] of right.entries()) {
    if (!hit) continue;
    correct++;
    precisions.push(correct / (at + 1));
  }
  let [area, best] = [0, 0];
  for (const precision of precisions.reverse()) {
    best = Math.max(best, precision);
    area += best / all;
  }
  return area;
}
