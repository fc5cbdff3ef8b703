import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { notFound } from '@/server/errors/app-error';
import type { BlobKey, BlobStore } from './blob-store';

const KEY = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/;
/** Unfinished files; also what a crash leaves behind. Not a legal key, so they are never read. */
const UNFINISHED = '.part';

/** Blobs as files below a folder: temporary name, fsync, rename, fsync of the folder. */
export function localFolder(root: string): BlobStore {
  const path = (key: BlobKey): string => {
    if (!KEY.test(key)) throw new Error(`Not a blob key: ${key}`);
    return join(root, ...key.split('/'));
  };

  const openForReading = async (key: BlobKey): Promise<FileHandle> => {
    try {
      return await open(path(key), 'r');
    } catch (error) {
      throw isMissing(error) ? notFound('file') : error;
    }
  };

  return {
    async put(key, data) {
      const target = path(key);
      const folder = dirname(target);
      await mkdir(folder, { recursive: true });
      const temporary = join(folder, `.${randomBytes(8).toString('hex')}${UNFINISHED}`);
      let bytes = 0;
      try {
        const file = await open(temporary, 'wx');
        try {
          for await (const piece of data instanceof Uint8Array ? [data] : data) {
            await file.writeFile(piece);
            bytes += piece.byteLength;
          }
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(temporary, target);
        await syncFolder(folder);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
      return { bytes };
    },

    async get(key) {
      const file = await openForReading(key);
      try {
        return await file.readFile();
      } finally {
        await file.close();
      }
    },

    async open(key) {
      const file = await openForReading(key);
      const { size } = await file.stat();
      return { bytes: size, stream: file.createReadStream() };
    },

    async size(key) {
      try {
        const found = await stat(path(key));
        return found.isFile() ? found.size : null;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },

    async list(folder) {
      try {
        const entries = await readdir(path(folder), { recursive: true, withFileTypes: true });
        return entries
          .filter((entry) => entry.isFile() && !entry.name.endsWith(UNFINISHED))
          .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
          .sort();
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    },

    async remove(key) {
      await rm(path(key), { recursive: true, force: true });
    },
  };
}

/** A rename is only durable once the folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
