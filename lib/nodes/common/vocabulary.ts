import type { HostTensor } from '../kind';

/**
 * Text as tokens: 0 fills up, 1 is what the vocabulary does not hold, 2 ends a text where texts have an end; then come the
 * words, the most frequent first. A vocabulary is a table `[size, letters]` of code points, one word a row, filled up with
 * zeros; the rows of the tokens that are no words are zero. With one letter a row, the words are characters.
 */
export const PADDING = 0;
export const UNKNOWN = 1;
export const END = 2;

/** Longer words are cut off. */
export const LETTERS = 24;

export type Unit = 'words' | 'characters';

export const lettersOf = (unit: Unit): number => (unit === 'characters' ? 1 : LETTERS);

/** How many tokens are no words. */
export const reserved = (hasEnd: boolean): number => (hasEnd ? END : UNKNOWN) + 1;

/** Words in small letters without marks, as Keras' TextVectorization has them; or characters as they are. */
export function splitText(text: string, unit: Unit): string[] {
  if (unit === 'characters') return [...text];
  const bare = text.toLowerCase().replace(/[\p{P}\p{S}]/gu, '');
  return bare
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => [...word].slice(0, LETTERS).join(''));
}

const spell = (word: string): number[] => Array.from(word, (letter) => letter.codePointAt(0) ?? 0);

const isWord = (letters: ArrayLike<number>): boolean => (letters[0] ?? 0) > 0;

/** The row of a table as a word; empty where there is none. */
const readWord = (letters: ArrayLike<number>): string =>
  String.fromCodePoint(...Array.from(letters).filter((letter) => letter > 0));

const rowOf = ({ data, shape }: HostTensor, row: number): ArrayLike<number> =>
  data.subarray(row * (shape[1] ?? 0), (row + 1) * (shape[1] ?? 0));

/** Words of some texts and how often each comes, as rows of letters and a count: `[words, letters + 1]`. */
export function countWords(texts: readonly string[], unit: Unit): HostTensor {
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of splitText(text, unit)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const width = lettersOf(unit) + 1;
  const data = new Float32Array(counts.size * width);
  [...counts].forEach(([word, count], row) => {
    data.set(spell(word), row * width);
    data[(row + 1) * width - 1] = count;
  });
  return { data, shape: [counts.size, width] };
}

/** The table of the `size` most frequent tokens from counts strung together; among equals, in the order of letters. */
export function makeVocabulary(counts: ArrayLike<number>, size: number, unit: Unit, hasEnd: boolean): HostTensor {
  const letters = lettersOf(unit);
  const totals = new Map<string, number>();
  for (let at = 0; at < counts.length; at += letters + 1) {
    const word = readWord(Array.from({ length: letters }, (_, i) => counts[at + i] ?? 0));
    totals.set(word, (totals.get(word) ?? 0) + (counts[at + letters] ?? 0));
  }
  const first = reserved(hasEnd);
  const words = [...totals].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, size - first);
  const data = new Int32Array(size * letters);
  words.forEach(([word], at) => {
    data.set(spell(word), (first + at) * letters);
  });
  return { data, shape: [size, letters] };
}

/** What each token stands for; empty for what fills up or ends a text. */
export const namesOf = (table: HostTensor): string[] =>
  Array.from({ length: table.shape[0] ?? 0 }, (_, token) => (token === UNKNOWN ? '?' : readWord(rowOf(table, token))));

/** Texts as rows of `length` tokens; what is longer is cut off. */
export function encodeTexts(texts: readonly string[], table: HostTensor, length: number, hasEnd: boolean): Int32Array {
  const unit: Unit = table.shape[1] === 1 ? 'characters' : 'words';
  const tokens = new Map<string, number>();
  for (let token = table.shape[0] ?? 0; token-- > 0; ) {
    const letters = rowOf(table, token);
    if (isWord(letters)) tokens.set(readWord(letters), token);
  }
  const data = new Int32Array(texts.length * length).fill(PADDING);
  texts.forEach((text, row) => {
    const found = splitText(text, unit).map((word) => tokens.get(word) ?? UNKNOWN);
    if (hasEnd) found.push(END);
    data.set(found.slice(0, length), row * length);
  });
  return data;
}

/** A row of tokens as text, up to the first token that fills up or ends it. */
export function readTokens(tokens: ArrayLike<number>, names: readonly string[], between: string): string {
  const said: string[] = [];
  for (const token of Array.from(tokens)) {
    const name = names[token] ?? String(token);
    if (name === '') break;
    said.push(name);
  }
  return said.join(between);
}
