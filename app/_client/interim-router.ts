import { initTRPC } from '@trpc/server';
import superjson from 'superjson';
import type { DatasetCard } from '@/lib/datasets/card';
import type { Document } from '@/lib/graph/document';
import type {
  DatasetPreview,
  DocumentSummary,
  EngineStatus,
  RunSummary,
  RunUpdate,
  SessionInfo,
  StartRunResult,
} from '@/lib/protocol/service';

const t = initTRPC.create({ transformer: superjson });
const takes = <Input>() => t.procedure.input((value: unknown) => value as Input);
type Answer<Value> = () => Value;
const answer = (() => undefined) as unknown;

type From = { gallery: string } | { document: Document } | { empty: string };

export const router = t.router({
  session: { get: t.procedure.query(answer as Answer<SessionInfo>) },
  documents: {
    list: takes<{ workspaceId: string }>().query(answer as Answer<DocumentSummary[]>),
    create: takes<{ workspaceId: string; from: From }>().mutation(answer as Answer<DocumentSummary>),
    get: takes<{ id: string }>().query(answer as Answer<DocumentSummary>),
    rename: takes<{ id: string; title: string }>().mutation(answer as Answer<DocumentSummary>),
    remove: takes<{ id: string }>().mutation(answer as Answer<{ id: string }>),
    restore: takes<{ id: string }>().mutation(answer as Answer<{ id: string }>),
    duplicate: takes<{ id: string }>().mutation(answer as Answer<DocumentSummary>),
  },
  runs: {
    start: takes<{ documentId: string; preset?: string; seed?: number }>().mutation(answer as Answer<StartRunResult>),
    get: takes<{ id: string }>().query(answer as Answer<RunSummary>),
    list: takes<{ workspaceId: string; documentId?: string }>().query(answer as Answer<RunSummary[]>),
    pause: takes<{ id: string }>().mutation(answer as Answer<RunSummary>),
    resume: takes<{ id: string }>().mutation(answer as Answer<RunSummary>),
    cancel: takes<{ id: string }>().mutation(answer as Answer<RunSummary>),
    rename: takes<{ id: string; title: string }>().mutation(answer as Answer<RunSummary>),
    remove: takes<{ id: string }>().mutation(answer as Answer<{ id: string }>),
    watch: takes<{ id: string; lastEventId?: string | null }>().subscription(
      answer as Answer<AsyncIterable<RunUpdate>>,
    ),
  },
  datasets: {
    list: takes<{ workspaceId: string }>().query(answer as Answer<DatasetCard[]>),
    preview: takes<{ workspaceId: string; id: string }>().query(answer as Answer<DatasetPreview>),
    remove: takes<{ workspaceId: string; id: string }>().mutation(answer as Answer<{ id: string }>),
  },
  engine: { status: t.procedure.query(answer as Answer<EngineStatus>) },
});

export type AppRouter = typeof router;
