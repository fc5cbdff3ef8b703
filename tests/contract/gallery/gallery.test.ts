import { describe, expect, it } from 'vitest';
import { compile } from '@/lib/compile/compile';
import { gallery } from '@/lib/gallery/gallery.generated';
import type { Document } from '@/lib/graph/document';
import { parseDocument } from '@/lib/graph/parse-document';
import { kinds } from '@/lib/nodes/kinds.generated';
import { cards } from '@/tests/helpers/cards';

it('has the first entries', () => {
  expect(Object.keys(gallery)).toEqual(
    expect.arrayContaining(['linear-vs-nonlinear', 'mnist-cnn', 'mnist-mlp', 'perceptron', 'will-i-pass']),
  );
});

const compiled = (document: Document, options: { preset?: string; set?: Document['presets'][string] } = {}) =>
  compile(document, { kinds, datasets: cards, ...options });

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

  it('has a place for every node, none on another', () => {
    const places = Object.entries(document.graph.nodes).map(([node]) => document.layout.main?.[node]);
    for (const [at, place] of places.entries()) {
      expect(place).toBeDefined();
      for (const other of places.slice(at + 1))
        if (place && other) expect(Math.abs(place.x - other.x) >= 200 || Math.abs(place.y - other.y) >= 100).toBe(true);
    }
  });

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
