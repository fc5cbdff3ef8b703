import { required } from '@/lib/base/invariant';
import type { ValueId, VariableId } from '@/lib/compile/program';
import type { Tensor, Tf } from '@/lib/nodes/kind';
import { evaluateOps, type Scope } from './evaluate-ops';
import type { Kinds, UpdatePlan } from './plan';
import type { TensorMap } from './state-tensors';

export interface UpdateInputs {
  tf: Tf;
  kinds: Kinds;
  ops: Scope['ops'];
  specs: Scope['specs'];
  bodies: Scope['bodies'];
  variables: Pick<TensorMap, 'get'>;
  /** Fetched values. */
  values: ReadonlyMap<ValueId, Tensor>;
  clocks: ReadonlyMap<ValueId, number | Tensor>;
  batch: number;
  random: Scope['random'];
  seen?: Scope['seen'];
}

/** What one evaluation of an update's slice gives; all of it is kept and must be disposed. */
export interface Gradients {
  /** Scalar. */
  loss: Tensor;
  /** Of the chosen weights; undefined where no gradient arrives, such as behind a switch. */
  gradients: (Tensor | undefined)[];
  /** New values of the carries that the task owns. */
  writes: Map<VariableId, Tensor>;
  /** Values that the task's folds measure. */
  measured: Map<ValueId, Tensor>;
  dispose(): void;
}

/**
 * Evaluates an update's slice in training mode and differentiates its loss for the chosen weights only. What no chosen
 * weight reaches runs before the tape.
 */
export function computeGradients(update: UpdatePlan, inputs: UpdateInputs): Gradients {
  const { tf, variables } = inputs;
  const { task } = update;
  const owned = new Map(task.writes.map((write) => [`${write.by}#${write.slot}`, write.variable]));
  const writes = new Map<VariableId, Tensor>();
  const measured = new Map<ValueId, Tensor>();
  const wanted = new Set(update.folds.flatMap((fold) => Object.values(fold.in).flat()));
  /** Variables themselves are nobody's to dispose of. */
  const untouched = new Set<Tensor>();
  const read = (id: VariableId): Tensor => {
    const tensor = required(variables.get(id), `variable ${id}`);
    untouched.add(tensor);
    return tensor;
  };
  const scope: Scope = {
    tf,
    kinds: inputs.kinds,
    ops: inputs.ops,
    specs: inputs.specs,
    bodies: inputs.bodies,
    mode: 'train',
    batch: inputs.batch,
    clocks: inputs.clocks,
    random: inputs.random,
    saw: new Map(),
    variable: (id) => writes.get(id) ?? read(id),
    write(op, slot, value) {
      const variable = owned.get(`${op.id}#${slot}`);
      if (variable === undefined) return;
      const before = writes.get(variable);
      writes.set(variable, tf.keep(value));
      if (before !== undefined && before !== value) replaced.push(before);
    },
    ...(inputs.seen ? { seen: inputs.seen } : {}),
  };
  const replaced: Tensor[] = [];
  const weights = task.weights.map(read);
  const result = tf.tidy(() => {
    const values = new Map(inputs.values);
    evaluateOps(update.free, values, scope);
    const { value, grads } = tf.engine().gradients(
      () => {
        const own = new Map(values);
        evaluateOps(update.taped, own, { ...scope, taped: update.reached });
        for (const id of wanted) {
          const tensor = own.get(id);
          if (tensor !== undefined) measured.set(id, inputs.values.has(id) ? tensor : tf.keep(tensor));
        }
        return required(own.get(task.loss), `loss ${task.loss}`);
      },
      weights,
      undefined,
      true,
    );
    const gradients = (grads as (Tensor | undefined)[]).map((gradient) => gradient && tf.keep(gradient));
    return { loss: tf.keep(value), gradients };
  });
  return {
    ...result,
    writes,
    measured,
    dispose() {
      const gone = new Set<Tensor>([result.loss]);
      for (const [id, tensor] of measured) if (!inputs.values.has(id)) gone.add(tensor);
      for (const gradient of result.gradients) if (gradient) gone.add(gradient);
      for (const tensor of [...replaced, ...writes.values()]) gone.add(tensor);
      for (const tensor of untouched) gone.delete(tensor);
      // What was applied belongs to the state now.
      for (const id of writes.keys()) gone.delete(variables.get(id) as Tensor);
      for (const tensor of gone) tensor.dispose();
    },
  };
}
