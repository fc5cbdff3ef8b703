import { expect, test } from 'vitest';
import { type Document, emptyDocument } from '@/lib/graph/document';
import { variantDocument } from '@/lib/graph/variant-document';

test('a variant is a document of its own: its settings win, its results stay', () => {
  const linear = { id: 'linear', title: 'Linear', set: { activation: 'linear' } };
  const relu = { id: 'relu', title: 'With ReLU', set: { activation: 'relu' } };
  const document: Document = {
    ...emptyDocument('x'),
    params: { activation: { title: 'Activation', default: 'relu' }, epochs: { title: 'Epochs', default: 9 } },
    presets: { quick: { epochs: 3, activation: 'tanh' } },
    variants: [linear, relu],
    expected: [
      { metric: 'test.accuracy', variant: 'linear', op: '<=', value: 0.8 },
      { metric: 'test.accuracy', variant: 'relu', op: '>=', value: 0.98 },
      { metric: 'val.loss', variant: 'linear', op: '>', than: { metric: 'val.loss', variant: 'relu' } },
      { metric: 'val.loss', op: '<', than: { metric: 'val.loss', variant: 'linear', over: 'first' } },
    ],
  };
  const made = variantDocument(document, linear);
  expect(made.variants).toEqual([]);
  expect(made.params.activation?.default).toBe('linear');
  expect(made.presets).toEqual({ quick: { epochs: 3 } });
  expect(made.expected).toEqual([
    { metric: 'test.accuracy', op: '<=', value: 0.8 },
    { metric: 'val.loss', op: '<', than: { metric: 'val.loss', over: 'first' } },
  ]);
  expect(document.params.activation?.default).toBe('relu');
});
