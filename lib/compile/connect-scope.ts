import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Document, EdgeId, PortId } from '@/lib/graph/document';
import { isLive, paramOfPort, portsOf } from '@/lib/nodes/common/ports';
import type { FaceEnv } from '@/lib/nodes/kind';
import { connectCall } from './caller-ports';
import { checkPromoted } from './check-promoted';
import type { FlatInstance, FlatNode } from './flat';
import { lostEdges } from './flatten-problems';
import { placeIn, resolveSource, type Scope, wiresInto } from './scope';

/** Ports and wires of all members of a scope, once all scopes are expanded. */
export function connectScope(document: Document, scope: Scope, env: FaceEnv): Diagnostic[] {
  const first = scope.up === undefined || 'call' in scope.up || scope.up.copy === 0;
  const diagnostics = first ? lostEdges(document, scope.graph) : [];
  for (const [id, member] of scope.members) {
    if (member.is === 'instance') connectInstance(scope, member.flat);
    if (member.is !== 'node' && member.is !== 'call') continue;
    const { node } = member;
    const named = [...(scope.index.into.get(id)?.keys() ?? [])];
    findPorts(node, named, env);
    if (node.face && first) diagnostics.push(...checkPromoted(node, node.face, named, document));
    for (const { port, edge } of connectNode(scope, node, named))
      diagnostics.push(emptyCircle(scope, node, port, edge));
    if (member.is === 'call') connectCall(member);
  }
  return diagnostics;
}

function connectInstance(scope: Scope, instance: FlatInstance): void {
  for (const port of instance.inputs) instance.wires.set(port.id, wiresInto(scope, instance.id, port).wires);
  for (const { id: port } of instance.outputs) {
    const source = resolveSource(scope, [instance.id, port]);
    if (source?.from !== undefined) instance.gives.set(port, { from: source.from, port: source.port });
  }
}

/** An input for every promoted param, and for every live one that somebody wired. Unknown kinds have what edges name. */
function findPorts(node: FlatNode, named: readonly PortId[], env: FaceEnv): void {
  const { face } = node;
  if (!face) {
    node.inputs = named.map((port) => ({ id: port, title: port, type: 'tensor', optional: true, variadic: true }));
    return;
  }
  const wired = named.flatMap((port) => paramOfPort(port) ?? []).filter((param) => isLive(face, param));
  const promoted = [...new Set([...(node.node.promoted ?? []), ...wired])];
  Object.assign(node, portsOf(face, node.params, env, promoted));
}

/** Fills in the wires of a node; answers the edges that come round to themselves without passing any node. */
function connectNode(scope: Scope, node: FlatNode, named: readonly PortId[]): { port: PortId; edge: EdgeId }[] {
  const circles: { port: PortId; edge: EdgeId }[] = [];
  for (const port of new Set([...node.inputs.map(({ id }) => id), ...named])) {
    const { wires, open, circle } = wiresInto(scope, node.id, { id: port });
    if (wires.length > 0) node.wires.set(port, wires);
    if (open) node.openEnds.set(port, open);
    if (circle === undefined) continue;
    node.faulty = true;
    node.openEnds.set(port, { edge: circle, circle: true });
    circles.push({ port, edge: circle });
  }
  return circles;
}

const emptyCircle = (scope: Scope, node: FlatNode, port: PortId, edge: EdgeId): Diagnostic => ({
  code: 'cycle',
  severity: 'error',
  message: `The wire into ${node.name} comes round to itself through bypassed nodes or blocks, so it carries nothing. Remove it.`,
  at: placeIn(scope, node.id, { port, edge }),
  fix: { title: 'Remove the wire', command: { do: 'remove-edge', graph: scope.graph, id: edge } },
});
