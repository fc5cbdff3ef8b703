import type { PortId } from '@/lib/graph/document';
import { gradientInputs } from '@/lib/nodes/common/gradient-inputs';
import type { Spec } from '@/lib/tensor/spec';
import type { FlatNode } from './flat';
import { producerOf } from './make-ops';
import type { Body, Op, Path, ValueId, VariableId } from './program';

/** Where the gradient of a value gets to. */
export interface Reach {
  ops: Set<Path>;
  variables: Set<VariableId>;
  /** Values that no op of the graph makes: in a body, what its caller hands in. */
  open: Set<ValueId>;
}

/** The graph that a gradient walks in: ops of the program or of one body. */
export interface ReachGraph {
  ops: ReadonlyMap<Path, Op>;
  bodies: Readonly<Record<Path, Body>>;
  nodes: ReadonlyMap<Path, FlatNode>;
  values: ReadonlyMap<ValueId, Spec>;
}

/** The ports of an op through which a gradient goes on upstream; of a caller, those that one gets to in its body. */
export function gradientPorts(node: FlatNode, op: Op, graph: ReachGraph): PortId[] {
  if (op.where !== 'device') return [];
  const grad = node.face && gradientInputs(node.face, op.params);
  const inside = bodyReach(op, graph);
  return Object.keys(op.in).filter(
    (port) => (grad === undefined || grad.includes(port)) && (!inside || inside.ports.has(port)),
  );
}

/**
 * Walks from values upstream along edges that carry a gradient: inputs that the kind's `grad` names, of device ops.
 * Whole numbers and text have none. Variables are reached where an op uses them unfrozen, or gives them as a tensor;
 * in the body of a caller, as far as the walk gets there.
 */
export function gradientReach(of: readonly ValueId[], graph: ReachGraph): Reach {
  const { ops, nodes, values } = graph;
  const reach: Reach = { ops: new Set(), variables: new Set(), open: new Set() };
  const stack: ValueId[] = [...of];
  for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
    const path = producerOf(value);
    const op = ops.get(path);
    const node = nodes.get(path);
    const spec = values.get(value);
    if (!op) reach.open.add(value);
    if (!op || !node || op.where !== 'device' || (spec && spec.dtype !== 'float32')) continue;
    const slot = op.uses[value.slice(path.length + 1)];
    if (slot !== undefined) {
      if (!op.frozen) reach.variables.add(slot);
      continue;
    }
    if (reach.ops.has(path)) continue;
    reach.ops.add(path);
    const inside = bodyReach(op, graph);
    if (!op.frozen) for (const variable of inside?.variables ?? Object.values(op.uses)) reach.variables.add(variable);
    for (const port of gradientPorts(node, op, graph)) stack.push(...(op.in[port] ?? []));
  }
  return reach;
}

interface BodyReach {
  ops: Op[];
  variables: Set<VariableId>;
  ports: Set<PortId>;
}

/** By body: each is walked once. */
const known = new WeakMap<Body, BodyReach>();

/** How far the gradient of a body's outputs gets: ops, variables, and ports of the block. Undefined for ops without a body. */
export function bodyReach(op: Op, graph: ReachGraph): BodyReach | undefined {
  const body = op.body === undefined ? undefined : graph.bodies[op.body];
  const before = body && known.get(body);
  if (!body || before) return before;
  const ops = new Map(body.ops.map((inner) => [inner.id, inner]));
  const outputs = body.outputs.map(({ value }) => value);
  const reach = gradientReach(outputs, { ...graph, ops });
  const made = {
    ops: body.ops.filter(({ id }) => reach.ops.has(id)),
    variables: reach.variables,
    ports: new Set(body.inputs.flatMap(({ port, value }) => (reach.open.has(value) ? [port] : []))),
  };
  known.set(body, made);
  return made;
}
