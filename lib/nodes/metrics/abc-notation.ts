/**
 * Tunes in ABC, as a person would type them: a header of fields that begins with `X:` and ends with `K:`, then notes, rests,
 * chords, bars and what belongs to them (abcnotation.com/wiki/abc:standard:v2.1, sections 3 and 4).
 */

const LENGTH = String.raw`\d*(?:\/+\d*)?`;
const NOTE = String.raw`(?:\^\^|\^|__|_|=)?[A-Ga-g][,']*${LENGTH}`;
const DECORATION = '[~.HLMOPSTuv]';

/** What may stand in the music, tried in this order at each place. */
const MUSIC = [
  String.raw`[ \t\\]+`,
  // Inline fields, first and second endings, bars with repeats.
  String.raw`\[[A-Za-z]:[^\]\n]*\]`,
  String.raw`\[[1-9]`,
  String.raw`:*\|+\]?:*[1-9]?|\[\||::`,
  // Chord symbols and annotations, decorations, grace notes.
  '"[^"\\n]*"',
  '![^!\\n]+!',
  DECORATION,
  String.raw`\{\/?(?:${NOTE})+\}`,
  // Tuplets before slurs, then ties and broken rhythms.
  String.raw`\([2-9](?::\d?){0,2}`,
  '[()-]',
  '<{1,3}|>{1,3}',
  NOTE,
  `[zxZX]${LENGTH}`,
  String.raw`\[(?:${DECORATION}|${NOTE}|-)+\]${LENGTH}`,
].map((pattern) => `(?:${pattern})`);

const PIECE = new RegExp(MUSIC.join('|'), 'y');
const FIELD = /^[A-Za-z]:/;
const SOUND = /[A-Ga-g]/;

/** Whether a text is one whole tune. */
export function isTune(text: string): boolean {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.replace(/%.*$/, '').trimEnd())
    .filter((line) => line !== '');
  const key = lines.findIndex((line) => line.startsWith('K:'));
  const header = lines.slice(0, key + 1);
  if (key < 0 || !/^X:\s*\d+$/.test(header[0] ?? '') || !header.every((line) => FIELD.test(line))) return false;
  const music = lines.slice(key + 1).filter((line) => !FIELD.test(line));
  return music.some((line) => SOUND.test(line)) && music.every((line) => isMusic(line) && closesSlurs(line));
}

/** Piece by piece: one expression for a whole line could try the same letters in endlessly many ways. */
function isMusic(line: string): boolean {
  for (PIECE.lastIndex = 0; PIECE.lastIndex < line.length; ) if (!PIECE.test(line)) return false;
  return true;
}

/** Slurs may go on in the next line, but none may end that has not begun. */
function closesSlurs(line: string): boolean {
  const bare = line.replace(/"[^"]*"|![^!]+!|\[[A-Za-z]:[^\]]*\]/g, '').replace(/\([2-9]/g, '');
  let open = 0;
  for (const letter of bare) {
    if (letter === '(') open++;
    if (letter === ')' && --open < 0) return false;
  }
  return true;
}
