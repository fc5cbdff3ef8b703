import { required } from '@/lib/base/invariant';
import type { Path, ValueId, VariableId } from '@/lib/compile/program';
import type { HostTensor, Tensor, Tf } from '@/lib/nodes/kind';
import type { StepSession } from './host';
import { download, StateTensors, type TensorMap, upload } from './state-tensors';

/** What an optimizer remembers between its updates. Tensors are kept outside of any tidy. */
export interface OptimizerState<Tensors extends TensorMap = StateTensors> {
  /** By `slotKey`. */
  slots: Tensors;
  /** Applied updates by variable. */
  t: Map<VariableId, number>;
  /** Sums of gradients, by variable. */
  accumulated: Tensors & { clear(): void };
  /** Due iterations since the last applied update. */
  gathered: number;
  retired: boolean;
}

export const slotKey = (id: VariableId, name: string): string => `${id}:${name}`;

/** Everything of a run that lives on the device. */
export interface DeviceState {
  variables: StateTensors;
  optimizers: Map<Path, OptimizerState>;
  /** Results of folds that are tensors, since they were last measured. */
  held: Map<ValueId, Tensor>;
  /** Weights at the best validation so far. */
  best: Record<VariableId, HostTensor> | null;
}

/** `session`: where compiled steps keep the state, once there is one. */
export function emptyState(tf: Tf, updates: readonly Path[], session: () => StepSession | null): DeviceState {
  const part = (prefix: string) => new StateTensors(tf, prefix, session);
  const optimizer = (id: Path): OptimizerState => ({
    slots: part(`slot:${id}:`),
    t: new Map(),
    accumulated: part(`accumulated:${id}:`),
    gathered: 0,
    retired: false,
  });
  return {
    variables: part('variable:'),
    optimizers: new Map(updates.map((id) => [id, optimizer(id)])),
    held: new Map(),
    best: null,
  };
}

export function disposeState(state: DeviceState): void {
  state.variables.clear();
  for (const tensor of state.held.values()) tensor.dispose();
  for (const { slots, accumulated } of state.optimizers.values()) for (const part of [slots, accumulated]) part.clear();
}

/** `variable:<id>`, `held:<value>`, `best:<id>`, `slot:<update>:<variable>:<slot>`, `accumulated:<update>:<variable>`. */
export function downloadState(state: DeviceState): Record<string, HostTensor> {
  const tensors: Record<string, HostTensor> = {};
  const add = (prefix: string, part: StateTensors): void => {
    for (const [key, value] of part.hosts()) tensors[prefix + key] = value;
  };
  add('variable:', state.variables);
  for (const [id, tensor] of state.held) tensors[`held:${id}`] = download(tensor);
  for (const [id, tensor] of Object.entries(state.best ?? {})) tensors[`best:${id}`] = tensor;
  for (const [path, { slots, accumulated }] of state.optimizers) {
    add(`slot:${path}:`, slots);
    add(`accumulated:${path}:`, accumulated);
  }
  return tensors;
}

/** Uploads what `downloadState` wrote. */
export function uploadState(tf: Tf, tensors: Record<string, HostTensor>, state: DeviceState): void {
  for (const [name, host] of Object.entries(tensors)) {
    const [what, first = '', ...rest] = name.split(':');
    if (what === 'variable') state.variables.put(first, host);
    else if (what === 'held') state.held.set(first, upload(tf, host));
    else if (what === 'best') state.best = { ...state.best, [first]: host };
    else {
      const optimizer = required(state.optimizers.get(first), `update ${first}`);
      const part = what === 'slot' ? optimizer.slots : optimizer.accumulated;
      part.put(rest.join(':'), host);
    }
  }
}
