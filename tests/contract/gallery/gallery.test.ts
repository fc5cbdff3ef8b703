import { describe, expect, it } from 'vitest';
import { placesInBlock } from '@/app/_editor/model/ends-view';
import { wayInto } from '@/app/_editor/model/path-in';
import { viewGraph } from '@/app/_editor/model/view-graph';
import { required } from '@/lib/base/invariant';
import { compile } from '@/lib/compile/compile';
import { gallery } from '@/lib/gallery/gallery.generated';
import type { Document } from '@/lib/graph/document';
import { parseDocument } from '@/lib/graph/parse-document';
import { faceKinds } from '@/lib/nodes/face-kinds';
import { faces } from '@/lib/nodes/faces.generated';
import { kinds } from '@/lib/nodes/kinds.generated';
import { cards } from '@/tests/helpers/cards';

it('has the first entries', () => {
  expect(Object.keys(gallery)).toEqual(
    expect.arrayContaining(['linear-vs-nonlinear', 'mnist-cnn', 'mnist-mlp', 'perceptron', 'will-i-pass']),
  );
});

const compiled = (document: Document, options: { preset?: string; set?: Document['presets'][string] } = {}) =>
  compile(document, { kinds, datasets: cards, ...options });

/** Pixels; less looks like one node. */
const GAP = 16;

/** The nodes of a graph where they stand, with the sizes that the editor gives them. */
function drawnBoxes(document: Document, graph: string) {
  const result = compile(document, { kinds: faceKinds, datasets: cards });
  const env = { dataset: (dataset: string) => cards[dataset], block: (block: string) => document.blocks[block] };
  const way = graph === 'main' ? [] : wayInto(document, graph);
  const views = viewGraph(document, graph, faces, env, result, {}, way);
  const block = document.blocks[graph];
  const layout = document.layout[graph] ?? {};
  const places = block ? placesInBlock(block.graph, layout, views) : layout;
  return Object.values(views).map(({ id, width, height }) => ({ id, width, height, ...required(places[id], id) }));
}

type Box = ReturnType<typeof drawnBoxes>[number];

/** The wider of the two gaps, across and down; negative where the boxes overlap. */
function gapBetween(a: Box, b: Box): number {
  const across = Math.max(a.x, b.x) - Math.min(a.x + a.width, b.x + b.width);
  const down = Math.max(a.y, b.y) - Math.min(a.y + a.height, b.y + b.height);
  return Math.max(across, down);
}

describe.each(Object.entries(gallery))('%s', (id, entry) => {
  const { document } = entry;

  it('is a whole entry', () => {
    expect(entry.id).toBe(id);
    expect(entry.title).toBe(document.title);
    expect(entry.summary.length).toBeGreaterThan(5);
    expect(entry.summary.length).toBeLessThan(50);
    expect(entry.minutes).toBeGreaterThan(0);
    expect(entry.lesson.length).toBeGreaterThan(2);
    expect(document.expected.length).toBeGreaterThan(0);
  });

  it('is a document that survives JSON', () => {
    const parsed = parseDocument(JSON.parse(JSON.stringify(document)));
    expect(parsed.diagnostics).toEqual([]);
    expect(parsed.document).toEqual(document);
  });

  it('speaks of nodes that exist', () => {
    for (const step of entry.lesson)
      for (const node of step.nodes ?? []) expect(Object.keys(document.graph.nodes)).toContain(node);
  });

  it('has a place for every node', () => {
    expect(Object.keys(document.layout.main ?? {}).sort()).toEqual(Object.keys(document.graph.nodes).sort());
    for (const [block, { graph }] of Object.entries(document.blocks))
      expect(Object.keys(document.layout[block] ?? {}).sort()).toEqual(Object.keys(graph.nodes).sort());
  });

  it.each(['main', ...Object.keys(document.blocks)])(
    'leaves a gap between the nodes of %s, as the editor draws them',
    (graph) => {
      const boxes = drawnBoxes(document, graph);
      expect(boxes.length).toBeGreaterThan(1);
      const close = boxes.flatMap((box, at) =>
        boxes.slice(at + 1).flatMap((other) => (gapBetween(box, other) < GAP ? [`${box.id} and ${other.id}`] : [])),
      );
      expect(close).toEqual([]);
    },
  );

  const settings = [{}, ...Object.keys(document.presets).map((preset) => ({ preset }))];
  it.each(settings)('compiles without a word, with %o', (setting) => {
    const { program, diagnostics } = compiled(document, setting);
    // A note is no fault: a proposal of regions does run on the host.
    expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(program?.functions.length).toBeGreaterThan(0);
  });

  it('gives the same program whenever it is compiled', () => {
    const again = JSON.parse(JSON.stringify(document)) as Document;
    expect(compiled(again).program?.hash).toBe(compiled(document).program?.hash);
  });

  it.each(document.variants)('compiles as variant $id', ({ set }) => {
    expect(compiled(document, { set }).diagnostics).toEqual([]);
  });

  it('expects results of metrics, variants and presets that it has', () => {
    const { program } = compiled(document);
    const folds = (program?.folds ?? []).flatMap((fold) => ('metric' in fold.gives ? [fold.gives.metric] : []));
    const outputs = (program?.functions ?? []).map((fn) => fn.name);
    const known = [...folds.flatMap((key) => [`train.${key}`, `val.${key}`, `test.${key}`]), ...outputs];
    for (const { metric, variant, preset } of document.expected) {
      expect(known).toContain(metric);
      if (variant) expect(document.variants.map((one) => one.id)).toContain(variant);
      if (preset) expect(Object.keys(document.presets)).toContain(preset);
    }
  });
});

it('has the convolutional network of the specification', () => {
  const { totals } = compiled(gallery['mnist-cnn']?.document as Document);
  expect(totals.parameters).toBe(320 + 18_496 + 401_536 + 1_290);
});
