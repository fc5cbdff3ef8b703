import { describe, expect, it } from 'vitest';
import type { AssetCard } from '@/lib/compile/asset-card';
import { checkProgram } from '@/lib/compile/check-program';
import { apply } from '@/lib/graph/apply';
import type { Document } from '@/lib/graph/document';
import { buildDocument, mnistCnn } from '@/tests/helpers/build-document';
import { compiled, context, programOf } from '@/tests/helpers/compile-context';
import { gan } from '@/tests/helpers/example-documents';

const card = (tensors: Record<string, number[]>): AssetCard => ({
  id: 'file',
  title: 'file.safetensors',
  tensors: Object.fromEntries(Object.entries(tensors).map(([name, shape]) => [name, { shape, dtype: 'float32' }])),
});

const startOf = (document: Document, node: string, scope?: string): Document => {
  Object.assign(document.graph.nodes[node] ?? {}, { start: { asset: 'file', ...(scope && { scope }) } });
  return document;
};

const inits = (document: Document, asset: AssetCard) =>
  Object.fromEntries(
    programOf(document, { assets: { file: asset } }).variables.flatMap(({ id, init }) =>
      init.by === 'asset' ? [[id, init.tensor]] : [],
    ),
  );

const mismatches = (document: Document, asset: AssetCard) =>
  compiled(document, { assets: { file: asset } }).diagnostics.filter(({ code }) => code === 'asset-mismatch');

const CONV1 = { 'conv1/kernel': [3, 3, 1, 32], 'conv1/bias': [32] };

describe('a node that starts from a file', () => {
  it('takes its variables by name', () => {
    const document = startOf(mnistCnn(), 'conv1');
    expect(inits(document, card({ ...CONV1, other: [1] }))).toEqual({
      'conv1#kernel': 'conv1/kernel',
      'conv1#bias': 'conv1/bias',
    });
    const program = programOf(document, { assets: { file: card(CONV1) } });
    expect(checkProgram(program, context.kinds)).toEqual([]);
  });

  it('is told what was expected and what is there, and where else in the file it would fit', () => {
    const document = startOf(mnistCnn(), 'conv1');
    const elsewhere = card({
      'conv1/kernel': [5, 5, 1, 32],
      'old/first/kernel': [3, 3, 1, 32],
      'old/first/bias': [32],
    });
    const [found] = mismatches(document, elsewhere);
    expect(found).toMatchObject({
      severity: 'error',
      at: { node: 'conv1' },
      expected: 'conv1/kernel: 3×3×1×32',
      received: '5×5×1×32',
      fix: { title: 'Take the weights of old/first' },
      alternatives: [{ title: 'Start conv1 from random weights' }],
    });
    const applied = apply(document, found?.fix?.command ?? { do: 'batch', title: '', commands: [] });
    if ('diagnostic' in applied) throw new Error(applied.diagnostic.message);
    expect(inits(applied.document, elsewhere)).toEqual({
      'conv1#kernel': 'old/first/kernel',
      'conv1#bias': 'old/first/bias',
    });
  });

  it('takes the part that fits, and warns of the rest', () => {
    const document = startOf(mnistCnn(), 'conv1');
    const part = card({ 'conv1/kernel': [3, 3, 1, 32], 'conv1/bias': [64] });
    expect(mismatches(document, part)).toMatchObject([
      {
        severity: 'warning',
        expected: 'conv1/bias: 32',
        received: '64',
        message: expect.stringContaining('only 1 of 2'),
      },
    ]);
    expect(inits(document, part)).toEqual({ 'conv1#kernel': 'conv1/kernel' });
  });

  it('does not take whole numbers for weights', () => {
    const whole = card({ ...CONV1 });
    for (const tensor of Object.values(whole.tensors)) tensor.dtype = 'int32';
    const [found] = mismatches(startOf(mnistCnn(), 'conv1'), whole);
    expect(found).toMatchObject({ severity: 'error', received: '3×3×1×32 int32' });
  });
});

describe('an instance that starts from a file', () => {
  const generator = (scope: string) => ({
    [`${scope}/h/kernel`]: [2, 16],
    [`${scope}/h/bias`]: [16],
    [`${scope}/bn/gamma`]: [16],
    [`${scope}/bn/beta`]: [16],
    [`${scope}/bn/moving_mean`]: [16],
    [`${scope}/bn/moving_variance`]: [16],
    [`${scope}/o/kernel`]: [16, 2],
    [`${scope}/o/bias`]: [2],
  });

  it('takes all that is inside, moving statistics too, under its name or the scope that it says', () => {
    for (const [document, scope] of [
      [startOf(gan(), 'G'), 'G'],
      [startOf(gan(), 'G', 'a/generator'), 'a/generator'],
    ] as const) {
      const taken = inits(document, card(generator(scope)));
      expect(Object.keys(taken)).toHaveLength(8);
      expect(taken).toMatchObject({ 'G/h#kernel': `${scope}/h/kernel`, 'G/bn#moving_mean': `${scope}/bn/moving_mean` });
    }
  });

  it('finds its part under another name', () => {
    expect(mismatches(startOf(gan(), 'G'), card(generator('net/gen')))).toMatchObject([
      { at: { node: 'G' }, received: 'nothing of that name', fix: { title: 'Take the weights of net/gen' } },
    ]);
  });

  it('gives each of its copies its own part', () => {
    const port = (id: string) => [{ id, name: id, type: 'tensor' as const }];
    const document = startOf(
      buildDocument({
        blocks: {
          layer: {
            nodes: { d: ['dense', { units: 4 }] },
            wires: [
              ['$in.x', 'd'],
              ['d', '$out.y'],
            ],
            inputs: port('x'),
            outputs: port('y'),
          },
        },
        nodes: {
          data: ['dataset', { dataset: 'iris' }],
          stack: ['instance', { block: 'layer', copies: 2 }],
          out: ['output'],
        },
        wires: [
          ['data.features', 'stack.x'],
          ['stack.y', 'out'],
        ],
      }),
      'stack',
    );
    const file = card({
      'stack[0]/d/kernel': [4, 4],
      'stack[0]/d/bias': [4],
      'stack[1]/d/kernel': [4, 4],
      'stack[1]/d/bias': [4],
    });
    expect(mismatches(document, file)).toEqual([]);
    expect(inits(document, file)).toMatchObject({ 'stack[1]/d#kernel': 'stack[1]/d/kernel' });
  });
});
