import type { Command } from './command';
import { type Document, type EdgeId, type GraphId, graphOf } from './document';
import { inOrder, orderBetween } from './order';

/**
 * Puts a wire of a variadic input at another place among the wires there, counted from 0. Only the moved wire changes
 * where its neighbours leave room; null where it stands there already.
 */
export function moveWire(document: Document, graph: GraphId, id: EdgeId, to: number): Command | null {
  const edges = graphOf(document, graph)?.edges ?? {};
  const end = edges[id]?.to;
  if (!end) return null;
  const all = inOrder(Object.entries(edges).filter(([, edge]) => edge.to[0] === end[0] && edge.to[1] === end[1]));
  const others = all.filter(([other]) => other !== id);
  const place = Math.max(0, Math.min(to, others.length));
  if (all[place]?.[0] === id) return null;
  const [before, after] = [others[place - 1]?.[1].order ?? null, others[place]?.[1].order ?? null];
  const crowded = (others[place - 1] && before === null) || (others[place] && after === null) || before === after;
  if (!crowded) return { do: 'set-edge', graph, id, set: { order: orderBetween(before, after) } };
  // Wires without keys of their own, or with the same one, stand by their ids: all of them get keys.
  const ids = others.map(([other]) => other);
  ids.splice(place, 0, id);
  let last: string | null = null;
  const commands = ids.map((each): Command => {
    last = orderBetween(last, null);
    return { do: 'set-edge', graph, id: each, set: { order: last } };
  });
  return { do: 'batch', title: 'Reorder', commands };
}
