import type { RunCommand, RunEvent } from '@/lib/protocol/run-event';
import { liveNumbersOf } from './live-numbers';
import { applyOverrides, overrideId } from './overrides';
import type { TrainingRun } from './training-run';

/** A command with its number, which counts from 1 without gaps. */
export interface NumberedCommand {
  n: number;
  command: RunCommand;
}

export type CommandEvent = Extract<RunEvent, { type: 'command' }>;

/**
 * What people ask of a run while it trains, in order. A command takes effect between two iterations; which ones, the log
 * says. A run that is taken up again obeys the commands of its log where it did the first time, then those that came since.
 */
export class RunCommands {
  private readonly logged: ReadonlyMap<number, CommandEvent>;

  /** `log`: what earlier slices have done, also after the checkpoint. */
  constructor(
    private readonly run: TrainingRun,
    log: readonly CommandEvent[],
    private readonly asked: () => readonly NumberedCommand[],
  ) {
    this.logged = new Map(log.map((event) => [event.n, event]));
  }

  /** The next command, where it takes effect before an iteration. */
  at(iteration: number): NumberedCommand | undefined {
    const n = this.run.progress.commands + 1;
    const logged = this.logged.get(n);
    if (logged) return logged.iteration === iteration ? logged : undefined;
    return this.asked().find((one) => one.n === n);
  }

  /**
   * Does the next command; of a step it only notes which updates the next iteration makes, and where there is none to come
   * (`over`), nothing. Answers its event.
   */
  take({ n, command }: NumberedCommand, over: boolean): CommandEvent {
    const { run } = this;
    const { progress } = run;
    progress.commands = n;
    if (command.do === 'set') {
      const id = overrideId(command.path, command.param);
      if (command.value === null) delete progress.overrides.numbers[id];
      else progress.overrides.numbers[id] = command.value;
      applyOverrides(run);
    } else if (command.do === 'length') {
      progress.overrides.length = command.length;
      applyOverrides(run);
      // What is over cannot be shortened: the run ends with the next iteration.
      if (run.calendar.iterations <= progress.iteration) {
        progress.overrides.length = { iterations: progress.iteration + 1 };
        applyOverrides(run);
      }
    }
    const { iteration } = progress;
    if (command.do === 'step' && command.update !== null && !over) run.steps.set(iteration, command.update);
    const { epoch } = run.calendar.moment(iteration);
    const { iterations, epochs } = run.calendar;
    const text = command.do === 'step' && over ? 'No step is left: the training is over' : describe(run, command);
    return { type: 'command', iteration, epoch, n, command, text, iterations, epochs };
  }
}

/** `Learning rate of Adam: 0.01`, `A single step of D alone`. */
function describe({ original, plan }: TrainingRun, command: RunCommand): string {
  if (command.do === 'step') {
    const task = plan.updates.find((update) => update.task.id === command.update)?.task;
    return task ? `A single step of ${task.name ?? task.id} alone` : 'A single step';
  }
  if (command.do === 'length') {
    const [unit, length] = Object.entries(command.length)[0] ?? [];
    return `Length: ${length} ${unit}`;
  }
  const { path, param, value } = command;
  const number = liveNumbersOf(original, plan.kinds).find((one) => one.path === path && one.param === param);
  return `${number?.title ?? param} of ${number?.name ?? path}: ${value ?? 'as in the document'}`;
}
