import type { Diagnostic } from '@/lib/graph/diagnostic';
import { type Flat, type FlatNode, heldPort, holderOf, isEntry, placeOf, titleOf } from './flat';
import type { Path } from './program';

/** Roles that are there for their own sake: what they need is needed. */
const ROOTS = new Set(['training', 'fold', 'sink', 'output']);

/** A held value is there for those that read it. */
const isRoot = (node: FlatNode): boolean =>
  node.face !== undefined &&
  heldPort(node) === undefined &&
  (ROOTS.has(node.face.role) || (node.face.role === 'op' && node.face.makes === 'loss'));

/** What no task or function reaches, and kinds that are not installed: an error only where something needs them. */
export function checkUse(flat: Flat): Diagnostic[] {
  const needed = neededNodes(flat);
  const diagnostics: Diagnostic[] = [];
  for (const node of flat.nodes.values()) {
    if (!node.face) diagnostics.push(unknownKind(node, needed.has(node.path)));
    else if (node.face.shows === 'children' && showsNone(node, flat)) diagnostics.push(noChildren(node));
    else if (!needed.has(node.path) && node.face.role !== 'optimizer' && !isEntry(node)) diagnostics.push(dead(node));
  }
  return diagnostics;
}

/** Wired to something that trains no children. */
const showsNone = (node: FlatNode, flat: Flat): boolean =>
  [...node.wires.values()].flat().some(({ from }) => flat.nodes.get(from)?.face?.trains !== true);

function noChildren(node: FlatNode): Diagnostic {
  const wire = [...node.wires.values()].flat()[0];
  return {
    code: 'port-type',
    severity: 'error',
    message: `${titleOf(node)} shows the networks that a search has trained, but what is wired to it trains none. Wire the scores of Child score, as they come out of it.`,
    at: placeOf(node, wire ? { port: node.inputs[0]?.id ?? '', edge: wire.edge } : {}),
    expected: 'the scores of Child score',
    received: 'numbers from elsewhere',
    ...(wire && {
      fix: { title: 'Remove the wire', command: { do: 'remove-edge', graph: node.graph, id: wire.edge } },
    }),
  };
}

function neededNodes(flat: Flat): Set<Path> {
  const needed = new Set<Path>();
  const stack: Path[] = [];
  for (const node of flat.nodes.values()) if (node.within === undefined && isRoot(node)) stack.push(node.path);
  const insides = new Map<Path, Path[]>();
  for (const node of flat.nodes.values())
    for (const scope of node.scopes) insides.set(scope, [...(insides.get(scope) ?? []), node.path]);
  for (let path = stack.pop(); path !== undefined; path = stack.pop()) {
    if (needed.has(path)) continue;
    const node = flat.nodes.get(path);
    // The weights of an instance: all that is inside.
    if (!node) {
      stack.push(...(insides.get(path) ?? []));
      needed.add(path);
      continue;
    }
    needed.add(path);
    for (const wires of node.wires.values()) for (const wire of wires) stack.push(wire.from);
    for (const scope of node.scopes)
      for (const wire of holderOf(flat, scope)?.wires.get('weights') ?? []) stack.push(wire.from);
  }
  return needed;
}

function unknownKind(node: FlatNode, needed: boolean): Diagnostic {
  return {
    code: 'unknown-kind',
    severity: needed ? 'error' : 'warning',
    message: `${titleOf(node)} is of the kind ${node.node.kind}, which is not installed here. ${
      needed ? 'Mute it, or put another node in its place.' : 'It is kept as it is; nothing needs it.'
    }`,
    at: placeOf(node),
    expected: 'a kind of the catalogue',
    received: node.node.kind,
    fix: {
      title: `Mute ${titleOf(node)}`,
      command: { do: 'set-node', graph: node.graph, id: node.id, set: { muted: true } },
    },
  };
}

function dead(node: FlatNode): Diagnostic {
  return {
    code: 'dead-node',
    severity: 'info',
    message: `${titleOf(node)} leads to no loss, metric or output, so it takes no part in a run. Wire it, or remove it.`,
    at: placeOf(node),
    fix: { title: 'Remove it', command: { do: 'remove-node', graph: node.graph, id: node.id } },
  };
}
