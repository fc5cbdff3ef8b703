import type { Command } from '@/lib/graph/command';
import type { Place } from '@/lib/graph/diagnostic';
import {
  type Document,
  type Edge,
  type GraphId,
  graphOf,
  type Node,
  type NodeId,
  type NodeLayout,
} from '@/lib/graph/document';
import { orderBetween } from '@/lib/graph/order';
import type { Face, FaceEnv, PlainParams } from '@/lib/nodes/kind';
import { type CompileContext, kindOf } from '../context';
import type { Flat, FlatInstance, FlatNode } from '../flat';
import { edgesAt, indexGraph } from '../graph-index';
import type { Inferred } from '../infer-specs';
import type { Path } from '../program';
import { freshId } from './fresh-id';

/** All that fixes are made from: the document as it is, and what the passes found out. */
export interface Workbench {
  document: Document;
  context: CompileContext;
  env: FaceEnv;
  flat: Flat;
  order: readonly FlatNode[];
  inferred: ReadonlyMap<Path, Inferred>;
}

type End = readonly [NodeId, string];

/** The flat node at a place: the one that was blamed, or the first of the copies. */
export function nodeAt({ flat }: Workbench, at: Place): FlatNode | undefined {
  const exact = flat.nodes.get(at.path ?? at.node ?? '');
  if (exact) return exact;
  for (const node of flat.nodes.values()) if (node.id === at.node && node.graph === (at.graph ?? 'main')) return node;
  return undefined;
}

/** The instance at a place, where one stands there. */
export const instanceAt = ({ flat }: Workbench, at: Place): FlatInstance | undefined =>
  flat.instances.get(at.path ?? at.node ?? '');

export interface NewNode {
  id: NodeId;
  face: Face;
  command: Command;
}

/** A new node of a kind with a free name, or undefined where the kind is not installed. */
export function newNode(
  bench: Workbench,
  graph: GraphId,
  kind: string,
  params: PlainParams,
  near: { after?: NodeId; before?: NodeId },
  ...salt: unknown[]
): NewNode | undefined {
  const face = kindOf(bench.context, kind)?.face;
  if (!face) return undefined;
  const id = freshId(bench.document, graph, 'n', kind, params, near, salt);
  const layout = layoutNear(bench.document, graph, near);
  const node: Node = { kind, version: face.version, name: freeName(bench.document, graph, kind), params };
  return { id, face, command: { do: 'add-node', graph, id, node, ...(layout ? { layout } : {}) } };
}

/** `flatten`, `flatten-2` …: the first that no node of the graph has. */
function freeName(document: Document, graph: GraphId, kind: string): string {
  const taken = new Set(Object.values(graphOf(document, graph)?.nodes ?? {}).map((node) => node.name));
  for (let number = 1; ; number++) {
    const name = number === 1 ? kind : `${kind}-${number}`;
    if (!taken.has(name)) return name;
  }
}

const STEP = 220;

function layoutNear(
  document: Document,
  graph: GraphId,
  near: { after?: NodeId; before?: NodeId },
): NodeLayout | undefined {
  const places = document.layout[graph] ?? {};
  const after = near.after === undefined ? undefined : places[near.after];
  const before = near.before === undefined ? undefined : places[near.before];
  if (after && before) return { x: Math.round((after.x + before.x) / 2), y: Math.round((after.y + before.y) / 2) + 40 };
  if (after) return { x: after.x + STEP, y: after.y };
  return before ? { x: before.x - STEP, y: before.y } : undefined;
}

/** Draws a wire into an input; a variadic one gets it last. */
export function wire(bench: Workbench, graph: GraphId, from: End | Edge['from'], to: End, variadic = false): Command {
  const held = graphOf(bench.document, graph);
  const edges = variadic && held ? edgesAt(indexGraph(held), to[0], to[1]) : [];
  const order = variadic ? orderBetween(edges.at(-1)?.[1].order ?? null, null) : undefined;
  const edge: Edge = { from: [from[0], from[1]], to: [to[0], to[1]], ...(order === undefined ? {} : { order }) };
  return { do: 'add-edge', graph, id: freshId(bench.document, graph, 'e', from, to), edge };
}

export const batch = (title: string, commands: Command[]): Command => {
  const [only] = commands;
  return commands.length === 1 && only ? only : { do: 'batch', title, commands };
};

/** The input and output through which a node is put into a wire. */
export function throughPorts(face: Face, params: PlainParams, env: FaceEnv): { input: string; output: string } | null {
  if (face.passThrough) return face.passThrough;
  const inputs = typeof face.inputs === 'function' ? face.inputs(params, env) : face.inputs;
  const outputs = typeof face.outputs === 'function' ? face.outputs(params, env) : face.outputs;
  const input = inputs.find((port) => port.type === 'tensor')?.id;
  const output = outputs.find((port) => port.type === 'tensor' || port.type === 'loss')?.id;
  return input === undefined || output === undefined ? null : { input, output };
}
