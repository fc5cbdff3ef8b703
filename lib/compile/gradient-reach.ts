import { gradientInputs } from '@/lib/nodes/gradient-inputs';
import type { Spec } from '@/lib/tensor/spec';
import type { FlatNode } from './flat';
import { producerOf } from './make-ops';
import type { Op, Path, ValueId, VariableId } from './program';

/** Where the gradient of a value gets to. */
export interface Reach {
  ops: Set<Path>;
  variables: Set<VariableId>;
}

/** The ports of an op through which a gradient goes on upstream. */
export function gradientPorts(node: FlatNode, op: Op): string[] {
  if (op.where !== 'device') return [];
  const grad = node.face && gradientInputs(node.face, op.params);
  return Object.keys(op.in).filter((port) => grad === undefined || grad.includes(port));
}

/**
 * Walks from a value upstream along edges that carry a gradient: inputs that the kind's `grad` names, of device ops.
 * Whole numbers and text have none. Variables are reached where an op uses them unfrozen, or gives them as a tensor.
 */
export function gradientReach(
  of: ValueId,
  ops: ReadonlyMap<Path, Op>,
  nodes: ReadonlyMap<Path, FlatNode>,
  values: ReadonlyMap<ValueId, Spec>,
): Reach {
  const reach: Reach = { ops: new Set(), variables: new Set() };
  const stack: ValueId[] = [of];
  for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
    const path = producerOf(value);
    const op = ops.get(path);
    const node = nodes.get(path);
    const spec = values.get(value);
    if (!op || !node || op.where !== 'device' || (spec && spec.dtype !== 'float32')) continue;
    const slot = op.uses[value.slice(path.length + 1)];
    if (slot !== undefined) {
      if (!op.frozen) reach.variables.add(slot);
      continue;
    }
    if (reach.ops.has(path)) continue;
    reach.ops.add(path);
    if (!op.frozen) for (const variable of Object.values(op.uses)) reach.variables.add(variable);
    for (const port of gradientPorts(node, op)) stack.push(...(op.in[port] ?? []));
  }
  return reach;
}
