import type { PortId } from '@/lib/graph/document';
import type { PortType } from '@/lib/graph/port-type';
import { liveNumbers, paramOfPort } from '@/lib/nodes/common/ports';
import type { Spec } from '@/lib/tensor/spec';
import { type FlatNode, heldPort, isEntry, isResultPort } from './flat';
import type { Inferred } from './infer-specs';
import type { Variables } from './make-variables';
import type { Num, Op, Path, ValueId } from './program';
import { structuralParams } from './share-weights';

const COMPUTES = new Set(['op', 'dataset', 'source', 'clock']);

export const valueId = (path: Path, port: PortId): ValueId => `${path}.${port}`;

/** The path in front of the port. Ports have no dot before `param:`, paths have none at all. */
export const producerOf = (value: ValueId): Path => value.slice(0, value.indexOf('.'));

const NO_VALUE: ReadonlySet<PortType> = new Set(['weights', 'step', 'metric']);

/** Values on the wires of a node, by input port. Weights, metrics and promoted params are not values of ops. */
export function valuesInto(node: FlatNode): Record<PortId, ValueId[]> {
  const values: Record<PortId, ValueId[]> = {};
  for (const port of node.inputs) {
    if (NO_VALUE.has(port.type) || paramOfPort(port.id) !== undefined) continue;
    if (isResultPort(port.id)) continue;
    const wires = node.wires.get(port.id);
    if (wires?.length) values[port.id] = wires.map((wire) => valueId(wire.from, wire.port));
  }
  return values;
}

/** Live numbers of a node: constants, or the values of the clocks that are wired to them. */
export function numbersOf(node: FlatNode): Record<string, Num> {
  if (!node.face) return {};
  const counts = Object.fromEntries([...node.wires].map(([port, wires]) => [port, wires.length]));
  const numbers: Record<string, Num> = liveNumbers(node.face, node.params, counts);
  for (const [port, wires] of node.wires) {
    const param = paramOfPort(port);
    const wire = wires[0];
    if (param !== undefined && wire) numbers[param] = valueId(wire.from, wire.port);
  }
  return numbers;
}

/** All nodes that compute something, as ops, in order; those in blocks of callers too. */
export function makeOps(
  order: readonly FlatNode[],
  inferred: ReadonlyMap<Path, Inferred>,
  variables: Variables,
): { ops: Map<Path, Op>; values: Map<ValueId, Spec> } {
  const ops = new Map<Path, Op>();
  const values = new Map<ValueId, Spec>();
  for (const node of order) {
    const { face } = node;
    const known = inferred.get(node.path);
    const held = heldPort(node);
    if (held !== undefined && known?.outputs[held]) values.set(valueId(node.path, held), known.outputs[held]);
    if (!face || (!COMPUTES.has(face.role) && !isEntry(node))) continue;
    const out: Record<PortId, ValueId> = {};
    for (const port of node.outputs) {
      const spec = known?.outputs[port.id];
      if (!spec || port.type === 'weights' || port.type === 'metric' || port.type === 'step') continue;
      out[port.id] = valueId(node.path, port.id);
      values.set(valueId(node.path, port.id), spec);
    }
    if (isEntry(node)) continue;
    for (const slot of Object.keys(variables.uses.get(node.path) ?? {})) {
      const spec = known?.outputs[slot];
      if (spec && !(slot in out)) values.set(valueId(node.path, slot), spec);
    }
    ops.set(node.path, {
      id: node.path,
      name: node.name,
      kind: node.node.kind,
      version: face.version,
      where: placeOfWork(face),
      params: structuralParams(node),
      numbers: numbersOf(node),
      in: valuesInto(node),
      out,
      uses: variables.uses.get(node.path) ?? {},
      ...(face.rng ? { rng: face.rng } : {}),
      ...(node.frozen ? { frozen: true as const } : {}),
    });
  }
  return { ops, values };
}

function placeOfWork(face: NonNullable<FlatNode['face']>): Op['where'] {
  if (face.role === 'dataset' || face.role === 'source') return 'source';
  if (face.role === 'clock') return 'clock';
  return face.host ? 'host' : 'device';
}
