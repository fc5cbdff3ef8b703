import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DatasetCard } from '@/lib/datasets/card';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { uploadFile } from './open-dataset';
import { writePacked } from './packed-dataset';
import { readUploadedImages } from './upload-images';
import { counted, refused, UPLOAD_LIMITS, type UploadLimits } from './upload-result';
import { readUploadedTable } from './upload-table';
import { TooLarge, withinLimit } from './within-limit';

export interface Upload {
  /** Lower-case letters, digits and dashes; the data set is then `upload:<id>`. */
  id: string;
  /** As the browser gave it: shown to people, never used as a path. */
  filename: string;
  body: AsyncIterable<Uint8Array>;
  /** Where packed data sets are kept. */
  folder: string;
  title?: string;
  /** Column to predict, for tables. */
  target?: string;
  ignore?: string[];
  /** Height and width, for pictures. */
  size?: [number, number];
  limits?: UploadLimits;
}

export type UploadOutcome =
  | { card: DatasetCard; file: string; bytes: number; notes: Diagnostic[] }
  | { diagnostics: Diagnostic[] };

/**
 * Takes in a table (CSV, TSV) or a ZIP of class folders with pictures: the body goes to disk, is read within limits and
 * is kept as one packed file. Nothing is left behind where it is refused.
 */
export async function uploadDataset(upload: Upload): Promise<UploadOutcome> {
  const limits = upload.limits ?? UPLOAD_LIMITS;
  const id = `upload:${upload.id}`;
  const file = uploadFile(upload.folder, id);
  if (!file) throw new Error(`${upload.id} is no upload id`);
  await mkdir(upload.folder, { recursive: true });
  const raw = path.join(upload.folder, `${upload.id}.${randomBytes(4).toString('hex')}.raw`);
  try {
    await pipeline(Readable.from(withinLimit(upload.body, limits.fileBytes)), createWriteStream(raw));
    const filename = (upload.filename.split(/[\\/]/).at(-1) ?? '').slice(0, 200) || 'upload';
    const title = upload.title ?? (filename.replace(/\.[^.]+$/, '') || filename);
    const common = { id, title, filename, limits };
    const form = await formOf(raw);
    if (form === 'other')
      return refused('This kind of file is not read. A CSV table or a ZIP of folders with pictures was expected.', {
        received: filename,
      });
    const result =
      form === 'zip'
        ? await readUploadedImages(raw, { ...common, ...(upload.size ? { size: upload.size } : {}) })
        : await readUploadedTable(raw, {
            ...common,
            ...(upload.target === undefined ? {} : { target: upload.target }),
            ...(upload.ignore ? { ignore: upload.ignore } : {}),
          });
    if ('diagnostics' in result) return result;
    await writePacked(file, result.dataset);
    return { card: result.dataset.card, file, bytes: (await stat(file)).size, notes: result.notes };
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    return refused(
      `The file is larger than ${counted(limits.fileBytes / 2 ** 20)} MB, which is the limit. Upload a part of it.`,
      {
        code: 'limit',
      },
    );
  } finally {
    await rm(raw, { force: true });
  }
}

/** By its first bytes, not by its name: ZIP archives start with `PK`; known binary formats are refused; the rest is text. */
async function formOf(file: string): Promise<'zip' | 'table' | 'other'> {
  const handle = await open(file, 'r');
  try {
    const { buffer } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    const start = buffer.toString('latin1');
    if (start.startsWith('PK')) return 'zip';
    const known = [
      '\x89PNG',
      '\xff\xd8\xff',
      'GIF8',
      '%PDF',
      '\x1f\x8b',
      'Rar!',
      '7z\xbc\xaf',
      '\x89HDF',
      '\xd0\xcf\x11\xe0',
    ];
    return known.some((magic) => start.startsWith(magic)) ? 'other' : 'table';
  } finally {
    await handle.close();
  }
}
