import { sql } from 'drizzle-orm';
import { pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { user } from './user';

/** Everything belongs to a workspace. `personalOf`: the one that each user has from the first visit on. */
export const workspaces = pgTable(
  'workspaces',
  {
    id: text('id').primaryKey(),
    title: text('title').notNull(),
    personalOf: text('personal_of').references(() => user.id, { onDelete: 'set null' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex('workspaces_personal').on(table.personalOf).where(sql`${table.personalOf} is not null`)],
);
