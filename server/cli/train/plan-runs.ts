import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Json } from '@/lib/base/json';
import type { AssetCard } from '@/lib/compile/asset-card';
import { compile } from '@/lib/compile/compile';
import type { Program } from '@/lib/compile/program';
import type { DatasetCard } from '@/lib/datasets/card';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Document, Expectation } from '@/lib/graph/document';
import { type Length, setLength } from '@/lib/graph/set-length';
import { kinds } from '@/lib/nodes/kinds.generated';
import { InputError } from '../exit-code';
import { programOf, type RunSettings, writeRunFolder, writeSettings } from './run-folder';

/** One run of a document: the whole, or one of its variants. */
export interface PlannedRun {
  /** Null where the document has no variants. */
  variant: string | null;
  program: Program;
  folder: string | null;
}

export interface RunRequest {
  document: Document;
  cards: Record<string, DatasetCard>;
  assets: Record<string, AssetCard>;
  preset?: string;
  batch?: number;
  length?: Length;
  out: string | null;
}

/** Compiles a document, or each of its variants, as asked. Errors are values: with one there are no runs. */
export function planRuns(request: RunRequest): { runs: PlannedRun[]; diagnostics: Diagnostic[] } {
  const { cards, assets, preset, batch, length, out } = request;
  const document = length ? setLength(request.document, length) : request.document;
  const variants: { id: string | null; set: Record<string, Json> }[] =
    document.variants.length > 0 ? document.variants : [{ id: null, set: {} }];
  const runs: PlannedRun[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { id, set } of variants) {
    const result = compile(document, {
      kinds,
      datasets: cards,
      assets,
      set,
      ...(preset === undefined ? {} : { preset }),
      ...(batch === undefined ? {} : { batch }),
    });
    diagnostics.push(...result.diagnostics);
    const folder = out === null || id === null ? out : path.join(out, id);
    if (result.program) runs.push({ variant: id, program: result.program, folder });
  }
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  return { runs: failed ? [] : runs, diagnostics };
}

/** Makes the folder of a new run. One that holds something already is never overwritten. */
export function makeFolders(
  out: string,
  runs: readonly PlannedRun[],
  document: Document,
  settings: Omit<RunSettings, 'variants'>,
): void {
  if (existsSync(out) && readdirSync(out).length > 0)
    throw new InputError(`${out} is not empty. Choose another --out, or continue that run with --resume ${out}.`);
  writeSettings(out, document, { ...settings, variants: runs.flatMap(({ variant }) => variant ?? []) });
  for (const { folder, program } of runs) if (folder !== null) writeRunFolder(folder, document, program);
}

/** The runs of an earlier folder, to be taken up where they stopped. */
export function plannedBefore(out: string, variants: readonly string[]): PlannedRun[] {
  if (variants.length === 0) return [{ variant: null, program: programOf(out), folder: out }];
  return variants.map((variant) => {
    const folder = path.join(out, variant);
    return { variant, program: programOf(folder), folder };
  });
}

/** Stated results that belong to these settings: none where length or data were changed by hand (DECISIONS 5). */
export const expectationsFor = (document: Document, preset: string | undefined, changed: boolean): Expectation[] =>
  changed ? [] : document.expected.filter((one) => one.preset === preset);
