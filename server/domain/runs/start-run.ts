import { required } from '@/lib/base/invariant';
import { compile } from '@/lib/compile/compile';
import type { Program } from '@/lib/compile/program';
import type { DatasetCard } from '@/lib/datasets/card';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Document } from '@/lib/graph/document';
import { parseDocument } from '@/lib/graph/parse-document';
import { variantDocument } from '@/lib/graph/variant-document';
import { faceKinds } from '@/lib/nodes/face-kinds';
import type { StartRunResult } from '@/lib/protocol/service';
import type { Db } from '@/server/db/database';
import { workspaceAssets } from '../assets/assets.queries';
import { uploadedCards } from '../datasets/datasets.queries';
import type { LiveDocuments } from '../documents/live-documents';
import type { RunQueue } from './run-queue';
import { insertRun } from './runs.queries';

export interface StartRun {
  documentId: string;
  workspaceId: string;
  userId: string;
  preset?: string | undefined;
  seed?: number | undefined;
}

export interface StartRunServices {
  db: Db;
  live: LiveDocuments;
  queue: RunQueue;
  builtIn(): Record<string, DatasetCard>;
}

const NOTHING: Diagnostic = {
  code: 'no-training',
  severity: 'error',
  message: 'There is nothing to run yet. Add data, layers, a loss, an optimizer and a Training node, and wire them.',
  at: {},
};

/**
 * Compiles the document as it is at this moment and queues a run of it, or of each of its variants, and answers the first;
 * answers the diagnostics instead where an error stands in the way.
 */
export async function startRun(services: StartRunServices, start: StartRun): Promise<StartRunResult> {
  const parsed = parseDocument(await services.live.read(start.documentId));
  if (!parsed.document) return { diagnostics: parsed.diagnostics };
  const { document } = parsed;
  const { preset } = start;
  const named = preset !== undefined && Object.hasOwn(document.presets, preset);
  if (preset !== undefined && !named) {
    return {
      diagnostics: [
        {
          code: 'document-invalid',
          severity: 'error',
          message: `This document has no settings named ${preset}. Choose others, or run with the full settings.`,
          at: {},
          expected: Object.keys(document.presets).join(', ') || 'none',
          received: preset,
        },
      ],
    };
  }
  const datasets = { ...services.builtIn(), ...(await uploadedCards(services.db, start.workspaceId)) };
  const assets = await workspaceAssets(services.db, start.workspaceId);
  const settings = preset === undefined ? {} : { preset };
  const versions = document.variants.map((variant) => ({
    title: variant.title,
    document: variantDocument(document, variant),
  }));
  const planned: { title: string | null; document: Document; program: Program }[] = [];
  for (const version of versions.length > 0 ? versions : [{ title: null, document }]) {
    const { program, diagnostics } = compile(version.document, { kinds: faceKinds, datasets, assets, ...settings });
    if (!program) return { diagnostics };
    if (program.ops.length === 0) return { diagnostics: [...diagnostics, NOTHING] };
    planned.push({ ...version, program });
  }
  const ids: string[] = [];
  for (const { title, document: version, program } of planned) {
    ids.push(
      await insertRun(services.db, {
        workspaceId: start.workspaceId,
        documentId: start.documentId,
        userId: start.userId,
        title,
        document: version,
        program,
        preset: preset ?? null,
        seed: start.seed ?? program.seed,
      }),
    );
  }
  for (const id of ids) await services.queue.enqueue(id);
  return { runId: required(ids[0], 'first run') };
}
