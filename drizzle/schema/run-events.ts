import { integer, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { RunEvent } from '@/lib/protocol/run-event';
import { runs } from './runs';

/** The append-only log of a run; `seq` is gapless from 0. Inserted with "on conflict do nothing". */
export const runEvents = pgTable(
  'run_events',
  {
    runId: text('run_id')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    seq: integer('seq').notNull(),
    type: text('type').$type<RunEvent['type']>().notNull(),
    event: json('event').$type<RunEvent>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.seq] })],
);
