import type { Spec } from '@/lib/tensor/spec';

export type Split = 'train' | 'validation' | 'test';

/** One named output of a data set. The spec's first axis is `batch`. */
export interface DatasetField {
  spec: Spec;
  title: string;
  /** Names of the classes, in index order. */
  classes?: string[];
  /** Names of the entries of the last axis: the columns of a table. */
  columns?: string[];
  /** `uint8` pictures are kept as bytes and divided by 255 when a batch is made (float32 in [0, 1]). */
  stored: 'uint8' | 'float32' | 'int32' | 'string';
}

/**
 * What the compiler, editor and teacher know of a data set without opening it. Pure JSON.
 * Every data set also has the implicit field `index` (int32 `[batch]`), which is not listed in `fields`.
 */
export interface DatasetCard {
  /** `mnist`, `two-circles`; uploads: `upload:<id>`. */
  id: string;
  title: string;
  summary: string;
  fields: Record<string, DatasetField>;
  counts: Record<Split, number>;
  licence: string;
  source: string;
  citation?: string;
  /** What changes the counts or the drawing, such as noise; set by the dataset node's `options`. */
  options?: Record<string, { title: string; default: number; min: number; max: number }>;
  /** Present where its files are not on this machine: what to run to get it. */
  missing?: string;
}

/** A batch or a column in memory: row-major data and its shape. */
export interface HostArray {
  data: Float32Array | Int32Array | Uint8Array | string[];
  shape: number[];
}

/** An opened data set: whole columns in memory, or anything that can gather rows. */
export interface OpenDataset {
  card: DatasetCard;
  /**
   * Rows `indices` of a split, in that order: for each field an array of shape `[indices.length, …]`. Pictures as stored (uint8).
   * `spare`: what an earlier read gave and nobody needs any more; its memory may be used again.
   */
  read(
    split: Split,
    indices: ArrayLike<number>,
    fields: readonly string[],
    spare?: Record<string, HostArray>,
  ): Record<string, HostArray>;
}

/** Opens cards on a host. Rejects with a message for the user where the files are missing. */
export interface DatasetOpener {
  open(id: string, options: Record<string, number>): Promise<OpenDataset>;
}
