'use client';
import { Button, Loader } from '@mantine/core';
import { IconFileUnknown } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { readableError } from '@/app/_client/readable-error';
import { SessionGate, useKnownSession } from '@/app/_client/session-gate';
import { type ServiceClient, useTRPCClient } from '@/app/_client/trpc';
import { PREVIEW_RUN } from '@/app/_preview/preview';
import { EmptyState } from '@/app/_ui/empty-state';
import { showToast } from '@/app/_ui/toast';
import type { AssetCard } from '@/lib/compile/asset-card';
import type { DatasetCard } from '@/lib/datasets/card';
import type { DocumentDetail, SessionInfo } from '@/lib/protocol/service';
import { kindDocs } from './model/kind-catalogues';
import { Editor } from './shell/editor';
import { deviceName, useEngineStatus } from './shell/engine-status';
import classes from './shell/shell.module.css';
import { type Connection, connectDocument } from './state/connect-document';
import { createEditor } from './state/create-editor';
import type { EditorServices, Editor as EditorValue } from './state/editor-context';
import { sharePresence } from './state/share-presence';
import { uploadWeights } from './state/upload-weights';

/** What comes after the editor's first picture. */
const loadRunPanel = () => import('@/app/_runs/run-panel').then((module) => module.RunPanel);
const RunPanel = dynamic(loadRunPanel, {
  ssr: false,
  loading: () => <Waiting />,
});

const PreviewPanel = dynamic(() => import('@/app/_preview/preview-panel').then((module) => module.PreviewPanel), {
  ssr: false,
  loading: () => <Waiting />,
});
const DocumentRuns = dynamic(() => import('./runs/document-runs').then((module) => module.DocumentRuns), {
  ssr: false,
  loading: () => <Waiting />,
});
const Overlays = dynamic(() => import('@/app/_client/overlays').then((module) => module.Overlays), { ssr: false });
const FollowRun = dynamic(() => import('./runs/follow-run').then((module) => module.FollowRun), { ssr: false });

/** Milliseconds after which the editor is drawn and the network free. */
const REST_AFTER = 800;

/** What is likely to be wanted next: a node is selected, read about, and run. */
const loadRest = () => Promise.all([loadRunPanel(), import('./inspector/node-panel')]);

/** The editor on a document of the service. */
export function DocumentEditor({ documentId }: { documentId: string }) {
  return (
    <SessionGate waiting={<Waiting />}>
      <Opening documentId={documentId} />
    </SessionGate>
  );
}

const Waiting = () => (
  <div className={classes.waiting}>
    <Loader size={24} color="gray" aria-label="Opening" />
  </div>
);

type Opened = { editor: EditorValue } | { error: string } | null;

function Opening({ documentId }: { documentId: string }) {
  const client = useTRPCClient();
  const session = useKnownSession();
  const router = useRouter();
  const queries = useQueryClient();
  const detail = useQuery({
    queryKey: ['document', documentId],
    queryFn: () => client.documents.get.query({ id: documentId }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const [opened, setOpened] = useState<Opened>(null);
  const document = detail.data;
  useEffect(() => {
    if (!document) return;
    const started = open(documentId, document, session, client, {
      goTo: router.push,
      refreshLibrary: (workspaceId) => queries.invalidateQueries({ queryKey: libraryKey(workspaceId) }),
      refreshAssets: (workspaceId) => queries.invalidateQueries({ queryKey: assetsKey(workspaceId) }),
    });
    let stopped = false;
    const { workspaceId } = document;
    const assets = client.assets.list.query({ workspaceId });
    Promise.all([started.connection.ready, listCards(client, workspaceId), assets])
      .then(([, cards, files]) => !stopped && setOpened({ editor: started.begin(cards, files) }))
      .catch((error: unknown) => !stopped && setOpened({ error: readableError(error) }));
    return () => {
      stopped = true;
      started.stop();
      setOpened(null);
    };
  }, [documentId, document, session, client, router, queries]);
  const [quiet, setQuiet] = useState(false);
  const ready = opened !== null && 'editor' in opened;
  useEffect(() => {
    if (!ready) return;
    const timer = setTimeout(() => {
      setQuiet(true);
      void loadRest();
      void queries.prefetchQuery(kindDocs);
    }, REST_AFTER);
    return () => clearTimeout(timer);
  }, [ready, queries]);
  const problem = detail.isError ? readableError(detail.error) : opened && 'error' in opened ? opened.error : null;
  if (problem) {
    return (
      <EmptyState
        page
        tone="error"
        icon={<IconFileUnknown size={18} stroke={1.75} />}
        title="This document cannot be opened"
        text={problem}
        actions={
          <Button component={Link} href="/documents">
            To my documents
          </Button>
        }
      />
    );
  }
  if (!opened || !('editor' in opened) || !document) return <Waiting />;
  return (
    <>
      <FreshCards editor={opened.editor} workspaceId={document.workspaceId} />
      <FreshAssets editor={opened.editor} workspaceId={document.workspaceId} />
      <FreshLibrary editor={opened.editor} workspaceId={document.workspaceId} />
      <KnownDevice editor={opened.editor} />
      {quiet && (
        <>
          <FollowRun editor={opened.editor} />
          <Overlays />
        </>
      )}
      <Editor
        editor={opened.editor}
        slots={{
          runPanel: (run) =>
            run === PREVIEW_RUN ? <PreviewPanel preview={opened.editor.preview} /> : <RunPanel key={run} runId={run} />,
          runs: (show) => <DocumentRuns workspaceId={document.workspaceId} documentId={documentId} onOpen={show} />,
        }}
      />
    </>
  );
}

/** What the editor asks of the page around it. */
interface PageServices {
  goTo(address: string): void;
  refreshLibrary(workspaceId: string): Promise<void>;
  refreshAssets(workspaceId: string): Promise<void>;
}

/** Connects, and builds the editor once the document is here. */
function open(
  documentId: string,
  document: DocumentDetail,
  session: SessionInfo,
  client: ServiceClient,
  page: PageServices,
) {
  const connection = connectDocument(documentId, session.user.id, () =>
    showToast({
      text: 'Edits that had not reached the service yet were kept in this browser; they are back.',
      tone: 'ok',
    }),
  );
  const services = serve(documentId, document, session, client, connection, page);
  const ends: (() => void)[] = [() => connection.close()];
  return {
    connection,
    begin(cards: Cards, assets: AssetCard[]): EditorValue {
      const { awareness } = connection.provider;
      const { editor, stop } = createEditor({ documentId, doc: connection.doc, awareness, services });
      editor.documents.getState().setCards(cards);
      editor.documents.getState().setAssets(assets);
      ends.unshift(stop);
      if (awareness) ends.unshift(sharePresence(editor, awareness));
      return editor;
    },
    stop: () => {
      for (const end of ends) end();
    },
  };
}

function serve(
  documentId: string,
  document: DocumentDetail,
  session: SessionInfo,
  client: ServiceClient,
  connection: Connection,
  page: PageServices,
): EditorServices {
  const { workspaceId } = document;
  const { id, name, color } = session.user;
  return {
    me: { id, name, color },
    workspace: session.workspaces.find((workspace) => workspace.id === workspaceId)?.title ?? '',
    canEdit: document.role !== 'viewer',
    preview: (dataset) => client.datasets.preview.query({ workspaceId, id: dataset }).catch(() => null),
    rows: (dataset) => client.datasets.read.query({ workspaceId, id: dataset }),
    async uploadWeights(file) {
      const card = await uploadWeights(workspaceId, file);
      await page.refreshAssets(workspaceId);
      return card;
    },
    startRun: (options) => client.runs.start.mutate({ documentId, ...options }),
    async controlRun(run, action) {
      try {
        await client.runs[action].mutate({ id: run });
      } catch (error) {
        showToast({ text: readableError(error), tone: 'error' });
      }
    },
    versions: {
      list: () => client.versions.list.query({ documentId }),
      read: (version) => client.versions.get.query({ documentId, id: version }),
      async save(name) {
        await connection.flush();
        await client.versions.save.mutate({ documentId, name });
      },
      async rename(version, name) {
        await client.versions.rename.mutate({ documentId, id: version, name });
      },
      async remove(version) {
        await client.versions.remove.mutate({ documentId, id: version });
      },
    },
    async openDocument(value) {
      const made = await client.documents.create.mutate({ workspaceId, from: { document: value } });
      page.goTo(`/documents/${made.id}`);
    },
    library: {
      read: (block) => client.library.get.query({ workspaceId, id: block }),
      async publish(content, block) {
        const made = await client.library.publish.mutate({ workspaceId, content, ...(block ? { id: block } : {}) });
        await page.refreshLibrary(workspaceId);
        return made;
      },
      async remove(block) {
        await client.library.remove.mutate({ workspaceId, id: block });
        await page.refreshLibrary(workspaceId);
      },
    },
    flush: connection.flush,
    onSaveState: connection.onSaveState,
    saveState: connection.saveState,
  };
}

type Cards = Record<string, DatasetCard>;

const listCards = async (client: ServiceClient, workspaceId: string): Promise<Cards> =>
  Object.fromEntries((await client.datasets.list.query({ workspaceId })).map((card) => [card.id, card]));

/** The workspace's blocks, asked for again when the page has the focus: somebody may have published one. */
function FreshLibrary({ editor, workspaceId }: { editor: EditorValue; workspaceId: string }) {
  const client = useTRPCClient();
  const { data } = useQuery({
    queryKey: libraryKey(workspaceId),
    queryFn: () => client.library.list.query({ workspaceId }),
  });
  useEffect(() => {
    if (data) editor.documents.getState().setLibrary(data);
  }, [data, editor]);
  return null;
}

/** The workspace's files of trained weights, asked for again when the page has the focus. */
function FreshAssets({ editor, workspaceId }: { editor: EditorValue; workspaceId: string }) {
  const client = useTRPCClient();
  const { data } = useQuery({
    queryKey: assetsKey(workspaceId),
    queryFn: () => client.assets.list.query({ workspaceId }),
  });
  useEffect(() => {
    if (data) editor.documents.getState().setAssets(data);
  }, [data, editor]);
  return null;
}

const assetsKey = (workspaceId: string) => ['assets', workspaceId];

const libraryKey = (workspaceId: string) => ['library', workspaceId];

/** What trains here sets the limits of what fits. */
function KnownDevice({ editor }: { editor: EditorValue }) {
  const { data } = useEngineStatus();
  useEffect(() => {
    if (data?.memoryBytes)
      editor.documents.getState().setDevice({ name: deviceName(data.device), bytes: data.memoryBytes });
  }, [data, editor]);
  return null;
}

/** Asks for the workspace's data sets again when the page has the focus: an upload may have come. */
function FreshCards({ editor, workspaceId }: { editor: EditorValue; workspaceId: string }) {
  const client = useTRPCClient();
  const { data } = useQuery({ queryKey: ['cards', workspaceId], queryFn: () => listCards(client, workspaceId) });
  useEffect(() => {
    if (data) editor.documents.getState().setCards(data);
  }, [data, editor]);
  return null;
}
