import { expect, it } from 'vitest';
import { followingField } from '@/app/_editor/model/following-field';
import { formatParam } from '@/app/_editor/model/format';
import { type Document, emptyDocument } from '@/lib/graph/document';
import { faces } from '@/lib/nodes/faces.generated';

const dense = (activation: string | { '=': string }) => ({
  kind: 'dense',
  version: 1,
  name: 'dense',
  params: { units: { '=': 'width' }, activation },
});

it('finds the field that a parameter of the document sets, and what its choices are called', () => {
  const document = emptyDocument('x');
  document.params = { act: { title: 'Activation', default: 'relu' }, width: { title: 'Width', default: 8 } };
  document.graph.nodes = { a: dense('tanh'), b: dense({ '=': ' act' }) };
  const field = followingField(document, 'main', 'act', faces);
  expect(field && ['relu', 'linear'].map((choice) => formatParam(field, choice))).toEqual(['ReLU', 'None']);
  expect(followingField(document, 'main', 'width', faces)).toBeNull();
});

it('looks into blocks that are given the parameter', () => {
  const document: Document = {
    ...emptyDocument('x'),
    blocks: {
      inner: {
        title: 'Inner',
        graph: { nodes: { a: dense({ '=': 'shape' }) }, edges: {} },
        inputs: [],
        outputs: [],
        params: { shape: { title: 'Shape', default: 'relu' } },
      },
    },
  };
  document.graph.nodes = {
    use: { kind: 'instance', version: 1, name: 'use', params: { block: 'inner', set: { shape: { '=': 'act' } } } },
  };
  expect(followingField(document, 'main', 'act', faces)).toBe(faces.dense?.fields.activation);
  expect(followingField(document, 'inner', 'shape', faces)).toBe(faces.dense?.fields.activation);
  expect(followingField(document, 'main', 'shape', faces)).toBeNull();
});
