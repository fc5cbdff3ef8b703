import { required } from '@/lib/base/invariant';
import type { Fn, Program, ValueId, VariableId } from '@/lib/compile/program';
import type { HostTensor, Kind, Tensor, Tf } from '@/lib/nodes/kind';
import { kinds as allKinds } from '@/lib/nodes/kinds.generated';
import type { Checkpoint } from './checkpoint';
import { evaluateOps } from './evaluate-ops';
import { finishedProgram } from './finished-program';
import type { EngineHost } from './host';
import { planProgram, sliceOf } from './plan';
import { randomOf } from './random';
import { splitKey } from './traced-scope';

export type Weights = Record<VariableId | ValueId, HostTensor>;

/** The weights in a checkpoint, by variable, and the values that folds hold. */
export function weightsOf(checkpoint: Pick<Checkpoint, 'tensors'>): Weights {
  return Object.fromEntries(
    Object.entries(checkpoint.tensors).flatMap(([name, tensor]) => {
      const [what, id] = splitKey(name);
      return what === 'variable' || what === 'held' ? [[id, tensor]] : [];
    }),
  );
}

/** What an exported function was asked wrongly; the sentence is for the user. */
export class BadCall extends Error {
  override name = 'BadCall';
}

/**
 * Runs a function that the document exports, in evaluation mode, on one batch. `inputs` by name, first axis the batch;
 * uint8 pictures are divided by 255. Throws `BadCall` where the name or an input is missing.
 */
export function callFunction(
  whole: Program,
  weights: Weights,
  host: EngineHost,
  name: string,
  inputs: Record<string, HostTensor>,
  options: { kinds?: Record<string, Kind>; batch?: number } = {},
): Record<string, HostTensor> {
  const kinds = options.kinds ?? allKinds;
  const { program, clocks } = finishedProgram(whole, kinds);
  const fn = program.functions.find((one) => one.name === name);
  if (!fn) {
    const names = program.functions.map((one) => `“${one.name}”`).join(', ') || 'none';
    throw new BadCall(`There is no function “${name}” here; there is ${names}.`);
  }
  const { tf } = host;
  const plan = planProgram(program, kinds);
  const outputs: Record<string, HostTensor> = {};
  tf.tidy(() => {
    const values = feed(tf, fn, { ...heldInputs(fn, weights), ...inputs });
    const first = fn.inputs[0] && inputs[fn.inputs[0].name];
    const own = new Map<VariableId, Tensor>();
    evaluateOps(sliceOf(plan, fn.ops), values, {
      tf,
      kinds: plan.kinds,
      ops: plan.ops,
      specs: program.values,
      bodies: program.bodies,
      mode: 'evaluation',
      batch: first?.shape[0] ?? options.batch ?? 1,
      clocks: new Map(Object.entries(clocks)),
      random: (op, t) => randomOf(host, op, { seed: program.seed, pass: 'emit', clock: 0, t }),
      variable(id) {
        const known = own.get(id);
        if (known) return known;
        const value = toDevice(tf, required(weights[id], `weights ${id}`));
        own.set(id, value);
        return value;
      },
    });
    for (const output of fn.outputs) {
      const tensor = required(values.get(output.value), `value ${output.value}`);
      outputs[output.name] = {
        data: tensor.dataSync().slice() as Float32Array | Int32Array,
        shape: [...tensor.shape],
      };
    }
  });
  return outputs;
}

/** Held values that a function reads have those of the checkpoint where the caller gives no others. */
const heldInputs = (fn: Fn, weights: Weights): Record<string, HostTensor> =>
  Object.fromEntries(
    fn.inputs.flatMap(({ name, value }) => {
      const held = weights[value];
      return held ? [[name, held]] : [];
    }),
  );

function feed(tf: Tf, fn: Fn, inputs: Record<string, HostTensor>): Map<ValueId, Tensor> {
  const values = new Map<ValueId, Tensor>();
  for (const { name, value } of fn.inputs) {
    const given = inputs[name];
    if (!given) throw new BadCall(`The input “${name}” is missing.`);
    values.set(value, toDevice(tf, given));
  }
  return values;
}

const toDevice = (tf: Tf, { data, shape }: HostTensor): Tensor =>
  data instanceof Uint8Array
    ? tf.tensor(
        Float32Array.from(data, (byte) => byte / 255),
        shape,
        'float32',
      )
    : tf.tensor(data, shape, data instanceof Int32Array ? 'int32' : 'float32');
