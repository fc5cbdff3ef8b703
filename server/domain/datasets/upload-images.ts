import sharp from 'sharp';
import type { DatasetCard } from '@/lib/datasets/card';
import { imageField, labelField } from '@/lib/datasets/fields';
import { splitRows } from '@/lib/datasets/split-rows';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { openZip, type ZipEntry, ZipError } from './read-zip';
import {
  counted,
  dataProblem,
  quoted,
  refused,
  UPLOAD_LIMITS,
  type UploadLimits,
  type UploadResult,
} from './upload-result';

export interface ImageOptions {
  /** Of the data set: `upload:<id>`. */
  id: string;
  title: string;
  filename: string;
  /** Height and width in pixels. Default: what all pictures have if that is at most 64, else 32 or 64. */
  size?: [number, number];
  limits?: UploadLimits;
}

const PICTURE = /\.(png|jpe?g|webp|gif|bmp|tiff?|avif)$/i;
const BATCH = 8;
const LARGEST_SIDE = 1024;

interface Picture {
  entry: ZipEntry;
  className: string;
  height: number;
  width: number;
  grey: boolean;
}

/** Reads a ZIP of class folders (`cats/1.jpg`, `dogs/7.png`): `image` (uint8) and `label`. Transparent parts become white. */
export async function readUploadedImages(file: string, options: ImageOptions): Promise<UploadResult> {
  const limits = options.limits ?? UPLOAD_LIMITS;
  let zip: Awaited<ReturnType<typeof openZip>>;
  try {
    zip = await openZip(file, { entries: 2 * limits.images });
  } catch (error) {
    if (error instanceof ZipError)
      return refused(error.message, { code: error.message.includes('up to') ? 'limit' : 'data-invalid' });
    throw error;
  }
  try {
    return await readPictures(zip, options, limits);
  } catch (error) {
    if (error instanceof ZipError) return refused(error.message);
    throw error;
  } finally {
    await zip.close();
  }
}

async function readPictures(
  zip: Awaited<ReturnType<typeof openZip>>,
  options: ImageOptions,
  limits: UploadLimits,
): Promise<UploadResult> {
  const side = options.size?.find((pixels) => !Number.isInteger(pixels) || pixels < 1 || pixels > LARGEST_SIDE);
  if (side !== undefined)
    return refused(`Pictures cannot be made ${side} pixels high or wide. Choose 1 to ${LARGEST_SIDE}.`, {
      code: 'limit',
    });
  const files = zip.entries.filter((entry) => !entry.name.endsWith('/') && !isHidden(entry.name));
  const candidates = files.filter((entry) => PICTURE.test(entry.name));
  const notes: Diagnostic[] = [];
  if (candidates.length < files.length)
    notes.push(
      note(
        `${counted(files.length - candidates.length)} files that are no pictures were left out, such as ${quoted(files.find((entry) => !PICTURE.test(entry.name))?.name ?? '')}.`,
      ),
    );
  const problem = checkFolders(candidates, limits);
  if (problem) return { diagnostics: [problem, ...notes] };

  const pictures: Picture[] = [];
  const broken: string[] = [];
  for (const entry of candidates) {
    const bytes = await zip.read(entry, limits.imageBytes);
    const found = await inspect(bytes);
    if (!found) broken.push(entry.name);
    else if (found.height * found.width > limits.imagePixels)
      return refused(
        `${quoted(entry.name)} has ${counted(found.width)} × ${counted(found.height)} pixels; up to ${counted(limits.imagePixels)} altogether are allowed. Make it smaller.`,
        { code: 'limit' },
      );
    else pictures.push({ entry, className: folderOf(entry.name), ...found });
  }
  if (broken.length > 0)
    notes.push(
      dataProblem(
        `${counted(broken.length)} pictures cannot be read and were left out, such as ${quoted(broken[0] ?? '')}.`,
        { severity: 'warning' },
      ),
    );

  const classes = [...new Set(pictures.map((picture) => picture.className))].sort();
  if (classes.length < 2)
    return {
      diagnostics: [
        dataProblem('Fewer than two classes have readable pictures. Two folders or more were expected.'),
        ...notes,
      ],
    };
  const [height, width] = options.size ?? commonSize(pictures);
  const channels = pictures.every((picture) => picture.grey) ? 1 : 3;
  const bytes = height * width * channels;
  if (pictures.length * bytes > limits.decodedBytes)
    return refused(
      `${counted(pictures.length)} pictures of ${height} × ${width} pixels are more than ${Math.round(limits.decodedBytes / 2 ** 20)} MB. Choose a smaller size.`,
      { code: 'limit' },
    );

  const image = new Uint8Array(pictures.length * bytes);
  for (let at = 0; at < pictures.length; at += BATCH) {
    const batch = pictures.slice(at, at + BATCH);
    const decoded = await Promise.all(
      batch.map(async ({ entry }) => decode(await zip.read(entry, limits.imageBytes), height, width, channels)),
    );
    for (const [place, pixels] of decoded.entries()) {
      if (!pixels)
        return refused(`${quoted(batch[place]?.entry.name ?? '')} is damaged inside. Take it out, or save it again.`);
      image.set(pixels, (at + place) * bytes);
    }
  }
  const labels = Int32Array.from(pictures, (picture) => classes.indexOf(picture.className));
  const stratified = splitRows(pictures.length, labels);
  const rows = stratified.validation.length > 0 ? stratified : splitRows(pictures.length);
  const card: DatasetCard = {
    id: options.id,
    title: options.title,
    summary: `${counted(pictures.length)} ${channels === 1 ? 'grey' : 'colour'} pictures of ${height} × ${width} pixels in ${classes.length} classes.`,
    fields: { image: imageField(height, width, channels), label: labelField(classes, 'Class') },
    counts: { train: rows.train.length, validation: rows.validation.length, test: rows.test.length },
    licence: 'Not stated: uploaded by a person',
    source: `Uploaded file ${options.filename}`,
  };
  return {
    dataset: {
      card,
      columns: {
        image: { data: image, shape: [pictures.length, height, width, channels] },
        label: { data: labels, shape: [pictures.length] },
      },
      rows,
    },
    notes,
  };
}

/** Limits and folders, before anything is unpacked; unpacked sizes are checked again while unpacking. */
function checkFolders(pictures: ZipEntry[], limits: UploadLimits): Diagnostic | null {
  const folders = new Set(pictures.map((entry) => folderOf(entry.name)));
  if (pictures.length === 0)
    return dataProblem(
      'The ZIP file holds no pictures. Folders named after the classes, with PNG or JPEG files, were expected.',
    );
  if (folders.size < 2 || folders.has(''))
    return dataProblem(
      'The pictures are not in class folders. One folder for each class was expected, such as cats/1.jpg and dogs/1.jpg.',
      {
        received: [...folders].map((folder) => folder || '(no folder)').join(', '),
      },
    );
  if (pictures.length > limits.images)
    return dataProblem(
      `The ZIP file holds ${counted(pictures.length)} pictures; up to ${counted(limits.images)} are allowed.`,
      { code: 'limit' },
    );
  if (pictures.length < 10)
    return dataProblem(`The ZIP file holds ${pictures.length} pictures. At least 10 were expected.`);
  if (folders.size > limits.tableClasses)
    return dataProblem(
      `The ZIP file holds ${counted(folders.size)} folders; up to ${counted(limits.tableClasses)} classes are allowed.`,
      { code: 'limit' },
    );
  const unpacked = pictures.reduce((sum, entry) => sum + entry.size, 0);
  if (unpacked > limits.unpackedBytes)
    return dataProblem(
      `The ZIP file unpacks to ${counted(Math.ceil(unpacked / 2 ** 20))} MB; up to ${counted(limits.unpackedBytes / 2 ** 20)} MB are allowed.`,
      { code: 'limit' },
    );
  return null;
}

/** Name of the folder that directly holds a file. */
const folderOf = (name: string): string => name.split(/[\\/]/).at(-2) ?? '';

const isHidden = (name: string): boolean =>
  name.split(/[\\/]/).some((part) => part.startsWith('.') || part === '__MACOSX');

const note = (message: string): Diagnostic => dataProblem(message, { severity: 'info' });

/** From the picture's header alone: a picture of 10⁵ × 10⁵ is known without being decoded. Null where it is none. */
async function inspect(bytes: Uint8Array): Promise<{ height: number; width: number; grey: boolean } | null> {
  try {
    const { height, width, space } = await sharp(bytes, { limitInputPixels: false }).metadata();
    return { height, width, grey: space === 'b-w' || space === 'grey16' };
  } catch {
    return null;
  }
}

function commonSize(pictures: Picture[]): [number, number] {
  const [first] = pictures;
  const same = pictures.every((picture) => picture.height === first?.height && picture.width === first?.width);
  if (first && same && Math.max(first.height, first.width) <= 64) return [first.height, first.width];
  const sides = pictures.map((picture) => Math.min(picture.height, picture.width)).sort((a, b) => a - b);
  const side = (sides[Math.floor(sides.length / 2)] ?? 0) < 64 ? 32 : 64;
  return [side, side];
}

async function decode(bytes: Uint8Array, height: number, width: number, channels: 1 | 3): Promise<Uint8Array | null> {
  try {
    const upright = sharp(bytes, { failOn: 'truncated', limitInputPixels: UPLOAD_LIMITS.imagePixels }).rotate();
    const small = upright.resize({ width, height, fit: 'cover' }).flatten({ background: '#ffffff' });
    const pixels = await small
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .raw()
      .toBuffer();
    return pixels.length === height * width * channels ? pixels : null;
  } catch {
    return null;
  }
}
