import type { Path, ValueId, VariableId } from '@/lib/compile/program';
import type { DatasetCard } from '@/lib/datasets/card';
import type { HostTensor } from '@/lib/nodes/kind';
import type { BranchMatch } from '@/lib/protocol/run-event';
import { plannedCalendar } from './calendar';
import type { Checkpoint } from './checkpoint';
import { slotKey } from './device-state';
import { initialValues } from './initial-values';
import { slotsOf, type UpdatePlan } from './plan';
import { freshProgress, type Next, type SavedState } from './run-state';
import { upload } from './state-tensors';
import type { TrainingRun } from './training-run';

/** Where a run begins that branches off another one. */
export interface Branch {
  /** Of the run that it leaves: its id, or its folder. */
  run: string;
  checkpoint: Checkpoint;
  /** Names of that run's variables, for the report. */
  names: Readonly<Record<VariableId, string>>;
}

/**
 * Why a program cannot branch off at an iteration, or null: a branch counts on from there, so its length must reach
 * further. The sentence is for the user.
 */
export function branchObstacle(
  program: TrainingRun['program'],
  cards: Readonly<Record<string, DatasetCard>>,
  iteration: number,
): string | null {
  const { iterations } = plannedCalendar(program, cards);
  if (iterations > iteration) return null;
  return `A branch counts on from where it leaves its run, at iteration ${iteration}, but this training ends after ${iterations}. Train for more epochs or iterations, or branch off earlier.`;
}

/**
 * Puts a run where another one's checkpoint stands. Variables are taken over by id where shape and type agree, those that
 * a node carries from batch to batch only together; an optimizer's slots and counts with its weight, where the algorithm
 * is the same. All else begins anew. The iteration counts on. An unchanged program goes on in everything, its
 * measurements included; a changed one begins to measure. What was taken over stands in the run's progress. `assets`: first
 * values of variables that are not taken over.
 */
export function startBranch(
  run: TrainingRun,
  { run: from, checkpoint, names }: Branch,
  assets: Readonly<Record<VariableId, HostTensor>>,
): void {
  const { program, plan, device, host } = run;
  const { tf } = host;
  const { tensors, iteration } = checkpoint;
  const before = checkpoint.state as unknown as SavedState;
  const same = checkpoint.hash === program.hash;

  const given = matchVariables(run, tensors);
  const first = initialValues(program.variables, run.seed, { ...assets, ...given });
  for (const [id, value] of first) device.variables.put(id, value);
  const name = (id: VariableId): string => plan.variables.get(id)?.name ?? names[id] ?? id;
  const variables: BranchMatch = {
    matched: Object.keys(given).map(name),
    fresh: program.variables.filter(({ id }) => !(id in given)).map((variable) => variable.name),
    dropped: namesUnder(tensors, 'variable:')
      .filter((id) => !(id in given))
      .map((id) => names[id] ?? id),
  };

  const slots: BranchMatch = { matched: [], fresh: [], dropped: [] };
  const taken = new Set<string>();
  for (const update of plan.updates) {
    const { task } = update;
    const kept = before.optimizers[task.id];
    const optimizer = device.optimizers.get(task.id);
    if (!optimizer) continue;
    const title = (id: VariableId, slot: string): string => `${task.name ?? task.id}: ${slot} of ${name(id)}`;
    for (const id of task.weights) {
      const own = slotTensors(update, id, tensors);
      const fits = kept?.algorithm === task.algorithm && id in given && own !== null;
      const named = slotsOf(update).map(([slot]) => title(id, slot));
      slots[fits ? 'matched' : 'fresh'].push(...named);
      if (!fits) continue;
      for (const [key, tensor] of own) {
        optimizer.slots.put(key, tensor);
        taken.add(`slot:${task.id}:${key}`);
      }
      const count = kept.t[id];
      if (count !== undefined) optimizer.t.set(id, count);
    }
    if (!kept) continue;
    if (same) optimizer.retired = kept.retired;
    const whole = task.weights.every((id) => id in given);
    if (!whole || kept.gathered === 0 || kept.gathered >= task.accumulate) continue;
    optimizer.gathered = kept.gathered;
    for (const id of task.weights) {
      const sum = tensors[`accumulated:${task.id}:${id}`];
      if (sum) optimizer.accumulated.put(id, sum);
    }
  }
  slots.dropped = namesUnder(tensors, 'slot:').filter((key) => !taken.has(`slot:${key}`));

  run.progress = { ...freshProgress(), iteration, next: nextOf(before.progress.next) };
  if (same) {
    const { overrides, ...measured } = structuredClone(before.progress);
    const { folds, metrics, history, validations, monitor, children, stoppedEarly } = measured;
    Object.assign(run.progress, { folds, metrics, history, validations, monitor, children, stoppedEarly });
    Object.assign(run.progress.overrides, overrides);
    for (const id of namesUnder(tensors, 'held:')) device.held.set(id, upload(tf, tensors[`held:${id}`] as HostTensor));
    const best = namesUnder(tensors, 'best:').map((id) => [id, tensors[`best:${id}`] as HostTensor] as const);
    if (best.length > 0) device.best = Object.fromEntries(best);
  }
  // What is fitted or held and could not be taken over is measured before the branch trains.
  if (isUnmeasured(run, given)) run.progress.next = 'start';
  run.progress.branch = { run: from, from: iteration, variables, slots };
}

/** Tensors of the checkpoint that become this run's variables. */
function matchVariables({ program }: TrainingRun, tensors: Checkpoint['tensors']): Record<VariableId, HostTensor> {
  const given: Record<VariableId, HostTensor> = {};
  const broken = new Set<Path>();
  for (const { id, shape, dtype, role } of program.variables) {
    const tensor = tensors[`variable:${id}`];
    const fits = tensor?.shape.join() === shape.join() && tensor.data instanceof Int32Array === (dtype === 'int32');
    if (fits) given[id] = tensor;
    else if (role === 'carry' || role === 'fitted') broken.add(ownerOf(id));
  }
  for (const { id, role } of program.variables)
    if ((role === 'carry' || role === 'fitted') && broken.has(ownerOf(id))) delete given[id];
  return given;
}

const ownerOf = (id: VariableId): Path => id.slice(0, id.lastIndexOf('#'));

/** All slots of a weight, or null where the checkpoint lacks one of this shape. */
function slotTensors(
  update: UpdatePlan,
  id: VariableId,
  tensors: Checkpoint['tensors'],
): [string, HostTensor][] | null {
  const found: [string, HostTensor][] = [];
  const shape = tensors[`variable:${id}`]?.shape.join();
  for (const [slot] of slotsOf(update)) {
    const key = slotKey(id, slot);
    const tensor = tensors[`slot:${update.task.id}:${key}`];
    if (!tensor || tensor.shape.join() !== shape) return null;
    found.push([key, tensor]);
  }
  return found;
}

/** Keys of the checkpoint that begin so, without that. */
const namesUnder = (tensors: Checkpoint['tensors'], prefix: string): string[] =>
  Object.keys(tensors).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));

/** What the run at the checkpoint had still to do belongs to its own log, but for a validation of these weights. */
const nextOf = (next: Next): Next => (next === 'start' || next === 'validate' ? next : 'iterate');

/** Whether something that a sweep over the training data gives is missing. */
function isUnmeasured({ program, device }: TrainingRun, given: Readonly<Record<VariableId, HostTensor>>): boolean {
  return program.folds.some(({ gives }) => {
    if ('held' in gives) return !device.held.has(gives.held as ValueId);
    return 'variables' in gives && gives.variables.some((id) => !(id in given));
  });
}
