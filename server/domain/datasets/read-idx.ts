import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { DatasetCard } from '@/lib/datasets/card';
import type { IdxFiles } from '@/lib/datasets/dataset';
import { rowRange } from '@/lib/datasets/split-rows';
import type { PackedDataset } from './packed-dataset';

const unzip = promisify(gunzip);

/** Arrays of bytes in Y. LeCun's IDX format: two zero bytes, type 8 (uint8), rank, then the sizes as big-endian uint32. */
export function parseIdx(bytes: Uint8Array, name: string): { shape: number[]; data: Uint8Array } {
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rank = bytes.length >= 4 ? head.getUint8(3) : 0;
  if (rank === 0 || rank > 4 || bytes.length < 4 + 4 * rank || head.getUint16(0) !== 0 || head.getUint8(2) !== 8)
    throw new Error(`${name} is not an IDX file of bytes`);
  const shape = Array.from({ length: rank }, (_, axis) => head.getUint32(4 + 4 * axis));
  const expected = shape.reduce((product, length) => product * length, 1);
  const data = bytes.subarray(4 + 4 * rank);
  if (data.length !== expected)
    throw new Error(`${name} should hold ${expected} bytes for ${shape.join('×')}, but holds ${data.length}`);
  return { shape, data };
}

/**
 * The folder that holds all four files, or null: a folder given by hand, else what the environment names, else the npm
 * package, else the usual folders.
 */
export function findIdxFolder(
  files: IdxFiles,
  environment: Record<string, string | undefined>,
  given?: string,
): string | null {
  const named = given ?? (files.at.environment ? environment[files.at.environment] : undefined);
  const candidates = named ? [named] : [npmFolder(files), ...files.at.folders];
  const names = [files.train.images, files.train.labels, files.test.images, files.test.labels];
  const whole = (folder: string) => names.every((name) => variants(folder, name).some((file) => existsSync(file)));
  return candidates.find((folder): folder is string => folder !== null && whole(folder)) ?? null;
}

/** All rows: training, its held-out last ones as validation, then test. */
export async function readIdx(card: DatasetCard, files: IdxFiles, folder: string): Promise<PackedDataset> {
  const [trainImages, trainLabels, testImages, testLabels] = await Promise.all(
    [files.train.images, files.train.labels, files.test.images, files.test.labels].map((name) => readOne(folder, name)),
  );
  if (!trainImages || !trainLabels || !testImages || !testLabels) throw new Error('unreachable');
  const [train = 0, height = 0, width = 0] = trainImages.shape;
  const [test = 0] = testImages.shape;
  if (trainLabels.shape[0] !== train || testLabels.shape[0] !== test)
    throw new Error(
      `${card.title}: as many labels as images were expected in ${files.train.labels} and ${files.test.labels}`,
    );
  const images = new Uint8Array((train + test) * height * width);
  images.set(trainImages.data);
  images.set(testImages.data, trainImages.data.length);
  const labels = new Int32Array(train + test);
  labels.set(trainLabels.data);
  labels.set(testLabels.data, train);
  return {
    card,
    columns: {
      image: { data: images, shape: [train + test, height, width, 1] },
      label: { data: labels, shape: [train + test] },
    },
    rows: {
      train: rowRange(0, train - files.validation),
      validation: rowRange(train - files.validation, train),
      test: rowRange(train, train + test),
    },
  };
}

/** True where the files are compressed, so that a packed copy saves time. */
export const isCompressed = (files: IdxFiles, folder: string): boolean =>
  !existsSync(path.join(folder, files.train.images));

const variants = (folder: string, name: string): string[] => [path.join(folder, name), path.join(folder, `${name}.gz`)];

async function readOne(folder: string, name: string): Promise<{ shape: number[]; data: Uint8Array }> {
  const file = variants(folder, name).find((candidate) => existsSync(candidate));
  if (!file) throw new Error(`${name} is not in the folder`);
  const bytes = await readFile(file);
  return parseIdx(file.endsWith('.gz') ? await unzip(bytes) : bytes, name);
}

function npmFolder(files: IdxFiles): string | null {
  if (!files.at.npm) return null;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${files.at.npm.name}/package.json`);
    return path.join(path.dirname(manifest), files.at.npm.folder);
  } catch {
    return null; // not installed
  }
}
