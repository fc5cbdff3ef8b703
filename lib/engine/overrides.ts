import type { Num, Path, Program, ValueId } from '@/lib/compile/program';
import { makeCalendar } from './calendar';
import type { Checkpoint } from './checkpoint';
import { planProgram } from './plan';
import type { SavedState } from './run-state';
import type { TrainingRun } from './training-run';

/** What a person has set while a run trains, in the place of what its document says. */
export interface Overrides {
  /** By `overrideId`. */
  numbers: Record<ValueId, number>;
  length: Program['run']['length'] | null;
}

export const noOverrides = (): Overrides => ({ numbers: {}, length: null });

/** A live number of a node as a value of its own, like that of a clock. */
export const overrideId = (path: Path, param: string): ValueId => `override:${path}.${param}`;

/** The program with overrides in place; its hash stays that of the document's. `as`: how an overridden number is written. */
export function overriddenProgram(
  program: Program,
  { numbers, length }: Overrides,
  as: (id: ValueId, value: number) => Num,
): Program {
  const numberOf = (path: Path, param: string, given: Num): Num => {
    const id = overrideId(path, param);
    const value = numbers[id];
    return value === undefined ? given : as(id, value);
  };
  const own = <One extends { id: Path; numbers: Record<string, Num> }>(one: One): One => ({
    ...one,
    numbers: Object.fromEntries(
      Object.entries(one.numbers).map(([param, given]) => [param, numberOf(one.id, param, given)]),
    ),
  });
  return {
    ...program,
    ops: program.ops.map(own),
    bodies: Object.fromEntries(
      Object.entries(program.bodies).map(([path, body]) => [path, { ...body, ops: body.ops.map(own) }]),
    ),
    tasks: program.tasks.map((task) => {
      if (task.do !== 'update') return task;
      const clip = task.clip && { ...task.clip, at: numberOf(task.id, 'clipAt', task.clip.at) };
      return { ...own(task), ...(clip ? { clip } : {}) };
    }),
    run: length === null ? program.run : { ...program.run, length },
  };
}

/** The program as it was at a checkpoint, with what people had set as plain numbers. */
export const programAsSet = (program: Program, { state }: Pick<Checkpoint, 'state'>): Program =>
  overriddenProgram(program, { ...noOverrides(), ...savedOverrides(state) }, (_, value) => value);

/** Checkpoints of earlier versions have none. */
const savedOverrides = (state: Checkpoint['state']): Partial<Overrides> | undefined =>
  (state as unknown as SavedState).progress.overrides;

/**
 * Puts the overrides of a run's progress in place. Overridden numbers go to compiled steps with each call, like those of
 * schedules: only the first change of a number is traced anew.
 */
export function applyOverrides(run: TrainingRun): void {
  const { overrides } = run.progress;
  run.program = overriddenProgram(run.original, overrides, (id) => id);
  run.plan = planProgram(run.program, run.plan.kinds);
  run.calendar = makeCalendar(run.program, run.datasets);
  run.branches = Object.keys(overrides.numbers).sort().join();
  run.live.clear();
  // What was saved was computed with other numbers.
  run.graphs.saved = null;
}
