import { integer, json, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { RunCommand } from '@/lib/protocol/run-event';
import { runs } from './runs';
import { user } from './user';

/** What people asked of a run while it trains, in order; the log says when each took effect. `n`: gapless from 1. */
export const runCommands = pgTable(
  'run_commands',
  {
    runId: text('run_id')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    n: integer('n').notNull(),
    command: json('command').$type<RunCommand>().notNull(),
    createdBy: text('created_by').references(() => user.id, { onDelete: 'set null' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.n] })],
);
