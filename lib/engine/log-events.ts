import type { VariableId } from '@/lib/compile/program';
import type { Tensor } from '@/lib/nodes/kind';
import type { RunEvent } from '@/lib/protocol/run-event';
import type { Moment } from './calendar';
import { findBadNode } from './find-bad-node';
import { foldResults } from './fold-totals';
import type { UpdatePlan } from './plan';
import type { IterationResult } from './train-iteration';
import type { TrainingRun } from './training-run';

/** The first event of a log. */
export function startedEvent(run: TrainingRun, metricsEvery: number): RunEvent {
  const { host, program, calendar } = run;
  const learnt = program.variables.filter((variable) => variable.dtype === 'float32' && !variable.resets);
  return {
    type: 'started',
    hash: program.hash,
    seed: run.seed,
    engine: host.engine,
    device: host.device,
    threads: host.threads,
    iterations: calendar.iterations,
    iterationsPerEpoch: calendar.iterationsPerEpoch,
    epochs: calendar.epochs,
    batch: calendar.batch,
    parameters: learnt.reduce((sum, { shape }) => sum + shape.reduce((size, length) => size * length, 1), 0),
    metricsEvery,
  };
}

/** Metrics of one batch: losses, folds that are numbers, and the clocks as `rate.<name>`. */
export function metricsOf(run: TrainingRun, result: IterationResult, moment: Moment): RunEvent {
  const { values } = foldResults(run.plan, run.datasets, 'train', result.measured);
  const first = result.losses.find(({ update }) => update.task.id === run.plan.updates[0]?.task.id);
  if (first && values['train.loss'] === undefined)
    values['train.loss'] = Number.isFinite(first.loss) ? first.loss : null;
  for (const clock of run.plan.clocks) {
    for (const [at, [port, id]] of Object.entries(clock.out).entries()) {
      const value = result.clocks.get(id);
      if (value !== undefined) values[`rate.${clock.name}${at === 0 ? '' : `.${port}`}`] = value;
    }
  }
  return { type: 'metrics', iteration: moment.iteration, epoch: moment.epoch, values };
}

export async function badEvent(
  run: TrainingRun,
  update: UpdatePlan,
  moment: Moment,
  before: Map<VariableId, Tensor> | null,
): Promise<RunEvent> {
  const place = await findBadNode(run, update, moment, before);
  const where = !place
    ? ''
    : place.what === 'output'
      ? ` The first bad number came out of “${place.op.name}”.`
      : ` The ${place.what === 'gradient' ? 'gradient for the weights' : 'weights'} of “${place.op.name}” went bad first.`;
  return {
    type: 'message',
    iteration: moment.iteration,
    epoch: moment.epoch,
    level: 'error',
    code: 'not-finite',
    text: `The loss is no longer a finite number in iteration ${moment.iteration + 1}.${where} Try a smaller learning rate, or clip the gradients.`,
    ...(place ? { node: place.op.id } : {}),
  };
}

export const eagerEvent = (reason: string, at: { iteration: number; epoch: number }): RunEvent => ({
  type: 'message',
  ...at,
  level: 'info',
  code: 'eager',
  text: `A step of this run cannot be compiled, because ${reason}. It runs op by op: the same numbers, more slowly.`,
});

export const retiredEvent = (update: UpdatePlan, moment: Moment): RunEvent => ({
  type: 'message',
  iteration: moment.iteration,
  epoch: moment.epoch,
  level: 'warning',
  code: 'retired',
  text: `The loss of “${update.task.name ?? update.task.id}” is no longer a finite number; it stops here, the others go on.`,
  node: update.task.id,
});

export function earlyStopEvent(run: TrainingRun, at: { iteration: number; epoch: number }): RunEvent {
  const { monitor } = run.progress;
  const metric = run.program.run.monitor?.metric ?? '';
  return {
    type: 'message',
    ...at,
    level: 'info',
    code: 'early-stop',
    text: `Stopped early: ${metric} has not improved since iteration ${monitor.iteration + 1}.`,
  };
}
