import { required } from '@/lib/base/invariant';
import type { Op, VariableId } from '@/lib/compile/program';
import type { Tensor } from '@/lib/nodes/kind';
import type { Moment } from './calendar';
import { computeGradients } from './compute-gradients';
import { fetchBatch } from './fetch-batch';
import type { UpdatePlan } from './plan';
import { clocksAt, liveRun, randomFor, type TrainingRun } from './training-run';

/** The first place where numbers stop being finite. */
export interface BadPlace {
  op: Op;
  what: 'output' | 'gradient' | 'weights';
  iteration: number;
}

/**
 * Replays an update op by op to name the first bad node. Where the weights were bad already, the iteration before,
 * which made them, is replayed from `before`: the variables at its start.
 */
export function findBadNode(
  run: TrainingRun,
  update: UpdatePlan,
  moment: Moment,
  before: ReadonlyMap<VariableId, Tensor> | null,
): BadPlace | null {
  const { variables } = run.device;
  const bad = [...variables].filter(([, tensor]) => !allFinite(run, tensor)).map(([id]) => id);
  if (bad.length === 0) return replay(run, update, moment, variables);
  if (before && moment.iteration > 0) {
    const previous = run.calendar.moment(moment.iteration - 1);
    for (const other of run.plan.updates) {
      const found = replay(run, other, previous, before);
      if (found) return found;
    }
  }
  const op = run.program.ops.find((one) => Object.values(one.uses).some((id) => bad.includes(id)));
  return op ? { op, what: 'weights', iteration: moment.iteration } : null;
}

function replay(
  whole: TrainingRun,
  { task }: UpdatePlan,
  moment: Moment,
  variables: ReadonlyMap<VariableId, Tensor>,
): BadPlace | null {
  const clocks = clocksAt(whole, moment);
  const run = liveRun(whole, clocks);
  const { tf } = run.host;
  const update = required(
    run.plan.updates.find((one) => one.task.id === task.id),
    task.id,
  );
  let place: BadPlace | null = null;
  const live = run.device.variables;
  tf.tidy(() => {
    run.device.variables = new Map(variables);
    try {
      const values = fetchBatch(run, moment, clocks);
      const computed = computeGradients(update, {
        tf,
        kinds: run.plan.kinds,
        ops: run.plan.ops,
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
      computed.dispose();
    } finally {
      run.device.variables = live;
    }
  });
  return place;
}

function allFinite(run: TrainingRun, tensor: Tensor): boolean {
  if (tensor.dtype !== 'float32') return true;
  const { tf } = run.host;
  return tf.tidy(() => tf.all(tf.isFinite(tensor)).dataSync()[0] === 1);
}
