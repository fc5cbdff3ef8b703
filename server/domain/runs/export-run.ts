import { readFile } from 'node:fs/promises';
import { and, desc, eq } from 'drizzle-orm';
import { checkpoints } from '@/drizzle/schema/checkpoints';
import { runs } from '@/drizzle/schema/runs';
import type { DatasetCard } from '@/lib/datasets/card';
import { weightsOf } from '@/lib/engine/call-function';
import { readCheckpoint } from '@/lib/engine/checkpoint-file';
import { finishedProgram } from '@/lib/engine/finished-program';
import { programAsSet } from '@/lib/engine/overrides';
import { type Exporter, exportFileName } from '@/lib/export/exporter';
import { exporters } from '@/lib/export/exporters.generated';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { kinds } from '@/lib/nodes/kinds.generated';
import type { Queryable } from '@/server/db/database';
import { AppError, notFound } from '@/server/errors/app-error';
import type { BlobStore } from '@/server/storage/blob-store';
import { uploadedCards } from '../datasets/datasets.queries';

const formats: Record<string, Exporter> = exporters;

export interface ExportRun {
  runId: string;
  format: string;
  /** Which of the program's functions; absent: the first that takes data. */
  fn?: string | undefined;
  /** Of a checkpoint; absent: the last one. */
  iteration?: number | undefined;
}

export interface ExportServices {
  db: Queryable;
  blobs: BlobStore;
  builtIn(): Record<string, DatasetCard>;
  /** File of TensorFlow.js' minified browser bundle. */
  tfjsBundle: string;
}

export type ExportedRun = { filename: string; mime: string; bytes: Uint8Array } | { diagnostics: Diagnostic[] };

/**
 * The model of a run, as trained so far, in one of the formats. Throws `not-found` for an unknown format or function and
 * `conflict` while there is no checkpoint; answers diagnostics where the format cannot say what the model does.
 */
export async function exportRun(services: ExportServices, asked: ExportRun): Promise<ExportedRun> {
  const { runId, format, fn, iteration } = asked;
  const exporter = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (!exporter) throw notFound('export format');
  const { db, blobs } = services;
  const [run] = await db
    .select({ program: runs.program, document: runs.document, workspaceId: runs.workspaceId })
    .from(runs)
    .where(eq(runs.id, runId));
  if (!run) throw notFound('run');
  const { functions } = run.program;
  const chosen = fn ?? (functions.find(({ inputs }) => inputs.length > 0) ?? functions[0])?.name;
  if (chosen === undefined) {
    throw new AppError('conflict', 'This network exports nothing. Add an output node, run it again, then export it.');
  }
  if (!functions.some((one) => one.name === chosen)) throw notFound('output');
  const [stored] = await db
    .select({ ref: checkpoints.ref, createdAt: checkpoints.createdAt })
    .from(checkpoints)
    .where(
      and(eq(checkpoints.runId, runId), iteration === undefined ? undefined : eq(checkpoints.iteration, iteration)),
    )
    .orderBy(desc(checkpoints.iteration))
    .limit(1);
  if (!stored) throw noCheckpoint(iteration);
  const checkpoint = readCheckpoint(await blobs.get(stored.ref));
  const exported = await exporter.export({
    ...finishedProgram(programAsSet(run.program, checkpoint), kinds),
    kinds,
    function: chosen,
    weights: weightsOf(checkpoint),
    document: run.document,
    cards: { ...services.builtIn(), ...(await uploadedCards(db, run.workspaceId)) },
    savedAt: stored.createdAt,
    assets: { tfjsBundle: () => readFile(services.tfjsBundle, 'utf8') },
  });
  if ('diagnostics' in exported) return exported;
  return {
    filename: exportFileName(exporter, run.document.title, chosen),
    mime: exporter.mime,
    bytes: exported.bytes,
  };
}

const noCheckpoint = (iteration: number | undefined): AppError =>
  new AppError(
    'conflict',
    iteration === undefined
      ? 'This run has no checkpoint yet. Let it train a little, then export it.'
      : `This run has no checkpoint at iteration ${iteration}. Choose another one.`,
  );
