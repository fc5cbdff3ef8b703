import { bigint, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { runs } from './runs';

/** How a slice ended. `yielded`: its time was up or its worker stopped; `lost`: its process was gone. */
export type SliceOutcome = 'finished' | 'paused' | 'yielded' | 'lost' | 'failed';

/** One uninterrupted piece of a run on a worker. A row without an end is at work now, or its process was lost. */
export const slices = pgTable(
  'slices',
  {
    runId: text('run_id')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    /** The run's fencing token while this slice is at work. */
    fence: bigint('fence', { mode: 'number' }).notNull(),
    /** Job of the queue that keeps it alive. */
    jobId: text('job_id').notNull(),
    host: text('host').notNull(),
    /** Process of the worker on that host. */
    pid: integer('pid').notNull(),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull().defaultNow(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    outcome: text('outcome').$type<SliceOutcome>(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.fence] }), index('slices_job').on(table.jobId)],
);
