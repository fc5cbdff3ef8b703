import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';

type Loader = (this: { getOptions(): { query: string }; resourcePath: string }, source: string) => string;

const importWithQuery: Loader = createRequire(import.meta.url)('../../../app/_build/import-with-query.cjs');

const load = (path: string, query: string): string =>
  importWithQuery.call({ getOptions: () => ({ query }), resourcePath: path }, readFileSync(path, 'utf8'));

const exported = (text: string): string[] =>
  [...text.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name = '']) => name);

test('of a kind’s file a query leaves the part that it names, and the face', () => {
  const path = 'lib/nodes/core/dense.node.ts';
  expect(exported(load(path, '?face'))).toEqual(['face']);
  expect(exported(load(path, '?infer'))).toEqual(['face', 'infer']);
  expect(load(path, '?infer')).toContain("from '../common/activations?infer';");
});

test('what lies beside kinds stays as it is, but for what it imports', () => {
  const path = 'lib/nodes/common/activations.ts';
  expect(load(path, '?face')).toBe(
    readFileSync(path, 'utf8').replaceAll(/(from '\.{1,2}\/[^']+)';/g, (_, from) => `${from}?face';`),
  );
});
