import { describe, expect, it } from 'vitest';
import type { DatasetCard } from '@/lib/datasets/card';
import { kinds } from '@/lib/nodes/kinds.generated';
import { isTune } from '@/lib/nodes/metrics/abc-notation';

const HEADER = 'X:1\nT:Made up\nM:6/8\nL:1/8\nK:Dmaj\n';

describe('a tune in ABC', () => {
  it.each([
    ['notes, bars and repeats', '|:d2A FAd|f2d A3:|\n|:"A7"c2e gec|[1 d3 D3:|[2 d3- d3|]'],
    ['accidentals, octaves, lengths and rests', "^f/2 _B3/2 =c' D, z2 x/ Z4|"],
    ['chords, grace notes, tuplets and ties', '[DFA]2 {g}f (3abc d-d|'],
    ['decorations, slurs and broken rhythm', '~a .b !trill!c (d>e f<g)||'],
    ['fields, comments and lyrics among the music', 'abc|[K:G] d2e|% the end\nP:B\nw:la la la\nded|'],
  ])('may have %s', (_, music) => {
    expect(isTune(HEADER + music)).toBe(true);
  });

  it.each([
    ['letters that are no notes', 'hij|'],
    ['a chord that never ends', '[DFA |'],
    ['an annotation that never ends', '"Am abc|'],
    ['a slur that ends before it begins', 'a)b(c|'],
    ['no notes at all', 'z4|z4|'],
    ['nothing', ''],
  ])('has not %s', (_, music) => {
    expect(isTune(HEADER + music)).toBe(false);
  });

  it('has a header from X to K', () => {
    expect(isTune('M:6/8\nK:D\nabc|')).toBe(false);
    expect(isTune('X:1\nT:No key\nabc|')).toBe(false);
    expect(isTune('X:one\nK:D\nabc|')).toBe(false);
    expect(isTune('X:1\nwhat is this\nK:D\nabc|')).toBe(false);
  });
});

it('valid ABC is the share of rows that are tunes, in the characters of the data set', () => {
  const kind = kinds['abc-valid'];
  if (kind?.run?.as !== 'fold') throw new Error('no fold');
  const alphabet = [...'X:1\nK:Dab|h'];
  const names = [...new Set(alphabet)];
  const texts = ['X:1\nK:D\nabb|', 'X:1\nK:D\nahb|', 'X:1\nK:D\n|ab|', 'K:D\nabababab'];
  const spec = { shape: ['batch', 12], dtype: 'int32', meaning: 'tokens', classes: names.length } as const;
  const field = { title: 'Characters', spec: { ...spec, shape: ['batch', 12] }, classes: names, stored: 'int32' };
  const tokens = texts.flatMap((text) => [...text].map((letter) => names.indexOf(letter)));
  expect(tokens.every((token) => token >= 0)).toBe(true);
  const card = { fields: { text: field } } as unknown as DatasetCard;
  const result = kind.run.fold.result(
    { tokens: Float64Array.from(tokens) },
    {},
    { tokens: [{ ...spec, shape: ['batch', 12] }] },
    card,
  );
  expect(result).toBe(0.5);
});
