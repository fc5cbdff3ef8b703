import { required } from '@/lib/base/invariant';
import type { ValueId, VariableId } from '@/lib/compile/program';
import { oneMinus } from '@/lib/nodes/common/live';
import type { OptimizerContext, Tensor, Tf } from '@/lib/nodes/kind';
import type { Gradients } from './compute-gradients';
import { type OptimizerState, slotKey } from './device-state';
import { resolveNumber, resolveNumbers } from './evaluate-ops';
import type { ApplyInPlace } from './host';
import type { UpdatePlan } from './plan';
import { replace, type TensorMap } from './state-tensors';

/** What changes from iteration to iteration beside tensors; all of it tensors while a step is traced. */
export interface LiveValues {
  clocks: ReadonlyMap<ValueId, number | Tensor>;
  /** Applied updates of a variable after this one; default: counted in the optimizer's state. */
  t?: (id: VariableId) => Tensor;
  /** While a step is traced: by an op of the engine, where there is one. */
  apply?: ApplyInPlace;
}

/** What an update changes. */
export interface Changed {
  variables: TensorMap;
  optimizer: Omit<OptimizerState<TensorMap>, 'retired'>;
}

/**
 * Applies an update: mean over `accumulate` due iterations, clip, algorithm, writes of carries, averages. Tensors that
 * are replaced among the variables go to `old`, so that a bad iteration can be looked at again.
 */
export function applyUpdate(
  tf: Tf,
  update: UpdatePlan,
  computed: Pick<Gradients, 'gradients' | 'writes'>,
  live: LiveValues,
  state: Changed,
  old: Tensor[],
): void {
  const { task } = update;
  const { optimizer } = state;
  tf.tidy(() => {
    const gradients = gather(tf, update, computed.gradients, optimizer);
    if (gradients) {
      const clipped = clip(tf, update, gradients, live);
      task.weights.forEach((id, i) => {
        const gradient = clipped[i];
        if (gradient) step(tf, update, id, gradient, live, state, old);
      });
    }
    for (const [id, value] of computed.writes) replace(state.variables, id, value, tf, old);
    for (const average of task.averages) {
      // While gradients are gathered, weights stay, and so do their averages.
      if (!gradients && average.decay !== 0) continue;
      const decay = resolveNumber(average.decay, live.clocks);
      const mean = required(state.variables.get(average.variable), `variable ${average.variable}`);
      const value = required(state.variables.get(average.of), `variable ${average.of}`);
      const next = decay === 0 ? value.clone() : tf.add(tf.mul(mean, decay), tf.mul(value, oneMinus(tf, decay)));
      replace(state.variables, average.variable, next, tf, old);
    }
  });
}

/** The gradients to apply now, or null while they are still being gathered. */
function gather(
  tf: Tf,
  update: UpdatePlan,
  gradients: (Tensor | undefined)[],
  optimizer: Changed['optimizer'],
): (Tensor | undefined)[] | null {
  const { weights, accumulate } = update.task;
  if (accumulate <= 1) return gradients;
  weights.forEach((id, i) => {
    const gradient = gradients[i];
    if (!gradient) return;
    const sum = optimizer.accumulated.get(id);
    replace(optimizer.accumulated, id, sum ? tf.add(sum, gradient) : gradient.clone(), tf);
  });
  optimizer.gathered++;
  if (optimizer.gathered < accumulate) return null;
  const means = weights.map((id) => {
    const sum = optimizer.accumulated.get(id);
    return sum && tf.div(sum, accumulate);
  });
  optimizer.accumulated.clear();
  optimizer.gathered = 0;
  return means;
}

/** By value, by each tensor's norm, or by the norm of all together; a norm below the bound changes nothing. */
function clip(tf: Tf, update: UpdatePlan, gradients: (Tensor | undefined)[], live: LiveValues): (Tensor | undefined)[] {
  const rule = update.task.clip;
  if (!rule) return gradients;
  const at = resolveNumber(rule.at, live.clocks);
  const squares = (gradient: Tensor): Tensor => tf.sum(tf.square(gradient));
  const scale = (total: Tensor): Tensor => tf.div(at, tf.maximum(tf.sqrt(total), at));
  if (rule.by === 'value')
    return gradients.map((gradient) => gradient && tf.maximum(tf.minimum(gradient, at), tf.neg(at)));
  if (rule.by === 'norm') return gradients.map((gradient) => gradient && tf.mul(gradient, scale(squares(gradient))));
  const there = gradients.filter((gradient) => gradient !== undefined);
  if (there.length === 0) return gradients;
  const factor = scale(tf.addN(there.map(squares)));
  return gradients.map((gradient) => gradient && tf.mul(gradient, factor));
}

function step(
  tf: Tf,
  update: UpdatePlan,
  id: VariableId,
  gradient: Tensor,
  live: LiveValues,
  { variables, optimizer }: Changed,
  old: Tensor[],
): void {
  const { task } = update;
  const variable = required(variables.get(id), `variable ${id}`);
  const slots: Record<string, Tensor> = {};
  for (const [name, first] of Object.entries(update.optimizer.slots)) {
    const filled = first(task.params);
    if (filled === null) continue;
    slots[name] = optimizer.slots.get(slotKey(id, name)) ?? tf.fill(variable.shape, filled, 'float32');
  }
  const t = (optimizer.t.get(id) ?? 0) + 1;
  const context: OptimizerContext = {
    variable,
    gradient,
    slots,
    params: task.params,
    numbers: resolveNumbers(task.numbers, live.clocks),
    t: live.t?.(id) ?? t,
  };
  const next = live.apply?.(task.algorithm, context) ?? update.optimizer.update(tf, context);
  replace(variables, id, next.variable, tf, old);
  for (const [name, tensor] of Object.entries(next.slots)) replace(optimizer.slots, slotKey(id, name), tensor, tf);
  optimizer.t.set(id, t);
}
