import { eq, sql } from 'drizzle-orm';
import { runs } from '@/drizzle/schema/runs';
import type { Program } from '@/lib/compile/program';
import { liveNumbersOf } from '@/lib/engine/live-numbers';
import { faceKinds } from '@/lib/nodes/face-kinds';
import type { RunCommand, RunProgress, RunStatus } from '@/lib/protocol/run-event';
import type { Db } from '@/server/db/database';
import { AppError, notFound } from '@/server/errors/app-error';
import { notifyControl, notifyRun } from '@/server/events/notify';
import { addCommand } from './run-commands.queries';
import type { RunQueue } from './run-queue';
import { FINAL } from './run-summary';

/**
 * Gives a command to a run. Another number or length takes effect before its next iteration; a paused run makes one step
 * and pauses again. Throws `conflict` where the run has ended, or a step is asked of one that is not paused, and `invalid`
 * where the program has no such number or optimizer.
 */
export async function commandRun(
  db: Db,
  queue: RunQueue,
  { runId, userId, command }: { runId: string; userId: string; command: RunCommand },
): Promise<void> {
  await db.transaction(async (tx) => {
    const columns = { status: runs.status, program: runs.program, progress: runs.progress };
    const [run] = await tx.select(columns).from(runs).where(eq(runs.id, runId)).for('update');
    if (!run) throw notFound('run');
    checkStatus(run, command);
    checkCommand(run.program, command);
    await addCommand(tx, runId, userId, command);
    if (command.do === 'step') {
      // It still wants to pause: its slice makes the step and hands it back.
      await tx
        .update(runs)
        .set({ status: 'queued', wants: 'pause', reason: null, updatedAt: sql`now()` })
        .where(eq(runs.id, runId));
      await notifyRun(tx, runId, 'state');
    }
    await notifyControl(tx, runId);
  });
  if (command.do === 'step') await queue.enqueue(runId);
}

function checkStatus(
  { status, progress }: { status: RunStatus; progress: RunProgress | null },
  command: RunCommand,
): void {
  if (FINAL.includes(status))
    throw new AppError('conflict', `This run has ended (${status}). Branch off one of its checkpoints instead.`);
  if (command.do === 'step' && status !== 'paused')
    throw new AppError('conflict', `This run is ${status}. Pause it first, then step.`);
  if (command.do === 'step' && progress && progress.iteration >= (progress.iterations ?? Number.POSITIVE_INFINITY))
    throw new AppError('conflict', 'All iterations of this run are done. Resume it, so that it is tested and ends.');
}

function checkCommand(program: Program, command: RunCommand): void {
  if (command.do === 'step' && command.update !== null) {
    const updates = program.tasks.flatMap((task) => (task.do === 'update' ? [task.id] : []));
    if (!updates.includes(command.update))
      throw new AppError('invalid', `This run has no optimizer ${command.update}. It has ${updates.join(', ')}.`);
  }
  if (command.do === 'length' && 'epochs' in command.length && program.run.epochSource === null)
    throw new AppError('invalid', 'This run has no epochs, for no data set of it has an end. Give iterations.');
  if (command.do !== 'set') return;
  const { path, param, value } = command;
  const number = liveNumbersOf(program, faceKinds).find((one) => one.path === path && one.param === param);
  if (!number) throw new AppError('invalid', `There is no number ${param} of ${path} that may change.`);
  const { title, min, max } = number;
  if (value !== null && ((min !== null && value < min) || (max !== null && value > max)))
    throw new AppError('invalid', `${title} goes from ${min ?? 'any'} to ${max ?? 'any'}, not ${value}.`);
}
