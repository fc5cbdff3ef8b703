import { describe, expect, it } from 'vitest';
import { placesInBlock } from '@/app/_editor/model/ends-view';
import { wayInto } from '@/app/_editor/model/path-in';
import { share } from '@/app/_editor/model/share';
import { viewGraph } from '@/app/_editor/model/view-graph';
import { viewWires } from '@/app/_editor/model/view-wires';
import { compile } from '@/lib/compile/compile';
import { datasets } from '@/lib/datasets/datasets.generated';
import { gallery } from '@/lib/gallery/gallery.generated';
import type { Document } from '@/lib/graph/document';
import { faceKinds } from '@/lib/nodes/face-kinds';
import { faces } from '@/lib/nodes/faces.generated';

const cards = Object.fromEntries(Object.values(datasets).map(({ card }) => [card.id, card]));
const envOf = (document: Document) => ({
  dataset: (id: string) => cards[id],
  block: (id: string) => document.blocks[id],
});

function views(document: Document, before = {}) {
  const result = compile(document, { kinds: faceKinds, datasets: cards });
  return { result, nodes: viewGraph(document, 'main', faces, envOf(document), result, before) };
}

const cnn = () => structuredClone(gallery['mnist-cnn']?.document) as Document;
const byTitle = (document: Document, title: string) => {
  const found = Object.values(views(document).nodes).find((view) => view.title === title);
  if (!found) throw new Error(`no node ${title}`);
  return found;
};

describe('what a node card shows', () => {
  it.each(Object.keys(gallery))('lays out %s: widths in steps of 8, every wire between two ports', (id) => {
    const document = gallery[id]?.document as Document;
    const { nodes, result } = views(document);
    for (const view of Object.values(nodes)) {
      expect(view.width % 8).toBe(0);
      expect(view.width).toBeGreaterThanOrEqual(120);
      expect(view.width).toBeLessThanOrEqual(272);
      expect(new Set(view.ports.map((port) => port.side + port.handle)).size).toBe(view.ports.length);
    }
    const wires = viewWires(document, 'main', nodes, document.layout.main ?? {}, result.diagnostics, {});
    expect(Object.keys(wires)).toEqual(expect.arrayContaining(Object.keys(document.graph.edges)));
    for (const wire of Object.values(wires)) {
      const port = (node: string, side: string, handle: string) =>
        nodes[node]?.ports.some((candidate) => candidate.side === side && candidate.handle === handle);
      expect(port(wire.source, 'out', wire.sourceHandle)).toBe(true);
      expect(port(wire.target, 'in', wire.targetHandle)).toBe(true);
    }
  });

  it('says of each wire what it carries', () => {
    const document = cnn();
    const { nodes, result } = views(document);
    const wires = Object.values(viewWires(document, 'main', nodes, document.layout.main ?? {}, result.diagnostics, {}));
    const from = (title: string) => wires.find(({ source }) => nodes[source]?.title === title);
    expect(from('Flatten')).toMatchObject({ label: '3136', carries: 'batch×3136 float32' });
    expect(from('Cross-entropy')?.label).toBe('');
  });

  it('shows a number that was made an input, before anything drives it', () => {
    const document = cnn();
    Object.assign(document.graph.nodes.dropout ?? {}, { promoted: ['rate'] });
    const dropout = byTitle(document, 'Dropout');
    expect(dropout.rows).toContainEqual({ left: 'rate', right: '0.25', tone: 'number' });
    expect(dropout.ports.find(({ id }) => id === 'param:rate')?.place).toBe('row');
  });

  it('says what a bypassed node passes on, through others before it', () => {
    const document = cnn();
    for (const id of ['flatten', 'dropout']) Object.assign(document.graph.nodes[id] ?? {}, { bypassed: true });
    expect(byTitle(document, 'Flatten').footer?.left).toBe('passes 7×7×64');
    expect(byTitle(document, 'Dropout').footer?.left).toBe('passes 7×7×64');
  });

  it('names whose weights a node has, and what an optimizer updates', () => {
    const { nodes } = views(gallery['gan-2d']?.document as Document);
    const named = (name: string) => Object.values(nodes).find((view) => view.fullName === name);
    expect(named('D-real')).toMatchObject({ shares: false, footer: { right: '17,025' } });
    expect(named('D-made')).toMatchObject({ shares: true, footer: { right: 'shared' } });
    expect(named('D-made')?.rows).toContainEqual({ left: 'same weights as', right: 'D-real', tone: 'label' });
    expect(named('adam-D')?.rows).toContainEqual({ left: 'updates', right: 'Discriminator', tone: 'label' });
  });

  it.each(Object.keys(gallery))('lays out the blocks of %s, with their inputs and outputs as ends', (id) => {
    const document = gallery[id]?.document as Document;
    const result = compile(document, { kinds: faceKinds, datasets: cards });
    for (const block of Object.keys(document.blocks)) {
      const way = wayInto(document, block);
      const nodes = viewGraph(document, block, faces, envOf(document), result, {}, way);
      const places = placesInBlock(
        document.blocks[block]?.graph ?? { nodes: {}, edges: {} },
        document.layout[block] ?? {},
        nodes,
      );
      const wires = viewWires(document, block, nodes, places, result.diagnostics, {});
      expect(Object.keys(wires).sort()).toEqual(Object.keys(document.blocks[block]?.graph.edges ?? {}).sort());
      for (const wire of Object.values(wires)) expect(wire.type === 'weights' || wire.route !== null).toBe(true);
      const [first] = nodes.$in?.ports ?? [];
      expect(first?.spec?.shape).toBeTruthy();
    }
  });

  it('puts main input and output on the middle of the header', () => {
    const conv = byTitle(cnn(), 'Conv 2D');
    expect(conv.ports.filter((port) => port.place === 'header').map(({ side, x, y }) => [side, x, y])).toEqual([
      ['in', 0, 16],
      ['out', conv.width, 16],
    ]);
    expect(conv.footer).toEqual({ left: '28×28×32', right: '320' });
    expect(conv.fields.map((field) => `${field.label} ${field.value}`)).toEqual([
      'filters 32',
      'kernel 3×3',
      'stride 1',
    ]);
  });

  it('gives each required input of a loss a row of 24', () => {
    const loss = byTitle(cnn(), 'Cross-entropy');
    const rows = loss.ports.filter((port) => port.place === 'row');
    expect(rows.map((port) => port.y)).toEqual([44, 68]);
    expect(loss.height).toBe(88);
  });

  it('numbers the steps of Training and leaves a place for another', () => {
    const training = byTitle(cnn(), 'Training');
    expect(training.rows[0]?.left).toBe('1  Adam');
    expect(training.ports.filter((port) => port.id === 'steps').map((port) => port.handle)).toEqual([
      'steps#0',
      'steps',
    ]);
  });

  it('keeps the identity of nodes that look the same after an edit elsewhere', () => {
    const document = cnn();
    const first = views(document);
    const edited = structuredClone(document);
    const dense = Object.entries(edited.graph.nodes).find(([, node]) => node.kind === 'dropout');
    if (!dense) throw new Error('no dropout');
    dense[1].params = { ...dense[1].params, rate: 0.5 };
    const second = viewGraph(edited, 'main', faces, envOf(edited), views(edited).result, first.nodes);
    const changed = Object.keys(second).filter((id) => second[id] !== first.nodes[id]);
    expect(changed).toEqual([dense[0]]);
  });

  it('keeps wires to ports that are not there any more', () => {
    const document = cnn();
    const result = compile(document, { kinds: faceKinds, datasets: {} });
    const env = { dataset: () => undefined, block: () => undefined };
    const nodes = viewGraph(document, 'main', faces, env, result, {});
    const data = Object.values(nodes).find((view) => view.kind === 'dataset');
    expect(data?.ports.map((port) => port.id)).toEqual(expect.arrayContaining(['image', 'label']));
  });
});

describe('sharing of equal parts', () => {
  it('keeps what did not change', () => {
    const before = { a: { x: 1 }, list: [1, { y: 2 }] };
    const next = share(before, { a: { x: 1 }, list: [1, { y: 3 }] });
    expect(next).toEqual({ a: { x: 1 }, list: [1, { y: 3 }] });
    expect(next.a).toBe(before.a);
    expect(share(before, structuredClone(before))).toBe(before);
  });
});
