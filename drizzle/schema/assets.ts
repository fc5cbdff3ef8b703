import { bigint, index, json, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { AssetCard } from '@/lib/compile/asset-card';
import { user } from './user';
import { workspaces } from './workspaces';

/** An uploaded file of trained weights; documents name it `upload:<id>`. */
export const assets = pgTable(
  'assets',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** `json`: names of tensors come from people's files and may hold what `jsonb` refuses. */
    card: json('card').$type<AssetCard>().notNull(),
    /** Name of the file in the uploads folder. */
    ref: text('ref').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    createdBy: text('created_by').references(() => user.id, { onDelete: 'set null' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('assets_workspace').on(table.workspaceId)],
);
