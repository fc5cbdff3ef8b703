import { compile } from '@/lib/compile/compile';
import type { DatasetCard } from '@/lib/datasets/card';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { parseDocument } from '@/lib/graph/parse-document';
import { faces } from '@/lib/nodes/faces.generated';
import type { StartRunResult } from '@/lib/protocol/service';
import type { Db } from '@/server/db/database';
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

const kinds = Object.fromEntries(Object.entries(faces).map(([id, face]) => [id, { face }]));

/**
 * Compiles the document as it is at this moment and queues a run of it; answers the diagnostics instead where an error
 * stands in the way.
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
  const { program, diagnostics } = compile(document, {
    kinds,
    datasets: { ...services.builtIn(), ...(await uploadedCards(services.db, start.workspaceId)) },
    ...(preset === undefined ? {} : { preset }),
  });
  if (!program) return { diagnostics };
  if (program.ops.length === 0) return { diagnostics: [...diagnostics, NOTHING] };
  const runId = await insertRun(services.db, {
    workspaceId: start.workspaceId,
    documentId: start.documentId,
    userId: start.userId,
    document,
    program,
    preset: preset ?? null,
    seed: start.seed ?? program.seed,
  });
  await services.queue.enqueue(runId);
  return { runId };
}
