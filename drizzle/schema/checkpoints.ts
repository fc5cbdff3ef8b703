import { bigint, boolean, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { runs } from './runs';

/** A checkpoint that is whole in the blob store: the row is written after the blob. */
export const checkpoints = pgTable(
  'checkpoints',
  {
    runId: text('run_id')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    iteration: integer('iteration').notNull(),
    /** First event that a slice from here on writes. */
    seq: integer('seq').notNull(),
    /** Key in the blob store. */
    ref: text('ref').notNull(),
    best: boolean('best').notNull().default(false),
    /** Given by people, who want it kept. */
    name: text('name'),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.iteration] })],
);
