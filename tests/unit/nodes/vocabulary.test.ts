import { describe, expect, it } from 'vitest';
import { countWords, encodeTexts, makeVocabulary, namesOf, readTokens } from '@/lib/nodes/common/vocabulary';

const TEXTS = ['A red disc, above a blue square!', 'a red DISC', 'the déjà-vu disc'];

/** As the engine does it: each text is a batch, what they count is strung together. */
const learn = (unit: 'words' | 'characters', size: number, hasEnd = true) =>
  makeVocabulary(
    TEXTS.flatMap((text) => [...countWords([text], unit).data]),
    size,
    unit,
    hasEnd,
  );

describe('a vocabulary', () => {
  it('keeps the most frequent words, in small letters and without marks', () => {
    const table = learn('words', 9);
    expect(table.shape).toEqual([9, 24]);
    expect(namesOf(table)).toEqual(['', '?', '', 'a', 'disc', 'red', 'above', 'blue', 'déjàvu']);
  });

  it('is the same however the texts are cut into batches', () => {
    const whole = makeVocabulary(countWords(TEXTS, 'words').data, 9, 'words', true);
    expect(learn('words', 9)).toEqual(whole);
  });

  it('turns texts into rows of tokens that can be read again', () => {
    const table = learn('words', 7);
    const tokens = encodeTexts(['a red disc', 'A purple disc above', 'a a a a a a'], table, 5, true);
    expect([...tokens]).toEqual([3, 5, 4, 2, 0, 3, 1, 4, 6, 2, 3, 3, 3, 3, 3]);
    expect(readTokens(tokens.subarray(0, 5), namesOf(table), ' ')).toBe('a red disc');
    expect(readTokens(tokens.subarray(5, 10), namesOf(table), ' ')).toBe('a ? disc above');
  });

  it('can do without an end, and with characters', () => {
    const table = learn('characters', 30, false);
    expect(table.shape).toEqual([30, 1]);
    const names = namesOf(table);
    expect(names.slice(0, 3)).toEqual(['', '?', ' ']);
    const tokens = encodeTexts(['the Xisc'], table, 10, false);
    expect(readTokens(tokens, names, '')).toBe('the ?isc');
    expect([...tokens.subarray(8)]).toEqual([0, 0]);
  });

  it('cuts what is longer than a row of letters, in the vocabulary and in texts alike', () => {
    const long = 'donaudampfschifffahrtsgesellschaft';
    const table = makeVocabulary(countWords([long], 'words').data, 4, 'words', true);
    expect(namesOf(table)[3]).toBe(long.slice(0, 24));
    expect([...encodeTexts([long], table, 2, true)]).toEqual([3, 2]);
  });
});
