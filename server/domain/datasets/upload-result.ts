import type { Diagnostic, DiagnosticCode } from '@/lib/graph/diagnostic';
import type { PackedDataset } from './packed-dataset';

/** What became of an upload: a data set with notes for the person (rows left out, columns ignored), or why not. */
export type UploadResult = { dataset: PackedDataset; notes: Diagnostic[] } | { diagnostics: Diagnostic[] };

/** Upper bounds of an upload; a message names the one that was passed. */
export interface UploadLimits {
  /** Of the file as it arrives. */
  fileBytes: number;
  tableRows: number;
  tableColumns: number;
  tableClasses: number;
  images: number;
  /** Sum over an archive, unpacked. */
  unpackedBytes: number;
  /** One picture, packed in its format. */
  imageBytes: number;
  /** Width times height of one picture. */
  imagePixels: number;
  /** All pictures together, decoded and resized. */
  decodedBytes: number;
}

const MB = 1024 * 1024;
export const UPLOAD_LIMITS: UploadLimits = {
  fileBytes: 256 * MB,
  tableRows: 1_000_000,
  tableColumns: 2_000,
  tableClasses: 1_000,
  images: 50_000,
  unpackedBytes: 1024 * MB,
  imageBytes: 32 * MB,
  imagePixels: 40_000_000,
  decodedBytes: 512 * MB,
};

/** Something about uploaded data, said to the person who uploaded it. */
export const dataProblem = (
  message: string,
  more: { code?: DiagnosticCode; severity?: Diagnostic['severity']; expected?: string; received?: string } = {},
): Diagnostic => ({ code: 'data-invalid', severity: 'error', message, at: {}, ...more });

/** A refusal with one reason. */
export const refused = (
  message: string,
  more: Parameters<typeof dataProblem>[1] = {},
): { diagnostics: Diagnostic[] } => ({
  diagnostics: [dataProblem(message, more)],
});

/** For messages: `1,000,000`. */
export const counted = (count: number): string => count.toLocaleString('en-US');

/** For messages: text from a file, shortened. */
export const quoted = (text: string): string => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;
