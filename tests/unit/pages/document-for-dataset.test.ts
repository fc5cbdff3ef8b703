import { describe, expect, it } from 'vitest';
import { documentForDataset, hasNetwork } from '@/app/_data/document-for-dataset';
import { compile } from '@/lib/compile/compile';
import type { DatasetCard } from '@/lib/datasets/card';
import { datasets } from '@/lib/datasets/datasets.generated';
import { featuresField, imageField, labelField } from '@/lib/datasets/fields';
import { parseDocument } from '@/lib/graph/parse-document';
import { faceKinds } from '@/lib/nodes/face-kinds';

const upload = (fields: DatasetCard['fields'], train = 400): DatasetCard => ({
  id: 'upload:u1',
  title: 'My data',
  summary: '',
  fields,
  counts: { train, validation: 50, test: 50 },
  licence: '',
  source: '',
});

const names = (count: number) => Array.from({ length: count }, (_, index) => `class ${index}`);

const cards: Record<string, DatasetCard> = {
  ...Object.fromEntries(
    Object.entries(datasets)
      // Texts are written on, not classified: the gallery has documents for them.
      .filter(([, { card }]) => !Object.values(card.fields).some(({ spec }) => spec.meaning === 'tokens'))
      .map(([id, { card }]) => [id, card]),
  ),
  'a table with three classes': upload({ features: featuresField(['a', 'b'], [0, 9]), label: labelField(names(3)) }),
  'a table with a number to predict': upload({
    features: featuresField(['a', 'b', 'c'], [0, 9]),
    target: { title: 'Price', spec: { shape: ['batch', 1], dtype: 'float32', meaning: 'features' }, stored: 'float32' },
  }),
  'tiny pictures': upload({ image: imageField(6, 5, 1), label: labelField(names(2)) }),
  'large colour pictures': upload({ image: imageField(256, 192, 3), label: labelField(names(7)) }, 90_000),
};

describe('a document for a data set', () => {
  it.each(Object.entries(cards))('compiles without a word for %s', (_, card) => {
    expect(hasNetwork(card)).toBe(true);
    const document = documentForDataset(card);
    if (!document) throw new Error('no document was made');
    expect(parseDocument(JSON.parse(JSON.stringify(document))).diagnostics).toEqual([]);
    for (const preset of [undefined, 'quick']) {
      const context = { kinds: faceKinds, datasets: { [card.id]: card }, ...(preset ? { preset } : {}) };
      const { program, diagnostics } = compile(document, context);
      expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
      expect(program?.functions.map(({ name }) => name)).toEqual(['answer']);
    }
  });

  it('ends in one score for each class', () => {
    const document = documentForDataset(cards['large colour pictures'] as DatasetCard);
    expect(document?.graph.nodes.scores?.params.units).toBe(7);
  });

  it('is not made where there is nothing to learn from', () => {
    const card = upload({ features: featuresField(['a', 'b'], [0, 9]) });
    expect(hasNetwork(card)).toBe(false);
    expect(documentForDataset(card)).toBeUndefined();
  });
});
