import type { ServerResponse } from 'node:http';
import type { Services } from '@/server/api/services';
import { type Actor, authorise } from '@/server/domain/authorise';
import { answerJson } from './answer';

export interface ExportRequest {
  runId: string;
  format: string;
  /** Of the query `?function=…`. */
  fn: string | undefined;
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
  const exported = await services.exportRun(asked);
  if ('diagnostics' in exported) return answerJson(response, 422, exported);
  response.setHeader('Content-Type', exported.mime);
  // Never shown inline: an HTML demo runs from the reader's disk, not with this site's rights.
  response.setHeader('Content-Disposition', `attachment; filename="${exported.filename}"`);
  response.setHeader('Content-Length', exported.bytes.byteLength);
  response.end(exported.bytes);
}
