import { unlink } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { randomId } from '@/lib/base/ids';
import type { Db } from '@/server/db/database';
import { type Actor, authorise } from '@/server/domain/authorise';
import { insertDataset, requireRoom } from '@/server/domain/datasets/datasets.queries';
import { uploadDataset } from '@/server/domain/datasets/upload-dataset';
import { answerJson } from './answer';
import { filenameOf } from './filename-of';

export interface DatasetRoute {
  db: Db;
  /** Folder of packed uploads. */
  uploads: string;
}

/**
 * `POST /api/datasets?workspaceId=…`: the raw file as body, its name percent-encoded in the header `x-filename`;
 * optional `title`, `target` (column to predict), `ignore` (columns, repeated), `size` (`28x28`). Answers
 * `{ card, notes }`, or 422 with `{ diagnostics }` where the data cannot be used.
 */
export async function handleDatasetUpload(
  route: DatasetRoute,
  actor: Actor | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
  const workspaceId = query.get('workspaceId') ?? '';
  await authorise(route.db, actor, 'dataset.create', { workspace: workspaceId });
  await requireRoom(route.db, workspaceId, Number(request.headers['content-length'] ?? 0));
  const id = randomId('u', 20);
  const size = /^(\d{1,4})x(\d{1,4})$/.exec(query.get('size') ?? '');
  const outcome = await uploadDataset({
    id,
    filename: filenameOf(request),
    body: request,
    folder: route.uploads,
    ...optional('title', query.get('title')?.slice(0, 200)),
    ...optional('target', query.get('target')),
    ...(query.has('ignore') ? { ignore: query.getAll('ignore') } : {}),
    ...(size ? { size: [Number(size[1]), Number(size[2])] as [number, number] } : {}),
  });
  if ('diagnostics' in outcome) return answerJson(response, 422, { diagnostics: outcome.diagnostics });
  const { card, file, bytes, notes } = outcome;
  try {
    await requireRoom(route.db, workspaceId, bytes);
    await insertDataset(route.db, { id, workspaceId, card, ref: basename(file), bytes, userId: actor?.id ?? '' });
  } catch (error) {
    await unlink(file).catch(() => undefined);
    throw error;
  }
  answerJson(response, 200, { card, notes });
}

const optional = <Name extends string>(name: Name, value: string | null | undefined) =>
  (value ? { [name]: value } : {}) as Partial<Record<Name, string>>;
