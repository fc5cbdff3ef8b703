import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { weightsOf } from '@/lib/engine/call-function';
import { deleteAsset, insertAsset, workspaceAssets } from '@/server/domain/assets/assets.queries';
import { uploadAsset } from '@/server/domain/assets/upload-asset';
import type { LiveDocuments } from '@/server/domain/documents/live-documents';
import { exportRun } from '@/server/domain/runs/export-run';
import { startRun } from '@/server/domain/runs/start-run';
import { localFolder } from '@/server/storage/local-folder';
import { mlpDocument, testCards } from '@/tests/helpers/programs';
import { type TestWorkers, testWorkers } from '@/tests/helpers/worker';

let workers: TestWorkers;
beforeAll(async () => {
  workers = await testWorkers();
});
afterAll(() => workers.stop());

const document = () => mlpDocument('iris', 'features', [6, 3], { epochs: 4, batch: 30 });

test('a run starts from the exported weights of another one, once they are uploaded to its workspace', async () => {
  const { database, home, queue } = workers;
  const { db } = database;
  const parent = await workers.start(document());
  const { workspaceId, documentId } = await workers.ended(parent);
  const trained = weightsOf(await workers.checkpoint(parent));
  const blobs = localFolder(join(home, 'blobs'));
  const exported = await exportRun(
    { db, blobs, builtIn: () => testCards, tfjsBundle: '' },
    { runId: parent, format: 'safetensors' },
  );
  if (!('bytes' in exported)) throw new Error('refused');

  const next = document();
  for (const id of ['dense0', 'dense1']) Object.assign(next.graph.nodes[id] ?? {}, { start: { asset: 'upload:iris' } });
  Object.assign(next.graph.nodes.adam?.params ?? {}, { rate: 0 });
  const live = { read: async () => next } as unknown as LiveDocuments;
  const start = (workspace = workspaceId) =>
    startRun(
      { db, live, queue, builtIn: () => testCards },
      { documentId, workspaceId: workspace, userId: 'u1', seed: 9 },
    );
  expect(await start()).toMatchObject({ diagnostics: [{ code: 'asset-mismatch' }, { code: 'asset-mismatch' }] });

  const sent = exported.bytes;
  async function* body() {
    yield sent;
  }
  const folder = join(home, 'uploads');
  const taken = await uploadAsset({ id: 'iris', filename: 'C:\\weights\\iris.safetensors', body: body(), folder });
  if (!('card' in taken)) throw new Error(taken.diagnostics[0]?.message);
  const { card, file, bytes } = taken;
  await insertAsset(db, { id: 'iris', workspaceId, card, ref: basename(file), bytes, userId: 'u1' });
  expect(await workspaceAssets(db, workspaceId)).toMatchObject({
    'upload:iris': { title: 'iris.safetensors', tensors: { 'dense0/kernel': { shape: [4, 6], dtype: 'float32' } } },
  });

  const made = await start();
  if (!('runId' in made)) throw new Error(made.diagnostics[0]?.message);
  expect(await workers.ended(made.runId)).toMatchObject({ status: 'succeeded', reason: null });
  expect(weightsOf(await workers.checkpoint(made.runId))).toEqual(trained);

  // What another workspace holds is not here.
  await workers.start(document(), { workspace: 'w2', enqueue: false });
  expect(await start('w2')).toMatchObject({ diagnostics: [{ code: 'asset-mismatch' }, {}] });
  expect(await deleteAsset(db, 'w2', 'iris')).toBeNull();
  expect(await deleteAsset(db, workspaceId, 'iris')).toBe('iris.safetensors');
});
