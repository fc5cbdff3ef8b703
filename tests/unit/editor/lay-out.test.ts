import { expect, it } from 'vitest';
import { layOut } from '@/app/_editor/model/lay-out';
import { largeDocument } from '@/lib/gallery/large-document';

it('puts what feeds left of what is fed, and no node over another', () => {
  const { graph } = largeDocument(60);
  const nodes = Object.keys(graph.nodes).map((id, i) => ({ id, width: 120 + (i % 3) * 20, height: 60 + (i % 4) * 30 }));
  const edges = Object.values(graph.edges).map(({ from, to }): [string, string] => [from[0], to[0]]);
  const places = layOut({ nodes, edges });
  const box = (id: string) => {
    const size = nodes.find((one) => one.id === id);
    const place = places[id];
    if (!size || !place) throw new Error(id);
    return { left: place.x, right: place.x + size.width, top: place.y, bottom: place.y + size.height };
  };
  for (const [from, to] of edges) expect(box(from).right).toBeLessThanOrEqual(box(to).left);
  const boxes = nodes.map(({ id }) => box(id));
  for (const [i, a] of boxes.entries())
    for (const b of boxes.slice(i + 1))
      expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
});

it('leaves out wires to nodes that are not laid out', () => {
  const nodes = [{ id: 'a', width: 10, height: 10 }];
  expect(layOut({ nodes, edges: [['a', 'elsewhere']] })).toEqual({ a: { x: 0, y: 0 } });
});
