import type { ServerResponse } from 'node:http';
import { EXPORT_FORMATS, type ExportFormat } from '@/lib/protocol/service';
import type { Services } from '@/server/api/services';
import { type Actor, authorise } from '@/server/domain/authorise';
import { notFound } from '@/server/errors/app-error';

/** `GET /api/runs/:id/export/:format`: the trained model as a download. */
export async function handleRunExport(
  services: Services,
  actor: Actor | null,
  { runId, format }: { runId: string; format: string },
  response: ServerResponse,
): Promise<void> {
  await authorise(services.database.db, actor, 'run.export', { run: runId });
  if (!isFormat(format)) throw notFound('export format');
  const file = await services.exportRun(runId, format);
  response.setHeader('Content-Type', file.mediaType);
  // Never shown inline: an HTML demo runs from the reader's disk, not with this site's rights.
  response.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.filename)}`);
  response.setHeader('Content-Length', file.bytes.byteLength);
  response.end(file.bytes);
}

const isFormat = (format: string): format is ExportFormat => EXPORT_FORMATS.some((known) => known === format);
