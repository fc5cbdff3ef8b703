import type { Command } from '@/lib/graph/command';
import type { Fix } from '@/lib/graph/diagnostic';
import { type EdgeId, graphOf } from '@/lib/graph/document';
import type { PlainParams } from '@/lib/nodes/kind';
import type { FlatNode, FlatWire } from '../flat';
import { freshId } from './fresh-id';
import { batch, newNode, throughPorts, type Workbench } from './workbench';

/** Puts a new node into the wire that ends at an input. */
export function insertOnWire(
  bench: Workbench,
  node: FlatNode,
  edgeId: EdgeId,
  kind: string,
  params: PlainParams,
  title: string,
): Fix | undefined {
  const edge = graphOf(bench.document, node.graph)?.edges[edgeId];
  if (!edge) return undefined;
  const from = edge.from[0] === '$in' ? {} : { after: edge.from[0] };
  const made = newNode(bench, node.graph, kind, params, { ...from, before: node.id }, edgeId);
  const ports = made ? throughPorts(made.face, params, bench.env) : null;
  if (!made || !ports) return undefined;
  const commands: Command[] = [
    made.command,
    { do: 'remove-edge', graph: node.graph, id: edgeId },
    {
      do: 'add-edge',
      graph: node.graph,
      id: freshId(bench.document, node.graph, 'e', edge.from, made.id),
      edge: { from: edge.from, to: [made.id, ports.input] },
    },
    {
      do: 'add-edge',
      graph: node.graph,
      id: freshId(bench.document, node.graph, 'e', made.id, edge.to),
      edge: { ...edge, from: [made.id, ports.output] },
    },
  ];
  return { title, command: batch(title, commands) };
}

/**
 * Where a picture should have been made a row. Dense layers keep all axes but the last, so a loss that gets 49 answers
 * for each picture owes them to the first dense layer of the chain before it: the wire into that one is the cause.
 */
export function originOfAxes(
  bench: Workbench,
  node: FlatNode,
  port: string,
  index = 0,
): { node: FlatNode; wire: FlatWire } | undefined {
  let wire = node.wires.get(port)?.[index];
  if (!wire) return undefined;
  let origin = { node, wire };
  for (;;) {
    const source: FlatNode | undefined = bench.flat.nodes.get(wire.from);
    const known = source ? bench.inferred.get(source.path) : undefined;
    if (!source || !known || known.inference.window || source.face?.role !== 'op') return origin;
    const inputs = source.inputs.filter((input) => input.type === 'tensor' && source.wires.has(input.id));
    const [input] = inputs;
    if (!input || inputs.length !== 1) return origin;
    const before = known.inputs[input.id]?.[0]?.shape;
    const after = known.outputs[wire.port]?.shape;
    if (!before || !after || before.length !== after.length || before.length < 3) return origin;
    const next = source.wires.get(input.id)?.[0];
    if (!next) return origin;
    const variables = known.inference.variables ?? [];
    const dense = variables.some((variable) => variable.shape.length === 2);
    if (variables.length > 0 && !dense) return origin;
    if (dense) origin = { node: source, wire: next };
    wire = next;
  }
}
