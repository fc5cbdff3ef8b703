import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Program } from '@/lib/compile/program';
import type { Document } from '@/lib/graph/document';
import type { RunProgress, RunStatus } from '@/lib/protocol/run-event';
import { documents } from './documents';
import { user } from './user';
import { workspaces } from './workspaces';

/** What the owner wants of a run; the slice's child obeys within a second. */
export type RunWants = 'go' | 'pause' | 'cancel';

/** Where a branch left another run; `names`: of that run's variables, by id. */
export interface RunOrigin {
  runId: string;
  /** Of that run in its document. */
  number: number;
  iteration: number;
  names: Record<string, string>;
}

/**
 * A training run: what was started (document and program of that moment), where it is, and who may write to it. Document and
 * program are `json`, not `jsonb`, which would reorder their members.
 */
export const runs = pgTable(
  'runs',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    /** Per document, from 1; of a search's child, within the search. */
    number: integer('number').notNull(),
    title: text('title').notNull(),
    document: json('document').$type<Document>().notNull(),
    program: json('program').$type<Program>().notNull(),
    hash: text('hash').notNull(),
    /** Names of the program's functions, which can be exported. */
    functions: json('functions').$type<string[]>().notNull(),
    /** The run that this one branched off; null also where that is removed. */
    parentId: text('parent_id').references((): AnyPgColumn => runs.id, { onDelete: 'set null' }),
    /** Of a branch: where it began. Its checkpoint is a blob of this run's own. */
    origin: jsonb('origin').$type<RunOrigin>(),
    /** Of a network that a search trains: the search's run, and what the child is known by there. */
    searchId: text('search_id').references((): AnyPgColumn => runs.id, { onDelete: 'cascade' }),
    childKey: text('child_key'),
    preset: text('preset'),
    seed: integer('seed').notNull(),
    /** Fixed by the first slice, since results depend on it. */
    threads: integer('threads'),
    status: text('status').$type<RunStatus>().notNull().default('queued'),
    /** One sentence for the reader where it failed, diverged or waits. */
    reason: text('reason'),
    wants: text('wants').$type<RunWants>().notNull().default('go'),
    progress: jsonb('progress').$type<RunProgress>(),
    /** Latest value by metric key. */
    metrics: jsonb('metrics').$type<Record<string, number | null>>().notNull().default({}),
    /**
     * Fencing token: each slice takes the next number, and every write of a slice names its own. A slice with an older
     * number is a zombie and is refused.
     */
    fence: bigint('fence', { mode: 'number' }).notNull().default(0),
    /** Slices begun, and those lost in a row without a new checkpoint. */
    slices: integer('slices').notNull().default(0),
    failures: integer('failures').notNull().default(0),
    createdBy: text('created_by').references(() => user.id, { onDelete: 'set null' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    startedAt: timestamp('started_at', { withTimezone: true }),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('runs_document_number').on(table.documentId, table.number).where(sql`search_id is null`),
    unique('runs_search_child').on(table.searchId, table.childKey),
    index('runs_workspace').on(table.workspaceId, table.createdAt),
    index('runs_status').on(table.status),
    index('runs_parent').on(table.parentId),
  ],
);
