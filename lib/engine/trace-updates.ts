import { required } from '@/lib/base/invariant';
import type { Path, ValueId, VariableId } from '@/lib/compile/program';
import type { Tensor } from '@/lib/nodes/kind';
import { applyUpdate, type Changed } from './apply-update';
import { computeGradients, type Gradients } from './compute-gradients';
import { evaluateOps } from './evaluate-ops';
import { drawnSources } from './fetch-batch';
import { measureFold } from './fold-totals';
import type { ApplyInPlace, Input, StepCompiler, StepResult } from './host';
import type { UpdatePlan } from './plan';
import type { TensorMap } from './state-tensors';
import { tracedScope } from './traced-scope';
import type { TrainingRun } from './training-run';

export interface TracedUpdates {
  compiler: StepCompiler;
  input: Input;
  apply: ApplyInPlace;
  batch: number;
  clocks: ReadonlyMap<ValueId, number>;
  /** Which of an update's numbers of applied updates a weight has. */
  group(update: UpdatePlan, id: VariableId): number;
  /** Variables that each update changes by its algorithm; filled in. */
  updated: Map<Path, VariableId[]>;
}

/**
 * The due updates of an iteration in the words of the eager code, on inputs of a graph. Outputs are `<i>:loss` and
 * `<i>:<fold>:<name>` for the i-th update. One that may retire leaves everything as it was where its loss is not finite;
 * the others need not, since the run then ends.
 */
export function traceUpdates(run: TrainingRun, due: readonly UpdatePlan[], at: TracedUpdates): StepResult {
  const { plan, program, host, device } = run;
  const { tf } = host;
  const scope = tracedScope(at.compiler, at.input, at.clocks);
  const evaluation = {
    tf,
    kinds: plan.kinds,
    specs: program.values,
    ops: plan.ops,
    bodies: program.bodies,
    batch: at.batch,
    ...scope,
  };
  const outputs: Record<string, Tensor> = {};
  const writes: Record<string, Tensor> = {};
  const done: Gradients[] = [];
  const kept: Tensor[] = [];

  const values = new Map<ValueId, Tensor>();
  const drawn = drawnSources(plan);
  const made = new Set(drawn.flatMap((op) => Object.values(op.out)));
  for (const id of valuesRead(due)) if (!made.has(id) && !at.clocks.has(id)) values.set(id, at.input(`value:${id}`));
  evaluateOps(drawn, values, { ...evaluation, mode: 'train' });

  const variables = new Map<VariableId, Tensor>();
  const variable = (id: VariableId): Tensor => variables.get(id) ?? scope.variable(id);
  const compute = (update: UpdatePlan, i: number): Gradients => {
    const computed = computeGradients(update, { ...evaluation, variables: { get: variable }, values });
    done.push(computed);
    outputs[`${i}:loss`] = computed.loss;
    for (const fold of update.folds)
      for (const [name, tensor] of Object.entries(measureFold(tf, plan.kinds, fold, computed.measured, at.batch)))
        outputs[`${i}:${fold.id}:${name}`] = tensor;
    return computed;
  };
  const settle = (update: UpdatePlan, computed: Gradients): void => {
    const { task } = update;
    const optimizer = required(device.optimizers.get(task.id), task.id);
    const retires = task.nonFinite === 'retire';
    const finite = tf.isFinite(computed.loss);
    const part = (read: (key: string) => Tensor | undefined, write: (key: string, tensor: Tensor) => void) =>
      new Changes(read, (key, tensor) => {
        kept.push(tensor);
        const before = retires ? read(key) : undefined;
        write(key, before ? tf.keep(tf.where(finite, tensor, before)) : tensor);
      });
    const state = (prefix: string, there: (key: string) => boolean = () => true): Changes =>
      part(
        (key) => (there(key) ? at.input(prefix + key).clone() : undefined),
        (key, tensor) => {
          writes[prefix + key] = tensor;
        },
      );
    const changed: Changed & { variables: Changes } = {
      variables: part(variable, (id, tensor) => variables.set(id, tensor)),
      optimizer: {
        slots: state(`slot:${task.id}:`),
        accumulated: state(`accumulated:${task.id}:`, (key) => optimizer.accumulated.has(key)),
        t: new Map(),
        gathered: optimizer.gathered,
      },
    };
    const t = (id: VariableId): Tensor => at.input(`t:${task.id}:${at.group(update, id)}`);
    applyUpdate(
      tf,
      update,
      computed,
      { clocks: scope.clocks, t, ...(retires ? {} : { apply: at.apply }) },
      changed,
      [],
    );
    at.updated.set(task.id, [...changed.optimizer.t.keys()]);
    for (const one of [changed.variables, changed.optimizer.slots, changed.optimizer.accumulated] as Changes[])
      one.commit();
  };
  if (program.run.updates === 'together') {
    const all = due.map((update, i) => [update, compute(update, i)] as const);
    for (const [update, computed] of all) settle(update, computed);
  } else for (const [i, update] of due.entries()) settle(update, compute(update, i));

  for (const [id, tensor] of variables) writes[`variable:${id}`] = tensor;
  return {
    outputs,
    writes,
    dispose() {
      for (const computed of done) computed.dispose();
      for (const tensor of [...kept, ...Object.values(writes)]) if (!tensor.isDisposed) tensor.dispose();
    },
  };
}

/** Values that a set of updates takes from the batch. */
function valuesRead(due: readonly UpdatePlan[]): Set<ValueId> {
  const read = new Set<ValueId>();
  const made = new Set<ValueId>();
  for (const { free, taped, folds } of due) {
    for (const op of [...free, ...taped]) {
      for (const id of Object.values(op.in).flat()) read.add(id);
      for (const id of Object.values(op.out)) made.add(id);
    }
    for (const fold of folds) for (const id of Object.values(fold.in).flat()) read.add(id);
  }
  return new Set([...read].filter((id) => !made.has(id)));
}

/** New tensors over those that are read; nothing counts before `commit`. */
class Changes implements TensorMap {
  private readonly changed = new Map<string, Tensor>();

  constructor(
    private readonly read: (key: string) => Tensor | undefined,
    private readonly write: (key: string, tensor: Tensor) => void,
  ) {}

  get(key: string): Tensor | undefined {
    return this.changed.get(key) ?? this.read(key);
  }

  set(key: string, tensor: Tensor): void {
    this.changed.set(key, tensor);
  }

  clear(): void {
    for (const tensor of this.changed.values()) tensor.dispose();
    this.changed.clear();
  }

  commit(): void {
    for (const [key, tensor] of this.changed) this.write(key, tensor);
  }
}
