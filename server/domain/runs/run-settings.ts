import { asc, eq } from 'drizzle-orm';
import { checkpoints } from '@/drizzle/schema/checkpoints';
import { runs } from '@/drizzle/schema/runs';
import type { DatasetCard } from '@/lib/datasets/card';
import { plannedCalendar } from '@/lib/engine/calendar';
import { liveNumbersOf } from '@/lib/engine/live-numbers';
import { faceKinds } from '@/lib/nodes/face-kinds';
import type { RunSettings } from '@/lib/protocol/service';
import type { Queryable } from '@/server/db/database';
import { notFound } from '@/server/errors/app-error';
import { uploadedCards } from '../datasets/datasets.queries';
import { commandsOf } from './run-commands.queries';
import { numberKey, settingsAfter } from './settings-after';

/** What a person may set of a run: live numbers and length, and the checkpoints it has. Throws `not-found`. */
export async function runSettings(
  db: Queryable,
  builtIn: Record<string, DatasetCard>,
  runId: string,
): Promise<RunSettings> {
  const columns = { program: runs.program, workspaceId: runs.workspaceId };
  const [run] = await db.select(columns).from(runs).where(eq(runs.id, runId));
  if (!run) throw notFound('run');
  const { program } = run;
  const rows = await db
    .select({
      iteration: checkpoints.iteration,
      best: checkpoints.best,
      name: checkpoints.name,
      createdAt: checkpoints.createdAt,
    })
    .from(checkpoints)
    .where(eq(checkpoints.runId, runId))
    .orderBy(asc(checkpoints.iteration));
  const asked = settingsAfter((await commandsOf(db, runId)).map(({ command }) => command));
  const set = new Map(asked.numbers.map((number) => [numberKey(number), number.value]));
  const cards = { ...builtIn, ...(await uploadedCards(db, run.workspaceId)) };
  return {
    checkpoints: rows.map(({ createdAt, ...row }) => ({ ...row, createdAt: createdAt.toISOString() })),
    length: asked.length ?? program.run.length,
    iterationsPerEpoch: plannedCalendar(program, cards).iterationsPerEpoch,
    numbers: liveNumbersOf(program, faceKinds).map((number) => {
      const value = set.get(numberKey(number));
      return value === undefined ? number : { ...number, value };
    }),
    optimizers: program.tasks.flatMap((task) =>
      task.do === 'update' ? [{ path: task.id, name: task.name ?? task.id }] : [],
    ),
  };
}
