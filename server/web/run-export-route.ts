import type { ServerResponse } from 'node:http';
import { iteration } from '@/server/api/inputs';
import type { Services } from '@/server/api/services';
import { type Actor, authorise } from '@/server/domain/authorise';
import { AppError } from '@/server/errors/app-error';
import { answerJson } from './answer';

export interface ExportRequest {
  runId: string;
  format: string;
  /** Of the query `?function=…`. */
  fn: string | undefined;
  /** Of the query `?checkpoint=…`: iterations done. */
  checkpoint: string | undefined;
}

/**
 * `GET /api/runs/:id/export/:format`: the trained model as a download, or 422 with `{ diagnostics }` where the format
 * cannot say what the model does.
 */
export async function handleRunExport(
  services: Services,
  actor: Actor | null,
  asked: ExportRequest,
  response: ServerResponse,
): Promise<void> {
  await authorise(services.database.db, actor, 'run.export', { run: asked.runId });
  const { checkpoint, ...model } = asked;
  const parsed = iteration.optional().safeParse(checkpoint === undefined ? undefined : Number(checkpoint));
  if (!parsed.success) throw new AppError('invalid', 'A checkpoint is named by a number of iterations.');
  const exported = await services.exportRun({ ...model, iteration: parsed.data });
  if ('diagnostics' in exported) return answerJson(response, 422, exported);
  response.setHeader('Content-Type', exported.mime);
  // Never shown inline: an HTML demo runs from the reader's disk, not with this site's rights.
  response.setHeader('Content-Disposition', `attachment; filename="${exported.filename}"`);
  response.setHeader('Content-Length', exported.bytes.byteLength);
  response.end(exported.bytes);
}
