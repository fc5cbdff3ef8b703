import { index, integer, json, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { Document } from '@/lib/graph/document';
import { documents } from './documents';
import { user } from './user';

/** A named state of a document that somebody kept. */
export const versions = pgTable(
  'versions',
  {
    id: text('id').primaryKey(),
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    nodes: integer('nodes').notNull(),
    snapshot: json('snapshot').$type<Document>().notNull(),
    createdBy: text('created_by').references(() => user.id, { onDelete: 'set null' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('versions_document').on(table.documentId, table.createdAt)],
);
