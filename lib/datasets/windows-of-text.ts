import type { Columns } from './dataset';

/** Marks of print that stand for a plain one. */
const PLAIN: Record<string, string> = { '“': '"', '”': '"', '‘': "'", '’': "'", '—': '-', '–': '-', æ: 'ae', œ: 'oe' };

/** Small letters without accents, plain marks, single spaces; whatever the alphabet does not know is left out. */
export function plainText(text: string, alphabet: string): string {
  const known = new Set(alphabet);
  const small = text.toLowerCase().replace(/[“”‘’—–æœ]/g, (mark) => PLAIN[mark] ?? mark);
  const bare = small.normalize('NFD').replace(/\s+/g, ' ');
  return [...bare]
    .filter((character) => known.has(character))
    .join('')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** Rows of `length` characters as numbers of the alphabet, and for each the character that follows it. */
export function windowsOfText(text: string, alphabet: string, length: number): Columns {
  const codes = Int32Array.from(text, (character) => alphabet.indexOf(character));
  const rows = Math.floor((codes.length - 1) / length);
  const shape = [rows, length];
  return {
    text: { data: codes.slice(0, rows * length), shape },
    next: { data: codes.slice(1, rows * length + 1), shape },
  };
}
