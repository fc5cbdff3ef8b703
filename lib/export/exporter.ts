import type { Program, ValueId, VariableId } from '@/lib/compile/program';
import type { DatasetCard } from '@/lib/datasets/card';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Document } from '@/lib/graph/document';
import type { HostTensor, Kind } from '@/lib/nodes/kind';

export interface ExportInput {
  program: Program;
  kinds: Record<string, Pick<Kind, 'face' | 'emit'>>;
  /** Which of the program's functions. */
  function: string;
  weights: Record<VariableId, HostTensor>;
  /** The numbers that schedules came to (`finishedProgram`); what follows one without a number cannot be exported. */
  clocks?: Record<ValueId, number>;
  /** What was trained; formats that have room for it carry it along, so that it can be opened again. */
  document: Document;
  cards: Record<string, DatasetCard>;
  /** When the weights were saved; formats that carry a date write this one, in UTC. */
  savedAt: Date;
  /** What only a host can read. */
  assets: ExportAssets;
}

export interface ExportAssets {
  /** Text of TensorFlow.js' minified browser bundle (`tf.min.js`). */
  tfjsBundle(): Promise<string>;
}

export type Exported = { bytes: Uint8Array } | { diagnostics: Diagnostic[] };

/** A format is one file `lib/export/<format>/<format>.exporter.ts` that exports `exporter`. */
export interface Exporter {
  format: string;
  title: string;
  /** One sentence: who opens it with what. */
  summary: string;
  /** With the dot. */
  extension: string;
  mime: string;
  export(input: ExportInput): Promise<Exported>;
}

/** `mnist-cnn-digit.keras`: a safe file name from the document's title and the function's name. */
export function exportFileName(exporter: Exporter, title: string, functionName: string): string {
  const safe = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '');
  const parts = [safe(title).slice(0, 60), safe(functionName)].filter(Boolean);
  return `${parts.join('-') || 'model'}${exporter.extension}`;
}
