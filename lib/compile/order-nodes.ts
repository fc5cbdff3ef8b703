import { type Flat, type FlatNode, isFold } from './flat';
import type { Path } from './program';

export interface Ordered {
  /** By depth from the sources, then by path: the same for every insertion order. Nodes in or after a circle are absent. */
  order: FlatNode[];
  /** Nodes of one circle of value edges each, along the wires. */
  circles: FlatNode[][];
}

/** Value edges order nodes; `weights` wires depend on no tensor, and a metric is known only after a whole pass. */
export function valueWires(node: FlatNode): { from: Path }[] {
  const wires: { from: Path }[] = [];
  for (const port of node.inputs) {
    if (port.type === 'weights' || port.type === 'metric') continue;
    wires.push(...(node.wires.get(port.id) ?? []));
  }
  return wires;
}

/**
 * Kahn's algorithm over the value edges of the flat graph. A fold delivers later than it reads, so that a circle through
 * one is none: where nothing else is left, it comes before what it measures.
 */
export function orderNodes(flat: Flat): Ordered {
  const waits = new Map<Path, number>();
  const feeds = new Map<Path, FlatNode[]>();
  for (const node of flat.nodes.values()) {
    let count = 0;
    for (const wire of valueWires(node)) {
      if (!flat.nodes.has(wire.from)) continue;
      count++;
      const fed = feeds.get(wire.from);
      if (fed) fed.push(node);
      else feeds.set(wire.from, [node]);
    }
    waits.set(node.path, count);
  }
  const order: FlatNode[] = [];
  let layer = [...flat.nodes.values()].filter((node) => waits.get(node.path) === 0);
  for (;;) {
    if (layer.length === 0 && order.length < flat.nodes.size) {
      const freed = foldInCircle(flat, feeds, waits);
      if (freed) {
        waits.set(freed.path, 0);
        layer = [freed];
      }
    }
    if (layer.length === 0) break;
    layer.sort((a, b) => (a.path < b.path ? -1 : 1));
    const next: FlatNode[] = [];
    for (const node of layer) {
      order.push(node);
      for (const fed of feeds.get(node.path) ?? []) {
        const left = (waits.get(fed.path) ?? 0) - 1;
        waits.set(fed.path, left);
        if (left === 0) next.push(fed);
      }
    }
    layer = next;
  }
  return { order, circles: order.length === flat.nodes.size ? [] : findCircles(flat, new Set(order)) };
}

/** The first fold, by path, that waits for what waits for it. */
function foldInCircle(
  flat: Flat,
  feeds: ReadonlyMap<Path, FlatNode[]>,
  waits: ReadonlyMap<Path, number>,
): FlatNode | undefined {
  const stuck = (node: FlatNode) => (waits.get(node.path) ?? 0) > 0;
  const folds = [...flat.nodes.values()].filter((node) => isFold(node) && stuck(node));
  folds.sort((a, b) => (a.path < b.path ? -1 : 1));
  return folds.find((fold) => {
    const seen = new Set<FlatNode>();
    const stack = [fold];
    for (let node = stack.pop(); node; node = stack.pop())
      for (const fed of feeds.get(node.path) ?? []) {
        if (fed === fold) return true;
        if (!stuck(fed) || seen.has(fed)) continue;
        seen.add(fed);
        stack.push(fed);
      }
    return false;
  });
}

/** One circle for each separate knot: walks backwards from a node that was never free until a node comes again. */
function findCircles(flat: Flat, done: ReadonlySet<FlatNode>): FlatNode[][] {
  const circles: FlatNode[][] = [];
  const walked = new Set<FlatNode>();
  const stuck = [...flat.nodes.values()].filter((node) => !done.has(node)).sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const start of stuck) {
    const trail: FlatNode[] = [];
    const seen = new Map<FlatNode, number>();
    let here: FlatNode | undefined = start;
    while (here && !walked.has(here)) {
      const before = seen.get(here);
      if (before !== undefined) {
        circles.push(trail.slice(before).reverse());
        break;
      }
      seen.set(here, trail.length);
      trail.push(here);
      here = valueWires(here)
        .map((wire) => flat.nodes.get(wire.from))
        .find((from) => from !== undefined && !done.has(from));
    }
    for (const node of trail) walked.add(node);
  }
  return circles;
}
