import { readFileSync, statSync } from 'node:fs';
import { gallery } from '@/lib/gallery/gallery.generated';
import type { GalleryEntry } from '@/lib/gallery/gallery-entry';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Document } from '@/lib/graph/document';
import { LIMITS, parseDocumentText } from '@/lib/graph/parse-document';
import { InputError } from './exit-code';
import { userPath } from './user-path';

const entries: Record<string, GalleryEntry> = gallery;

const PREFIX = 'gallery:';

/** The document that `gallery:<id>` or a file names. Throws `InputError` where there is none; a bad one gives diagnostics. */
export function readSource(source: string): { document?: Document; diagnostics: Diagnostic[] } {
  if (source.startsWith(PREFIX)) {
    const id = source.slice(PREFIX.length);
    const entry = Object.hasOwn(entries, id) ? entries[id] : undefined;
    if (entry) return { document: entry.document, diagnostics: [] };
    throw new InputError(`There is no gallery entry “${id}”. There are: ${Object.keys(entries).join(', ')}.`);
  }
  return parseDocumentText(readText(userPath(source)));
}

function readText(file: string): string {
  try {
    // A bigger one is refused by its size alone; a UTF-8 character has at most four bytes.
    if (statSync(file).size > 4 * LIMITS.characters) throw new InputError(`${file} is too big to be a document.`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof InputError) throw error;
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : 'cannot be read';
    throw new InputError(`${file} ${reason}. Give the path of a document, or gallery:<id>.`);
  }
}
