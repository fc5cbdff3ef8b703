import { expect, it } from 'vitest';
import { type Drawing, layOut, needsElk } from '@/app/_editor/model/lay-out';
import { largeDocument } from '@/lib/gallery/large-document';

const drawingOf = (count: number): Drawing => {
  const { graph } = largeDocument(count);
  return {
    nodes: Object.keys(graph.nodes).map((id, index) => ({
      id,
      width: 120 + (index % 3) * 20,
      height: 60 + (index % 4) * 30,
      ports: [],
      block: false,
    })),
    wires: Object.values(graph.edges).map(({ from, to }) => ({ from, to })),
    frames: [],
  };
};

/** The same with ports at the middle of the header, and two frames, one on the other. */
const framedDrawing = (count: number): Drawing => {
  const drawing = drawingOf(count);
  const handles = (end: 'from' | 'to', id: string) => [
    ...new Set(drawing.wires.filter((wire) => wire[end][0] === id).map((wire) => wire[end][1])),
  ];
  const ids = drawing.nodes.map(({ id }) => id);
  return {
    ...drawing,
    nodes: drawing.nodes.map((node) => ({
      ...node,
      ports: [
        ...handles('to', node.id).map((handle, index) => ({ handle, side: 'in' as const, y: 16 + 24 * index })),
        ...handles('from', node.id).map((handle, index) => ({ handle, side: 'out' as const, y: 16 + 24 * index })),
      ],
    })),
    frames: [
      { id: 'inner', nodes: ids.slice(3, 6), within: 'outer' },
      { id: 'outer', nodes: ids.slice(6, 9), within: null },
    ],
  };
};

async function laidOut(drawing: Drawing) {
  const places = await layOut(drawing);
  const box = (id: string) => {
    const size = drawing.nodes.find((one) => one.id === id);
    const place = places.nodes[id];
    if (!size || !place) throw new Error(id);
    return { left: place.x, right: place.x + size.width, top: place.y, bottom: place.y + size.height };
  };
  return { places, box };
}

type Edges = { left: number; right: number; top: number; bottom: number };

const apart = (a: Edges, b: Edges): boolean =>
  a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;

for (const [name, drawing] of [
  ['plain', drawingOf(60)],
  ['with frames', framedDrawing(60)],
  ['large, with frames', framedDrawing(520)],
] as const)
  it(`puts what feeds left of what is fed, and no node over another: ${name}`, async () => {
    const { box } = await laidOut(drawing);
    for (const { from, to } of drawing.wires) expect(box(from[0]).right).toBeLessThanOrEqual(box(to[0]).left);
    const boxes = drawing.nodes.map(({ id }) => box(id));
    expect(boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => !apart(a, b)))).toEqual([]);
  });

it('leaves out wires to nodes that are not laid out', async () => {
  const one = { id: 'a', width: 10, height: 10, ports: [], block: false };
  const wires: Drawing['wires'] = [{ from: ['a', 'out'], to: ['elsewhere', 'x'] }];
  expect(await layOut({ nodes: [one], wires, frames: [] })).toEqual({ nodes: { a: { x: 0, y: 0 } }, frames: {} });
  const block = await layOut({ nodes: [{ ...one, block: true }], wires, frames: [] });
  expect(Object.keys(block.nodes)).toEqual(['a']);
});

it('draws frames around what stands on them, and nothing else on them', async () => {
  const drawing = framedDrawing(30);
  const { places, box } = await laidOut(drawing);
  const frame = (id: string): Edges => {
    const { x, y, width, height } = places.frames[id] ?? { x: 0, y: 0, width: 0, height: 0 };
    return { left: x, right: x + width, top: y, bottom: y + height };
  };
  const on = (a: Edges, b: Edges) => a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
  expect(on(frame('inner'), frame('outer'))).toBe(true);
  const held = drawing.frames.flatMap(({ nodes }) => nodes);
  for (const { id } of drawing.nodes) {
    if (held.includes(id)) expect(on(box(id), frame('outer'))).toBe(true);
    else expect(apart(box(id), frame('outer'))).toBe(true);
  }
  for (const id of drawing.frames[0]?.nodes ?? []) expect(on(box(id), frame('inner'))).toBe(true);
});

it('asks ELK only for blocks, frames and nodes with many ports', () => {
  const node = { id: 'a', width: 10, height: 10, ports: [], block: false };
  const port = (index: number) => ({ handle: `p${index}`, side: 'in' as const, y: index });
  const drawing = { nodes: [node], wires: [], frames: [] };
  expect(needsElk(drawing)).toBe(false);
  expect(needsElk({ ...drawing, frames: [{ id: 'f', nodes: ['a'], within: null }] })).toBe(true);
  expect(needsElk({ ...drawing, nodes: [{ ...node, block: true }] })).toBe(true);
  expect(needsElk({ ...drawing, nodes: [{ ...node, ports: [0, 1, 2].map(port) }] })).toBe(false);
  expect(needsElk({ ...drawing, nodes: [{ ...node, ports: [0, 1, 2, 3, 4].map(port) }] })).toBe(true);
});
