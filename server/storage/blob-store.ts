import type { Readable } from 'node:stream';

/** Path-like name of a blob: `runs/<id>/checkpoints/500/weights`. Lower and upper case, digits, `. _ -` and `/`. */
export type BlobKey = string;

/**
 * Where bytes too big for the database live: checkpoints, uploads, artifacts. Blobs are written once and whole: a torn
 * one is never visible, and a key that exists is replaced at once or not at all.
 */
export interface BlobStore {
  /** Writes all of it, durably, then shows it. Answers its size. */
  put(key: BlobKey, data: Uint8Array | AsyncIterable<Uint8Array>): Promise<{ bytes: number }>;
  /** All of it. Rejects with `not-found` where there is none. */
  get(key: BlobKey): Promise<Uint8Array>;
  /** A piece at a time, for what is big. Rejects with `not-found` where there is none. */
  open(key: BlobKey): Promise<{ bytes: number; stream: Readable }>;
  /** Null where there is none. */
  size(key: BlobKey): Promise<number | null>;
  /** Keys below a folder, sorted. */
  list(folder: BlobKey): Promise<BlobKey[]>;
  /** A blob, or everything below a folder; no error where there is none. */
  remove(key: BlobKey): Promise<void>;
}
