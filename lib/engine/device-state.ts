import { required } from '@/lib/base/invariant';
import type { Path, ValueId, VariableId } from '@/lib/compile/program';
import type { HostTensor, Tensor, Tf } from '@/lib/nodes/kind';

/** What an optimizer remembers between its updates. Tensors are kept outside of any tidy. */
export interface OptimizerState {
  slots: Map<VariableId, Record<string, Tensor>>;
  /** Applied updates by variable. */
  t: Map<VariableId, number>;
  accumulated: Map<VariableId, Tensor>;
  /** Due iterations since the last applied update. */
  gathered: number;
  retired: boolean;
}

/** Everything of a run that lives on the device. Tensors here are never changed, only replaced. */
export interface DeviceState {
  variables: Map<VariableId, Tensor>;
  optimizers: Map<Path, OptimizerState>;
  /** Results of folds that are tensors, since they were last measured. */
  held: Map<ValueId, Tensor>;
  /** Weights at the best validation so far. */
  best: Map<VariableId, Tensor> | null;
}

export const emptyOptimizer = (): OptimizerState => ({
  slots: new Map(),
  t: new Map(),
  accumulated: new Map(),
  gathered: 0,
  retired: false,
});

export function upload(tf: Tf, host: HostTensor): Tensor {
  const dtype = host.data instanceof Int32Array ? 'int32' : 'float32';
  return tf.keep(tf.tensor(host.data.slice(), host.shape, dtype));
}

/** A copy in memory of its own. */
export function download(tensor: Tensor): HostTensor {
  const data = tensor.dataSync();
  return { data: data.slice() as Float32Array | Int32Array, shape: [...tensor.shape] };
}

/** Puts a tensor in another's place. The old one goes to `old`, or away. */
export function replace<K>(map: Map<K, Tensor>, key: K, value: Tensor, tf: Tf, old?: Tensor[]): void {
  const before = map.get(key);
  map.set(key, tf.keep(value));
  if (before === undefined || before === value) return;
  if (old) old.push(before);
  else before.dispose();
}

export function disposeState(state: DeviceState): void {
  for (const tensor of state.variables.values()) tensor.dispose();
  for (const tensor of state.held.values()) tensor.dispose();
  for (const tensor of state.best?.values() ?? []) tensor.dispose();
  for (const optimizer of state.optimizers.values()) disposeOptimizer(optimizer);
}

function disposeOptimizer(optimizer: OptimizerState): void {
  for (const slots of optimizer.slots.values()) for (const tensor of Object.values(slots)) tensor.dispose();
  for (const tensor of optimizer.accumulated.values()) tensor.dispose();
}

/** `variable:<id>`, `held:<value>`, `best:<id>`, `slot:<update>:<variable>:<slot>`, `accumulated:<update>:<variable>`. */
export function downloadState(state: DeviceState): Record<string, HostTensor> {
  const tensors: Record<string, HostTensor> = {};
  for (const [id, tensor] of state.variables) tensors[`variable:${id}`] = download(tensor);
  for (const [id, tensor] of state.held) tensors[`held:${id}`] = download(tensor);
  for (const [id, tensor] of state.best ?? []) tensors[`best:${id}`] = download(tensor);
  for (const [path, optimizer] of state.optimizers) {
    for (const [id, slots] of optimizer.slots)
      for (const [slot, tensor] of Object.entries(slots)) tensors[`slot:${path}:${id}:${slot}`] = download(tensor);
    for (const [id, tensor] of optimizer.accumulated) tensors[`accumulated:${path}:${id}`] = download(tensor);
  }
  return tensors;
}

/** Uploads what `downloadState` wrote into a state whose counters (`t`) are already there. */
export function uploadState(tf: Tf, tensors: Record<string, HostTensor>, state: DeviceState): void {
  for (const [name, host] of Object.entries(tensors)) {
    const [what, first = '', second = '', third = ''] = name.split(':');
    if (what === 'variable') state.variables.set(first, upload(tf, host));
    else if (what === 'held') state.held.set(first, upload(tf, host));
    else if (what === 'best') {
      state.best ??= new Map();
      state.best.set(first, upload(tf, host));
    } else {
      const optimizer = required(state.optimizers.get(first), `update ${first}`);
      if (what === 'accumulated') optimizer.accumulated.set(second, upload(tf, host));
      else if (what === 'slot') {
        const slots = optimizer.slots.get(second) ?? {};
        slots[third] = upload(tf, host);
        optimizer.slots.set(second, slots);
      }
    }
  }
}
