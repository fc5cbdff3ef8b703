import type { NodeId, NodeLayout } from '@/lib/graph/document';
import type { NodeView } from '../model/node-view';
import type { GraphView } from '../model/view-graph';
import type { WireViews } from '../model/view-wires';

/** Nodes so that each comes after what feeds it; where that leaves a choice, from left to right and downwards. */
export function inReadingOrder(
  views: GraphView,
  wires: WireViews,
  places: Readonly<Record<NodeId, NodeLayout>>,
): NodeView[] {
  const waits = new Map<NodeId, number>(Object.keys(views).map((id) => [id, 0]));
  const next = new Map<NodeId, NodeId[]>();
  for (const { source, target, type } of Object.values(wires)) {
    if (type === 'weights' || !waits.has(source)) continue;
    waits.set(target, (waits.get(target) ?? 0) + 1);
    next.set(source, [...(next.get(source) ?? []), target]);
  }
  const at = (id: NodeId) => (places[id]?.y ?? 0) * 4 + (places[id]?.x ?? 0);
  const ready = [...waits].filter(([, count]) => count === 0).map(([id]) => id);
  const order: NodeView[] = [];
  const done = new Set<NodeId>();
  const take = (id: NodeId) => {
    const view = views[id];
    if (!view || done.has(id)) return;
    done.add(id);
    order.push(view);
    for (const target of next.get(id) ?? []) {
      const left = (waits.get(target) ?? 1) - 1;
      waits.set(target, left);
      if (left === 0) ready.push(target);
    }
  };
  while (ready.length) {
    ready.sort((a, b) => at(b) - at(a));
    take(ready.pop() as NodeId);
  }
  for (const id of Object.keys(views)) take(id); // what is wired in a circle
  return order;
}
