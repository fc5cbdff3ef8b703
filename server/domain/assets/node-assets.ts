import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import path from 'node:path';
import type { AssetCard } from '@/lib/compile/asset-card';
import type { AssetOpener } from '@/lib/engine/host';
import {
  cardOfSafetensors,
  headerBytes,
  readSafetensorsHeader,
  readStoredTensor,
  type SafetensorsHeader,
  WeightsUnreadable,
} from '@/lib/export/safetensors/read-safetensors';

export interface NodeAssetOptions {
  /** Files given by hand, by the id that documents name. */
  files?: Readonly<Record<string, string>>;
  /** Folder of uploaded ones (`<id>.safetensors`, which documents call `upload:<id>`); without it there are none. */
  uploads?: string;
}

const ENDING = '.safetensors';
const UPLOAD = /^upload:([a-z0-9-]{1,64})$/;

/** The files of trained weights of this machine. What is not asked for is not read: a file may be large. */
export function nodeAssets({ files = {}, uploads }: NodeAssetOptions): AssetOpener & {
  /** Of all of them. Throws `WeightsUnreadable` where a file given by hand is none. */
  cards(): Record<string, AssetCard>;
} {
  const fileOf = (id: string): string | null => {
    const own = Object.hasOwn(files, id) ? files[id] : undefined;
    if (own !== undefined) return own;
    const file = uploads === undefined ? null : uploadedAsset(uploads, id);
    return file !== null && existsSync(file) ? file : null;
  };
  return {
    async card(id) {
      const file = fileOf(id);
      return file === null ? undefined : assetCard(id, file);
    },
    async read(id, tensors) {
      const file = fileOf(id);
      if (file === null) throw new Error(`The weights of “${id}” are not on this machine. Give that file again.`);
      return opened(file, (header, readAt) =>
        Object.fromEntries(
          tensors.map((name) => {
            const stored = Object.hasOwn(header.tensors, name) ? header.tensors[name] : undefined;
            if (!stored) throw new WeightsUnreadable(`There is no ${name} in ${path.basename(file)}.`);
            return [name, readStoredTensor(stored, readAt(...stored.bytes))];
          }),
        ),
      );
    },
    cards() {
      const given = Object.entries(files).map(([id, file]) => [id, assetCard(id, file)] as const);
      return { ...uploadedCards(uploads), ...Object.fromEntries(given) };
    },
  };
}

/** Where the file of an upload is, or null where the id is none. */
export function uploadedAsset(folder: string, id: string): string | null {
  const name = UPLOAD.exec(id)?.[1];
  return name === undefined ? null : path.join(folder, name + ENDING);
}

/** What a file holds. Throws `WeightsUnreadable` where it is none. */
export const assetCard = (id: string, file: string, title = path.basename(file)): AssetCard =>
  opened(file, (header) => cardOfSafetensors(id, title, header));

function uploadedCards(folder: string | undefined): Record<string, AssetCard> {
  if (folder === undefined || !existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder).flatMap((name) => {
      if (!name.endsWith(ENDING)) return [];
      const id = `upload:${name.slice(0, -ENDING.length)}`;
      try {
        return [[id, assetCard(id, path.join(folder, name))]];
      } catch {
        return []; // damaged: one bad file must not hide the others
      }
    }),
  );
}

/** Does something with a file's header and any of its bytes. */
function opened<T>(
  file: string,
  work: (header: SafetensorsHeader, readAt: (first: number, last: number) => Uint8Array) => T,
): T {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    throw new WeightsUnreadable(`${file} cannot be read. Is that where it lies?`);
  }
  const bytesAt = (first: number, last: number): Uint8Array => {
    const bytes = new Uint8Array(last - first);
    const count = readSync(descriptor, bytes, 0, bytes.length, first);
    return bytes.subarray(0, count);
  };
  try {
    const { size } = fstatSync(descriptor);
    const end = headerBytes(bytesAt(0, 8), size) ?? 8;
    return work(readSafetensorsHeader(bytesAt(0, end), size), bytesAt);
  } finally {
    closeSync(descriptor);
  }
}
