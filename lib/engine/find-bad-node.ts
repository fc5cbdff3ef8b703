import { required } from '@/lib/base/invariant';
import type { Op, VariableId } from '@/lib/compile/program';
import type { Tensor } from '@/lib/nodes/kind';
import { applyUpdate } from './apply-update';
import type { Moment } from './calendar';
import { computeGradients } from './compute-gradients';
import { fetchBatch } from './fetch-batch';
import type { UpdatePlan } from './plan';
import { dueUpdates, rewind } from './rewind';
import { StateTensors } from './state-tensors';
import { clocksAt, liveRun, randomFor, type TrainingRun } from './training-run';

/** The first place where numbers stop being finite. */
export interface BadPlace {
  op: Op;
  what: 'output' | 'gradient' | 'weights';
  iteration: number;
}

/**
 * Replays a bad iteration op by op to name the first bad node. Where the weights were bad already, the iteration before,
 * which made them, is replayed. `before`: variables at the start of that one, where iterations run eagerly; what compiled
 * ones had is computed again. The run is at its end: its state is not put back.
 */
export async function findBadNode(
  run: TrainingRun,
  update: UpdatePlan,
  moment: Moment,
  before: ReadonlyMap<VariableId, Tensor> | null,
): Promise<BadPlace | null> {
  const compiled = run.graphs.saved !== null;
  const due = dueUpdates(run, moment.iteration);
  const upTo = due.findIndex(({ task }) => task.id === update.task.id) + 1;
  if (compiled) await rewind(run, moment.iteration);
  const bad = [...run.device.variables].filter(([, tensor]) => !allFinite(run, tensor)).map(([id]) => id);
  if (bad.length === 0) return replay(run, moment, compiled ? due.slice(0, upTo) : [update], run.device.variables);
  const weights = run.program.ops.find((op) => Object.values(op.uses).some((id) => bad.includes(id)));
  const known: BadPlace | null = weights ? { op: weights, what: 'weights', iteration: moment.iteration } : null;
  if (moment.iteration === 0) return known;
  const previous = run.calendar.moment(moment.iteration - 1);
  if (compiled && !(await rewind(run, previous.iteration))) return known;
  const variables = compiled ? run.device.variables : copyOf(run, before);
  return (variables && replay(run, previous, dueUpdates(run, previous.iteration), variables)) ?? known;
}

function copyOf(run: TrainingRun, before: ReadonlyMap<VariableId, Tensor> | null): StateTensors | null {
  if (!before) return null;
  const variables = new StateTensors(run.host.tf, '', () => null);
  for (const [id, tensor] of before) variables.set(id, tensor);
  return variables;
}

/** Updates one after the other, until one has a bad number in it. */
function replay(
  whole: TrainingRun,
  moment: Moment,
  updates: readonly UpdatePlan[],
  variables: StateTensors,
): BadPlace | null {
  const clocks = clocksAt(whole, moment);
  const run = liveRun(whole, clocks);
  const { tf } = run.host;
  let place: BadPlace | null = null;
  const live = run.device.variables;
  const old: Tensor[] = [];
  tf.tidy(() => {
    run.device.variables = variables;
    try {
      const values = fetchBatch(run, moment, clocks);
      for (const { task } of updates) {
        const update = required(
          run.plan.updates.find((one) => one.task.id === task.id),
          task.id,
        );
        const computed = computeGradients(update, {
          tf,
          kinds: run.plan.kinds,
          ops: run.plan.ops,
          specs: run.program.values,
          bodies: run.program.bodies,
          variables,
          values,
          clocks,
          batch: moment.batch,
          random: randomFor(run, 'train', moment.iteration),
          seen(op, outputs) {
            if (place || Object.values(outputs).every((output) => allFinite(run, output))) return;
            place = { op, what: 'output', iteration: moment.iteration };
          },
        });
        // The gradient flows backwards: the bad one nearest to the loss came first.
        const ids = update.task.weights.filter((_, i) => {
          const gradient = computed.gradients[i];
          return gradient !== undefined && !allFinite(run, gradient);
        });
        const op = update.taped.findLast((one) => Object.values(one.uses).some((id) => ids.includes(id)));
        if (!place && op) place = { op, what: 'gradient', iteration: moment.iteration };
        const optimizer = required(run.device.optimizers.get(task.id), task.id);
        if (!place) applyUpdate(tf, update, computed, { clocks }, { variables, optimizer }, old);
        computed.dispose();
        if (place) break;
      }
    } finally {
      run.device.variables = live;
    }
  });
  for (const tensor of old) tensor.dispose();
  return place;
}

function allFinite(run: TrainingRun, tensor: Tensor): boolean {
  if (tensor.dtype !== 'float32') return true;
  const { tf } = run.host;
  return tf.tidy(() => tf.all(tf.isFinite(tensor)).dataSync()[0] === 1);
}
