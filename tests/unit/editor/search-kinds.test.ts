import { describe, expect, it } from 'vitest';
import { kindOffers } from '@/app/_editor/search/offers';
import { match, searchKinds, tryOn } from '@/app/_editor/search/search-kinds';
import type { OpenWire } from '@/app/_editor/state/ui-store';
import { faceKinds } from '@/lib/nodes/face-kinds';
import { faces } from '@/lib/nodes/faces.generated';
import type { Face } from '@/lib/nodes/kind';
import type { Spec } from '@/lib/tensor/spec';

const env = { dataset: () => undefined, block: () => undefined };
const picture: Spec = { shape: ['batch', 7, 7, 64], dtype: 'float32', meaning: 'features' };
const wire = (spec: Spec, side: 'in' | 'out' = 'out'): OpenWire => ({
  node: 'n',
  port: 'y',
  side,
  type: 'tensor',
  spec,
});

const face = (id: string): Face => {
  const found = faces[id];
  if (!found) throw new Error(`no kind ${id}`);
  return found;
};
const offer = (id: string) => ({ key: id, face: face(id), params: {} });
const best = (query: string) =>
  searchKinds(kindOffers(faces), query, null, env, undefined, faceKinds).often[0]?.face.id;

describe('search for kinds', () => {
  it.each([
    ['dense', 'dense'],
    ['fc', 'dense'],
    ['linear', 'dense'],
    ['conv', 'conv-2d'],
    ['max', 'max-pool-2d'],
    ['relu', 'activation'],
  ])('finds %s', (query, id) => {
    const titles = searchKinds(kindOffers(faces), query, null, env, undefined, faceKinds).often.map(
      (hit) => hit.face.id,
    );
    expect(titles.slice(0, 3)).toContain(id);
  });

  it('puts the usual one first where several answer equally well', () => expect(best('conv')).toBe('conv-2d'));

  it('offers the parts of a first network where nothing is asked for', () => {
    const { often } = searchKinds(kindOffers(faces), '', null, env, undefined, faceKinds);
    expect(often.map((hit) => hit.face.id).slice(0, 2)).toEqual(['dataset', 'dense']);
    expect(often).toHaveLength(8);
  });

  it('prefers the exact title', () => expect(best('Adam')).toBe('adam'));

  it('finds nothing for nonsense', () => {
    expect(searchKinds(kindOffers(faces), 'qqqqzzz', null, env, undefined, faceKinds).often).toEqual([]);
    expect(match(face('dense'), 'qqqqzzz')).toBe(0);
  });

  it('says what a kind would make of the wire and what it costs', () => {
    expect(tryOn(offer('flatten'), wire(picture), env, faceKinds)).toMatchObject({ result: '3136', adds: 0 });
    expect(tryOn(offer('global-average-pool-2d'), wire(picture), env, faceKinds)).toMatchObject({
      result: '64',
      adds: 0,
    });
    expect(tryOn(offer('conv-2d'), wire(picture), env, faceKinds)).toMatchObject({
      result: '7×7×32',
      adds: 3 * 3 * 64 * 32 + 32,
    });
    expect(tryOn(offer('dense'), wire(picture), env, faceKinds)).toMatchObject({
      result: '7×7×32',
      remark: 'each position',
    });
  });

  it('leaves out what does not fit and counts it', () => {
    const row: Spec = { shape: ['batch', 128], dtype: 'float32', meaning: 'features' };
    expect(tryOn(offer('conv-2d'), wire(row), env, faceKinds)).toBeNull();
    expect(tryOn(offer('adam'), wire(row), env, faceKinds)).toBeNull();
    const { often, also, misfits } = searchKinds(kindOffers(faces), '', wire(row), env, face('dense'), faceKinds);
    expect([...often, ...also].map((hit) => hit.face.id)).not.toContain('conv-2d');
    expect(often.length + also.length + misfits).toBe(kindOffers(faces).length);
  });

  it('goes by ports alone while inference has not come', () => {
    const row: Spec = { shape: ['batch', 128], dtype: 'float32', meaning: 'features' };
    expect(tryOn(offer('conv-2d'), wire(row), env, undefined)).toMatchObject({ result: '', adds: null });
    expect(tryOn(offer('adam'), wire(row), env, undefined)).toBeNull();
  });

  it('puts first what usually follows', () => {
    const next = face('conv-2d').oftenNext ?? [];
    expect(
      searchKinds(kindOffers(faces), '', wire(picture), env, face('conv-2d'), faceKinds).often.map(
        (hit) => hit.face.id,
      ),
    ).toEqual(next);
  });

  it('looks for sources where the wire was pulled out of an input', () => {
    const ids = searchKinds(kindOffers(faces), '', wire(picture, 'in'), env, undefined, faceKinds).also.map(
      (hit) => hit.face.id,
    );
    expect(ids).toContain('dense');
    expect(ids).not.toContain('adam');
  });
});
