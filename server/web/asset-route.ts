import { unlink } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { randomId } from '@/lib/base/ids';
import { insertAsset, requireAssetRoom } from '@/server/domain/assets/assets.queries';
import { uploadAsset } from '@/server/domain/assets/upload-asset';
import { type Actor, authorise } from '@/server/domain/authorise';
import { answerJson } from './answer';
import type { DatasetRoute } from './dataset-route';
import { filenameOf } from './filename-of';

/**
 * `POST /api/assets?workspaceId=…`: a safetensors file of trained weights as body, its name percent-encoded in the header
 * `x-filename`. Answers `{ card }`, or 422 with `{ diagnostics }` where it is none.
 */
export async function handleAssetUpload(
  { db, uploads }: DatasetRoute,
  actor: Actor | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const workspaceId = new URL(request.url ?? '/', 'http://localhost').searchParams.get('workspaceId') ?? '';
  await authorise(db, actor, 'asset.create', { workspace: workspaceId });
  await requireAssetRoom(db, workspaceId, Number(request.headers['content-length'] ?? 0));
  const id = randomId('w', 20);
  const outcome = await uploadAsset({ id, filename: filenameOf(request), body: request, folder: uploads });
  if ('diagnostics' in outcome) return answerJson(response, 422, outcome);
  const { card, file, bytes } = outcome;
  try {
    await requireAssetRoom(db, workspaceId, bytes);
    await insertAsset(db, { id, workspaceId, card, ref: basename(file), bytes, userId: actor?.id ?? '' });
  } catch (error) {
    await unlink(file).catch(() => undefined);
    throw error;
  }
  answerJson(response, 200, { card });
}
