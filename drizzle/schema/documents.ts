import { index, integer, json, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { Document } from '@/lib/graph/document';
import { bytea } from './bytea';
import { user } from './user';
import { workspaces } from './workspaces';

/**
 * A document: its Yjs state, which is the truth, and the plain JSON of the same moment, which lists and runs read. The
 * state is made once, with the document: two states made from one JSON would not merge.
 */
export const documents = pgTable(
  'documents',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    title: text('title').notNull(),
    /** Gallery entry it was made from. */
    origin: text('origin'),
    /** Nodes of the snapshot, so that lists need not read it. */
    nodes: integer('nodes').notNull(),
    yjs: bytea('yjs').notNull(),
    snapshot: json('snapshot').$type<Document>().notNull(),
    createdBy: text('created_by').references(() => user.id, { onDelete: 'set null' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
    /** In the bin since; null: in use. */
    deletedAt: timestamp('deleted_at', { withTimezone: true }),
  },
  (table) => [index('documents_workspace').on(table.workspaceId, table.updatedAt)],
);
