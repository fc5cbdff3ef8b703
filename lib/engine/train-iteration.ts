import { required } from '@/lib/base/invariant';
import type { Fold, ValueId, VariableId } from '@/lib/compile/program';
import type { HostTensor, Tensor } from '@/lib/nodes/kind';
import { applyUpdate } from './apply-update';
import type { Moment } from './calendar';
import { startCompiledIteration, type UpdateNumbers } from './compiled-iteration';
import { computeGradients, type Gradients } from './compute-gradients';
import { fetchBatch } from './fetch-batch';
import { addMeasure, measureFold, readMeasure, type Totals } from './fold-totals';
import type { UpdatePlan } from './plan';
import { dueUpdates } from './rewind';
import { download } from './state-tensors';
import { clocksAt, liveRun, randomFor, type TrainingRun } from './training-run';

/** What an iteration leaves behind for the log. */
export interface IterationResult {
  clocks: Map<ValueId, number>;
  /** Losses of the due updates, in order. */
  losses: { update: UpdatePlan; loss: number }[];
  /** Folds of this batch alone. */
  measured: [Fold, Totals][];
  /** Updates whose loss was not finite; nothing of theirs was applied, unless the run ends with it. */
  bad: UpdatePlan[];
}

/** An iteration under way. Where it is compiled, the next may be started before this one ends. */
export interface StartedIteration {
  moment: Moment;
  began: number;
  result: Promise<IterationResult>;
  /** Where it ran eagerly: the variables at its start, and those of them that it replaced, which are the caller's now. */
  eager: { before: Map<VariableId, Tensor>; replaced: Tensor[] } | null;
}

/**
 * Starts an iteration: fetch, then the due updates in order, each seeing the earlier ones; or together, all gradients
 * first. An update whose loss is not finite is left out and reported; with `stop` nothing after it counts.
 */
export function startIteration(whole: TrainingRun, moment: Moment): StartedIteration {
  const began = whole.host.now();
  const clocks = clocksAt(whole, moment);
  const run = liveRun(whole, clocks);
  const due = dueUpdates(run, moment.iteration);
  const compiled = startCompiledIteration(run, due, moment, clocks);
  const result = (numbers: UpdateNumbers[]): IterationResult => gatherResult(run, clocks, moment, numbers);
  if (compiled) return { moment, began, result: compiled.then(result), eager: null };
  run.graphs.saved = null;
  const eager = { before: new Map(run.device.variables), replaced: [] };
  const numbers = runEagerly(run, due, moment, clocks, eager.replaced);
  return { moment, began, result: Promise.resolve(result(numbers)), eager };
}

function gatherResult(
  run: TrainingRun,
  clocks: Map<ValueId, number>,
  moment: Moment,
  numbers: readonly UpdateNumbers[],
): IterationResult {
  const { plan, program } = run;
  const result: IterationResult = { clocks, losses: [], measured: [], bad: [] };
  for (const { update, loss, measured } of numbers) {
    result.losses.push({ update, loss });
    if (Number.isFinite(loss)) {
      for (const [fold, parts] of measured)
        result.measured.push([fold, readMeasure(plan.kinds, fold, parts, moment.batch)]);
      continue;
    }
    result.bad.push(update);
    if (update.task.nonFinite === 'stop' && program.run.updates !== 'together') break;
  }
  return result;
}

/** Adds what an iteration measured to the totals of the run. */
export function addMeasured({ plan, progress }: TrainingRun, { measured }: IterationResult): void {
  for (const [fold, totals] of measured)
    progress.folds[fold.id] = addMeasure(plan.kinds, fold, progress.folds[fold.id], totals);
}

function runEagerly(
  run: TrainingRun,
  due: readonly UpdatePlan[],
  moment: Moment,
  clocks: Map<ValueId, number>,
  old: Tensor[],
): UpdateNumbers[] {
  const { plan, host, device, program } = run;
  const { tf } = host;
  const numbers: UpdateNumbers[] = [];
  tf.tidy(() => {
    const values = fetchBatch(run, moment, clocks);
    const evaluate = (update: UpdatePlan): Gradients =>
      computeGradients(update, {
        tf,
        kinds: plan.kinds,
        ops: plan.ops,
        specs: program.values,
        bodies: program.bodies,
        variables: device.variables,
        values,
        clocks,
        batch: moment.batch,
        random: randomFor(run, 'train', moment.iteration),
      });
    const settle = (update: UpdatePlan, computed: Gradients): boolean => {
      const { task } = update;
      const loss = computed.loss.dataSync()[0] ?? Number.NaN;
      const finite = Number.isFinite(loss);
      const measured = (fold: Fold): Record<string, HostTensor> =>
        onHost(measureFold(tf, plan.kinds, fold, computed.measured, moment.batch));
      numbers.push({ update, loss, measured: finite ? update.folds.map((fold) => [fold, measured(fold)]) : [] });
      const optimizer = required(device.optimizers.get(task.id), task.id);
      if (finite) applyUpdate(tf, update, computed, { clocks }, { variables: device.variables, optimizer }, old);
      computed.dispose();
      return finite || task.nonFinite === 'retire';
    };
    if (program.run.updates === 'together') {
      const all = due.map((update) => [update, evaluate(update)] as const);
      for (const [update, computed] of all) settle(update, computed);
    } else {
      for (const update of due) if (!settle(update, evaluate(update))) break;
    }
  });
  return numbers;
}

export const onHost = (tensors: Record<string, Tensor>): Record<string, HostTensor> =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, download(tensor)]));
