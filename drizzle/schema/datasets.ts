import { bigint, index, json, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { DatasetCard } from '@/lib/datasets/card';
import { user } from './user';
import { workspaces } from './workspaces';

/** An uploaded data set; documents name it `upload:<id>`. */
export const datasets = pgTable(
  'datasets',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    title: text('title').notNull(),
    /** `json`: class names come from people's files and may hold what `jsonb` refuses. */
    card: json('card').$type<DatasetCard>().notNull(),
    /** Key in the blob store. */
    ref: text('ref').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    createdBy: text('created_by').references(() => user.id, { onDelete: 'set null' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('datasets_workspace').on(table.workspaceId)],
);
