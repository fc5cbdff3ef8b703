import { describe, expect, it } from 'vitest';
import { parseParams } from '@/lib/nodes/common/parse-params';
import { portsOf } from '@/lib/nodes/common/ports';
import { faceKinds } from '@/lib/nodes/face-kinds';
import type { Kind, PlainParams } from '@/lib/nodes/kind';
import type { Dim, Spec } from '@/lib/tensor/spec';

const NO_WORLD = { dataset: () => undefined, block: () => undefined };
const floats = (...shape: Dim[]): Spec => ({ shape, dtype: 'float32', meaning: 'features' });

function infer(id: string, x: Spec | Spec[], params: PlainParams = {}) {
  const { face, infer } = faceKinds[id] as Kind;
  return infer({ params: parseParams(face, params).params, inputs: { x: [x].flat() }, env: NO_WORLD });
}

const problem = (id: string, x: Spec | Spec[], params: PlainParams = {}) => infer(id, x, params).problems?.[0];

describe('kinds with a number of outputs', () => {
  it('have as many ports as there are parts', () => {
    const ids = (id: string, params: PlainParams) => {
      const { face } = faceKinds[id] as Kind;
      return portsOf(face, parseParams(face, params).params, NO_WORLD).outputs.map((port) => port.id);
    };
    expect(ids('split', {})).toEqual(['y', 'y2']);
    expect(ids('split', { by: 'sizes', sizes: [1, -1, 2] })).toEqual(['y', 'y2', 'y3']);
    expect(ids('unstack', { count: 4 })).toEqual(['y', 'y2', 'y3', 'y4']);
  });

  it('cut along an axis whose length is not known, as far as that can be said', () => {
    const { outputs } = infer('split', floats('batch', 'time', 3), { by: 'sizes', sizes: [2, -1], axis: 1 });
    expect(outputs.y?.shape).toEqual(['batch', 2, 3]);
    expect(outputs.y2?.shape).toEqual(['batch', null, 3]);
  });

  it('say which parts do not fit', () => {
    expect(problem('split', floats('batch', 5))).toMatchObject({ code: 'shape-mismatch', expected: 'a multiple of 2' });
    const sizes = { by: 'sizes', sizes: [2, 4] };
    expect(problem('split', floats('batch', 5), sizes)).toMatchObject({
      expected: '6 places',
      received: '5 places',
      remedies: [{ set: { sizes: [2, -1] } }],
    });
    expect(problem('split', floats('batch', 5), { by: 'sizes', sizes: [5, -1] })).toMatchObject({
      expected: 'more than 5 places',
    });
    expect(problem('unstack', floats('batch', 3))).toMatchObject({ remedies: [{ set: { count: 3 } }] });
    expect(problem('unstack', floats('batch', 40))?.remedies).toEqual([]);
  });
});

describe('kinds that work along an axis', () => {
  it('leave the batch alone', () => {
    for (const id of ['split', 'unstack', 'squeeze', 'pad', 'tile', 'slice', 'glu']) {
      const found = problem(id, floats('batch', 4), { axis: 0 });
      expect(found, id).toMatchObject({ code: 'param-range', param: 'axis', remedies: [{ set: { axis: -1 } }] });
    }
  });

  it('show no more in a mirror than there is', () => {
    const mirror = { before: 3, after: 1, mode: 'reflect' };
    expect(problem('pad', floats('batch', 3), mirror)).toMatchObject({
      param: 'before',
      remedies: [{ set: { before: 2, after: 1 } }],
    });
    expect(infer('pad', floats('batch', 3), { ...mirror, mode: 'symmetric' }).problems ?? []).toEqual([]);
  });

  it('pad whole numbers with whole numbers', () => {
    const tokens: Spec = { shape: ['batch', 3], dtype: 'int32', meaning: 'tokens', classes: 9 };
    expect(problem('pad', tokens, { value: 0.5 })).toMatchObject({ param: 'value' });
    expect(infer('pad', tokens, { value: 8 }).outputs.y).toMatchObject({ dtype: 'int32', classes: 9 });
    expect(infer('pad', tokens, { value: 9 }).outputs.y).not.toHaveProperty('classes');
  });

  it('repeat what has a symbol for its length', () => {
    expect(infer('tile', floats('batch', 'time', 2), { axis: 1, times: 3 }).outputs.y?.shape).toEqual([
      'batch',
      { of: 'time', times: 3 },
      2,
    ]);
  });
});

it('only axes of size 1 are dropped, gates need even sizes, and no more is ranked than there is', () => {
  expect(problem('squeeze', floats('batch', 4))).toMatchObject({ expected: 'an axis of size 1' });
  expect(problem('glu', floats('batch', 5))).toMatchObject({ expected: 'an even size' });
  expect(problem('top-values', floats('batch', 2))).toMatchObject({ remedies: [{ set: { k: 2 } }] });
  expect(problem('reduce', floats('batch', 2), { over: 'axis', axis: 3 })).toMatchObject({ param: 'axis' });
  expect(problem('einsum', [floats('batch', 2, 3), floats('batch', 2, 3)])).toMatchObject({
    code: 'shape-mismatch',
    port: 'x',
  });
});
