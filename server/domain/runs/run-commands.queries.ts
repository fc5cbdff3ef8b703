import { and, asc, count, eq, lt } from 'drizzle-orm';
import { runCommands } from '@/drizzle/schema/run-commands';
import { runEvents } from '@/drizzle/schema/run-events';
import type { CommandEvent, NumberedCommand } from '@/lib/engine/run-commands';
import type { RunCommand } from '@/lib/protocol/run-event';
import type { Queryable } from '@/server/db/database';
import { AppError } from '@/server/errors/app-error';

/** More than a person gives by hand. */
const MOST = 10_000;

/** All commands that were given to a run, in order. */
export const commandsOf = (db: Queryable, runId: string): Promise<NumberedCommand[]> =>
  db
    .select({ n: runCommands.n, command: runCommands.command })
    .from(runCommands)
    .where(eq(runCommands.runId, runId))
    .orderBy(asc(runCommands.n));

/** Adds a command to a run whose row the caller has locked. Throws `limit`. */
export async function addCommand(db: Queryable, runId: string, userId: string, command: RunCommand): Promise<void> {
  const [row] = await db.select({ rows: count() }).from(runCommands).where(eq(runCommands.runId, runId));
  const n = (row?.rows ?? 0) + 1;
  if (n > MOST)
    throw new AppError('limit', `The limit is ${MOST} changes of one run. Change the document, and branch off.`);
  await db.insert(runCommands).values({ runId, n, command, createdBy: userId });
}

/** Commands that a run has obeyed, as its log has them; `before`: seq of the first event that does not count. */
export async function commandLog(
  db: Queryable,
  runId: string,
  before = Number.MAX_SAFE_INTEGER,
): Promise<CommandEvent[]> {
  const rows = await db
    .select({ event: runEvents.event })
    .from(runEvents)
    .where(
      and(eq(runEvents.runId, runId), eq(runEvents.type, 'command'), lt(runEvents.seq, Math.min(before, 2 ** 31 - 1))),
    )
    .orderBy(asc(runEvents.seq));
  return rows.flatMap(({ event }) => (event.type === 'command' ? [event] : []));
}
