import type { DatasetCard, HostArray } from './card';

/** Whole columns, one array a field: the first axis of each is the row. */
export type Columns = Record<string, HostArray>;

/** Four IDX files (Y. LeCun's format), plain or with `.gz` behind the name. The last `validation` training rows are held out. */
export interface IdxFiles {
  format: 'idx';
  train: { images: string; labels: string };
  test: { images: string; labels: string };
  validation: number;
  /** Where they may lie: a folder named by an environment variable, the data folder of an npm package, fixed folders. */
  at: { environment?: string; npm?: { name: string; folder: string }; folders: string[] };
}

/** A committed CSV with a header row; rows where a feature is empty are left out. */
export interface TableFiles {
  format: 'table';
  /** Relative to the project. */
  file: string;
  features: string[];
  label: string;
}

/** A committed CSV without a header: grey values in reading order, then the class. `white` is the largest value. */
export interface PixelFiles {
  format: 'pixels';
  file: string;
  height: number;
  width: number;
  white: number;
}

/** A committed text, cut into rows of `length` characters of the alphabet (`windows-of-text.ts`): fields `text` and `next`. */
export interface TextFiles {
  format: 'text';
  file: string;
  alphabet: string;
  length: number;
}

export type DatasetFiles = IdxFiles | TableFiles | PixelFiles | TextFiles;

/** Rows that are drawn when they are first asked for: a set of large pictures starts at once and stays small. */
export interface DrawnRows {
  count: number;
  /** Class of each row, where splits should hold all classes alike. */
  labels?: Int32Array;
  draw(rows: Int32Array, fields: readonly string[]): Columns;
}

/**
 * A data set is one file `lib/datasets/<name>.dataset.ts` that exports `dataset`: its card and where the rows come from.
 * `generate` makes all rows in code, the same for the same options and seed; `prepare` does so row by row; `files` is for a
 * host that can read files.
 */
export type DatasetDefinition = { card: DatasetCard } & (
  | { generate: (options: Record<string, number>, seed: number) => Columns }
  | { prepare: (options: Record<string, number>, seed: number) => DrawnRows }
  | { files: DatasetFiles }
);

/** A set that needs no files. */
export type GeneratedDefinition = Exclude<DatasetDefinition, { files: unknown }>;

export const isGenerated = (definition: DatasetDefinition): definition is GeneratedDefinition =>
  !('files' in definition);
