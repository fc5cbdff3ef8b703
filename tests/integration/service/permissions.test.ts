import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { datasets } from '@/drizzle/schema/datasets';
import { runs } from '@/drizzle/schema/runs';
import type { DatasetCard } from '@/lib/datasets/card';
import { writeSafetensors } from '@/lib/export/safetensors/write-safetensors';
import { emptyDocument } from '@/lib/graph/document';
import { appRouter } from '@/server/api/router';
import type { Action } from '@/server/domain/permissions';
import { PERMISSIONS } from '@/server/domain/permissions';
import { insertRun } from '@/server/domain/runs/runs.queries';
import { homeOf, type TestService, testService, type Visitor } from '@/tests/helpers/service';

/**
 * Every procedure there is, called by everybody there is, on things of one workspace. A new procedure without a line
 * here fails the first test.
 */
type Who = 'stranger' | 'other guest' | 'viewer' | 'editor' | 'owner';
const EVERYBODY: Who[] = ['stranger', 'other guest', 'viewer', 'editor', 'owner'];

interface Things {
  workspaceId: string;
  document: string;
  version: string;
  shared: string;
  run: string;
  dataset: string;
}

let service: TestService;
let visitors: Record<Who, Visitor>;
let workspaceId: string;

beforeAll(async () => {
  service = await testService();
  const owner = await service.guest();
  workspaceId = await homeOf(owner);
  visitors = {
    stranger: service.stranger(),
    'other guest': await service.guest(),
    viewer: await service.member(workspaceId, 'viewer'),
    editor: await service.member(workspaceId, 'editor'),
    owner,
  };
});
afterAll(() => service.stop());

const READERS: Who[] = ['viewer', 'editor', 'owner'];
const WRITERS: Who[] = ['editor', 'owner'];
const SIGNED_IN: Who[] = ['other guest', ...READERS];

const BLOCK = {
  root: 'b0',
  blocks: { b0: { title: 'Two', inputs: [], outputs: [], params: {}, graph: { nodes: {}, edges: {} } } },
  layout: {},
};

type Client = Visitor['client'];
/** Who may, and the call. */
const MATRIX: Record<string, { may: Who[]; call(client: Client, things: Things): Promise<unknown> }> = {
  'session.get': { may: SIGNED_IN, call: (client) => client.session.get.query() },
  'gallery.list': { may: SIGNED_IN, call: (client) => client.gallery.list.query() },
  'engine.status': { may: SIGNED_IN, call: (client) => client.engine.status.query() },
  'workspaces.list': { may: SIGNED_IN, call: (client) => client.workspaces.list.query() },
  'workspaces.create': { may: SIGNED_IN, call: (client) => client.workspaces.create.mutate({ title: 'Another' }) },
  'documents.list': {
    may: READERS,
    call: (client, { workspaceId: id }) => client.documents.list.query({ workspaceId: id }),
  },
  'documents.create': {
    may: WRITERS,
    call: (client, { workspaceId: id }) => client.documents.create.mutate({ workspaceId: id, from: { empty: 'x' } }),
  },
  'documents.get': { may: READERS, call: (client, { document: id }) => client.documents.get.query({ id }) },
  'documents.rename': {
    may: WRITERS,
    call: (client, { document: id }) => client.documents.rename.mutate({ id, title: 'y' }),
  },
  'documents.remove': { may: WRITERS, call: (client, { document: id }) => client.documents.remove.mutate({ id }) },
  'documents.restore': { may: WRITERS, call: (client, { document: id }) => client.documents.restore.mutate({ id }) },
  'documents.duplicate': {
    may: WRITERS,
    call: (client, { document: id }) => client.documents.duplicate.mutate({ id }),
  },
  'versions.list': {
    may: READERS,
    call: (client, { document: documentId }) => client.versions.list.query({ documentId }),
  },
  'versions.get': {
    may: READERS,
    call: (client, { document: documentId, version: id }) => client.versions.get.query({ documentId, id }),
  },
  'versions.save': {
    may: WRITERS,
    call: (client, { document: documentId }) => client.versions.save.mutate({ documentId, name: 'v' }),
  },
  'versions.rename': {
    may: WRITERS,
    call: (client, { document: documentId, version: id }) =>
      client.versions.rename.mutate({ documentId, id, name: 'w' }),
  },
  'versions.remove': {
    may: WRITERS,
    call: (client, { document: documentId, version: id }) => client.versions.remove.mutate({ documentId, id }),
  },
  'library.list': {
    may: READERS,
    call: (client, { workspaceId: id }) => client.library.list.query({ workspaceId: id }),
  },
  'library.get': {
    may: READERS,
    call: (client, { workspaceId: workspace, shared: id }) => client.library.get.query({ workspaceId: workspace, id }),
  },
  'library.publish': {
    may: WRITERS,
    call: (client, { workspaceId: id }) => client.library.publish.mutate({ workspaceId: id, content: BLOCK }),
  },
  'library.remove': {
    may: WRITERS,
    call: (client, { workspaceId: workspace, shared: id }) =>
      client.library.remove.mutate({ workspaceId: workspace, id }),
  },
  'runs.start': {
    may: WRITERS,
    call: (client, { document }) => client.runs.start.mutate({ documentId: document }),
  },
  'runs.branch': {
    may: WRITERS,
    call: (client, { run: id }) => withoutCheckpoint(client.runs.branch.mutate({ id })),
  },
  'runs.settings': { may: READERS, call: (client, { run: id }) => client.runs.settings.query({ id }) },
  'runs.get': { may: READERS, call: (client, { run: id }) => client.runs.get.query({ id }) },
  'runs.list': { may: READERS, call: (client, { workspaceId: id }) => client.runs.list.query({ workspaceId: id }) },
  'runs.pause': { may: WRITERS, call: (client, { run: id }) => client.runs.pause.mutate({ id }) },
  'runs.resume': { may: WRITERS, call: (client, { run: id }) => client.runs.resume.mutate({ id }) },
  'runs.cancel': { may: WRITERS, call: (client, { run: id }) => client.runs.cancel.mutate({ id }) },
  'runs.command': {
    may: WRITERS,
    call: (client, { run: id }) => client.runs.command.mutate({ id, command: { do: 'step', update: null } }),
  },
  'runs.rename': { may: WRITERS, call: (client, { run: id }) => client.runs.rename.mutate({ id, title: 'z' }) },
  'runs.nameCheckpoint': {
    may: WRITERS,
    call: (client, { run: id }) =>
      withoutCheckpoint(client.runs.nameCheckpoint.mutate({ id, iteration: 0, name: 'c' })),
  },
  'runs.remove': { may: WRITERS, call: (client, { run: id }) => client.runs.remove.mutate({ id }) },
  'runs.watch': { may: READERS, call: (client, { run: id }) => firstItem(client, id) },
  'datasets.list': {
    may: READERS,
    call: (client, { workspaceId: id }) => client.datasets.list.query({ workspaceId: id }),
  },
  'datasets.preview': {
    may: READERS,
    call: (client, { workspaceId: id }) => client.datasets.preview.query({ workspaceId: id, id: 'iris' }),
  },
  'datasets.read': {
    may: READERS,
    call: (client, { workspaceId: id }) => client.datasets.read.query({ workspaceId: id, id: 'iris' }),
  },
  'assets.list': {
    may: READERS,
    call: (client, { workspaceId: id }) => client.assets.list.query({ workspaceId: id }),
  },
  'assets.remove': {
    may: WRITERS,
    call: (client, { workspaceId: id }) => client.assets.remove.mutate({ workspaceId: id, id: 'upload:none' }),
  },
  'datasets.remove': {
    may: WRITERS,
    call: (client, { workspaceId: id, dataset }) =>
      client.datasets.remove.mutate({ workspaceId: id, id: `upload:${dataset}` }),
  },
};

/** There is no checkpoint yet, which only those hear who may know of the run. */
const withoutCheckpoint = (answer: Promise<unknown>): Promise<unknown> =>
  answer.catch((error: unknown) => {
    if (codeOf(error) !== 'CONFLICT') throw error;
  });

function firstItem(client: Client, id: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const subscription = client.runs.watch.subscribe(
      { id },
      {
        onData(item) {
          subscription.unsubscribe();
          resolve(item);
        },
        onError: reject,
      },
    );
  });
}

/** Things of their own for each call, so that one call's changes are not the next one's. */
async function things(): Promise<Things> {
  const { db } = service.web.services.database;
  const { owner } = visitors;
  const { id: document } = await owner.client.documents.create.mutate({ workspaceId, from: { gallery: 'perceptron' } });
  const run = await insertRun(db, {
    title: null,
    workspaceId,
    documentId: document,
    userId: owner.userId,
    document: emptyDocument('As it was'),
    program: {
      hash: 'h',
      functions: [],
      seed: 1,
      ops: [],
      tasks: [],
      symbols: {},
      run: { length: { iterations: 1 } },
    } as never,
    preset: null,
    seed: 1,
  });
  // A paused run holds no place among those that a workspace may train at once.
  await db.update(runs).set({ status: 'paused' }).where(eq(runs.id, run));
  const dataset = `t${Math.random().toString(36).slice(2)}`;
  const card = { id: `upload:${dataset}`, title: 'Mine' } as DatasetCard;
  await db.delete(datasets);
  await db.insert(datasets).values({ id: dataset, workspaceId, title: 'Mine', card, ref: 'none.netdata', bytes: 1 });
  const version = (await owner.client.versions.save.mutate({ documentId: document, name: 'first' }))?.id ?? '';
  const { id: shared } = await owner.client.library.publish.mutate({ workspaceId, content: BLOCK });
  return { workspaceId, document, version, shared, run, dataset };
}

const codeOf = (error: unknown) => (error as { data?: { code?: string } }).data?.code;

test('the matrix names every procedure, and every procedure names its right', () => {
  const procedures = (
    appRouter as unknown as { _def: { procedures: Record<string, { _def: { meta?: { action?: Action } } }> } }
  )._def.procedures;
  expect(Object.keys(MATRIX).sort()).toEqual(Object.keys(procedures).sort());
  for (const [path, { _def }] of Object.entries(procedures)) {
    expect(PERMISSIONS, path).toHaveProperty([_def.meta?.action ?? 'none']);
  }
});

describe.each(Object.entries(MATRIX))('%s', (_, { may, call }) => {
  test.each(EVERYBODY)('%s', async (who) => {
    const made = await things();
    const { client } = visitors[who];
    if (may.includes(who)) {
      await call(client, made);
      return;
    }
    const refused = await call(client, made).then(
      () => 'answered',
      (error: unknown) => codeOf(error) ?? String(error),
    );
    // A missing right looks like a missing thing.
    expect(refused).toBe(who === 'stranger' ? 'UNAUTHORIZED' : 'NOT_FOUND');
    if (who !== 'stranger' && may !== SIGNED_IN) {
      const missing = {
        workspaceId: 'w-none',
        document: 'd-none',
        version: 'v-none',
        shared: 'l-none',
        run: 'r-none',
        dataset: 'none',
      };
      const none = await call(client, missing).catch((error: unknown) => codeOf(error));
      expect(none).toBe('NOT_FOUND');
    }
  });
});

describe('the routes beside the procedures', () => {
  test.each(EVERYBODY)('upload as %s', async (who) => {
    await things();
    const answer = await visitors[who].fetch(`/api/datasets?workspaceId=${workspaceId}`, {
      method: 'POST',
      headers: { 'x-filename': 'points.csv' },
      body: Array.from({ length: 40 }, (_, row) => (row ? `${row},${row % 2 ? 'a' : 'b'}` : 'x,kind')).join('\n'),
    });
    expect(answer.status).toBe(WRITERS.includes(who) ? 200 : who === 'stranger' ? 401 : 404);
  });

  test.each(EVERYBODY)('upload of weights as %s', async (who) => {
    const answer = await visitors[who].fetch(`/api/assets?workspaceId=${workspaceId}`, {
      method: 'POST',
      headers: { 'x-filename': 'w.safetensors' },
      body: Buffer.from(writeSafetensors({ w: { data: Float32Array.of(1), shape: [1] } }, {})),
    });
    expect(answer.status).toBe(WRITERS.includes(who) ? 200 : who === 'stranger' ? 401 : 404);
  });

  test.each(EVERYBODY)('export as %s', async (who) => {
    const { run } = await things();
    const answer = await visitors[who].fetch(`/api/runs/${run}/export/keras`);
    // Nothing is trained yet, which only those hear who may know of the run.
    expect(answer.status).toBe(READERS.includes(who) ? 409 : who === 'stranger' ? 401 : 404);
  });
});
