import { index, integer, json, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { LibraryContent } from '@/lib/graph/blocks/library-block';
import { user } from './user';
import { workspaces } from './workspaces';

/** Blocks that a workspace shares. `hash` says which content it is: documents that hold another one can be updated. */
export const libraryBlocks = pgTable(
  'library_blocks',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    title: text('title').notNull(),
    hash: text('hash').notNull(),
    nodes: integer('nodes').notNull(),
    content: json('content').$type<LibraryContent>().notNull(),
    publishedBy: text('published_by').references(() => user.id, { onDelete: 'set null' }),
    publishedAt: timestamp('published_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('library_blocks_workspace').on(table.workspaceId, table.title)],
);
