import type { Fold, Op, ValueId } from '@/lib/compile/program';
import { readsOf } from '@/lib/compile/slices';

/** A stretch of a sweep: device work that is one graph, then host ops that read what it gives. */
export interface Segment {
  device: Op[];
  /** Measured by the graph. */
  folds: Fold[];
  /** What the graph makes and others read: the host ops, and later stretches. */
  gives: ValueId[];
  host: Op[];
}

/**
 * Cuts a slice at its host ops: each op stands in the first segment in which all that it reads is there. `given`: values that
 * are there before, as those of data sets.
 */
export function segmentsOf(
  ops: readonly Op[],
  folds: readonly Fold[],
  given: { has(id: ValueId): boolean },
  isHost: (op: Op) => boolean,
): Segment[] {
  const segments: Segment[] = [];
  const segment = (at: number): Segment => {
    while (segments.length <= at) segments.push({ device: [], folds: [], gives: [], host: [] });
    return segments[at] as Segment;
  };
  /** From which segment on a graph, and the host, can read a value. */
  const forGraphs = new Map<ValueId, number>();
  const forHost = new Map<ValueId, number>();
  const first = (ids: readonly ValueId[], from: ReadonlyMap<ValueId, number>): number =>
    Math.max(0, ...ids.map((id) => from.get(id) ?? 0));
  for (const op of ops) {
    const made = Object.values(op.out);
    if (op.where === 'clock' || made.every((id) => given.has(id))) continue;
    const host = isHost(op);
    const at = first(readsOf(op), host ? forHost : forGraphs);
    segment(at)[host ? 'host' : 'device'].push(op);
    for (const id of made) {
      forGraphs.set(id, host ? at + 1 : at);
      forHost.set(id, at);
    }
  }
  for (const fold of folds) segment(first(Object.values(fold.in).flat(), forGraphs)).folds.push(fold);
  for (const [at, { device, gives }] of segments.entries()) {
    const later = segments.slice(at + 1);
    const read = new Set([
      ...segments.slice(at).flatMap(({ host }) => host.flatMap(readsOf)),
      ...later.flatMap((next) => next.device.flatMap(readsOf)),
      ...later.flatMap((next) => next.folds.flatMap((fold) => Object.values(fold.in).flat())),
    ]);
    for (const op of device) for (const id of Object.values(op.out)) if (read.has(id)) gives.push(id);
  }
  return segments;
}
