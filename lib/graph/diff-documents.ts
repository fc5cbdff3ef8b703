import { canonicalJson } from '@/lib/base/hash';
import type { Json } from '@/lib/base/json';
import type { Command, DocumentPatch, NodePatch } from './command';
import {
  type Document,
  type Edge,
  type EdgeId,
  type Graph,
  type GraphId,
  graphOf,
  type Node,
  type NodeId,
} from './document';

export type Change = 'added' | 'removed' | 'changed';

/** What became of one graph, seen from the older side. */
export interface GraphDiff {
  nodes: Record<
    NodeId,
    { change: Change; node: Node /** Keys of params that differ, for `changed`. */; params: string[] }
  >;
  edges: Record<EdgeId, { change: Change; edge: Edge }>;
}

/** Graphs in which anything differs, and whether anything else (title, presets, notes …) does. Layout does not count. */
export interface DocumentDiff {
  graphs: Record<GraphId, GraphDiff>;
  elsewhere: (keyof Document)[];
}

const ELSEWHERE = ['title', 'params', 'presets', 'variants', 'expected', 'notes', 'frames', 'settings'] as const;
const EMPTY: Graph = { nodes: {}, edges: {} };

/** A missing member is not one that is null. */
const same = (a: unknown, b: unknown): boolean =>
  a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b));

/** What was added, removed and changed between two states of a document. */
export function diffDocuments(before: Document, after: Document): DocumentDiff {
  const graphs: DocumentDiff['graphs'] = {};
  for (const id of graphIds(before, after)) {
    const diff = diffGraphs(graphOf(before, id) ?? EMPTY, graphOf(after, id) ?? EMPTY);
    if (Object.keys(diff.nodes).length > 0 || Object.keys(diff.edges).length > 0) graphs[id] = diff;
  }
  return { graphs, elsewhere: ELSEWHERE.filter((key) => !same(before[key], after[key])) };
}

const graphIds = (a: Document, b: Document): GraphId[] => [
  ...new Set(['main', ...Object.keys(a.blocks), ...Object.keys(b.blocks)]),
];

function diffGraphs(before: Graph, after: Graph): GraphDiff {
  const diff: GraphDiff = { nodes: {}, edges: {} };
  for (const [id, node] of Object.entries(before.nodes)) {
    const next = after.nodes[id];
    if (!next) diff.nodes[id] = { change: 'removed', node, params: [] };
    else if (!same(node, next))
      diff.nodes[id] = { change: 'changed', node: next, params: differing(node.params, next.params) };
  }
  for (const [id, node] of Object.entries(after.nodes))
    if (!before.nodes[id]) diff.nodes[id] = { change: 'added', node, params: [] };
  for (const [id, edge] of Object.entries(before.edges)) {
    const next = after.edges[id];
    if (!next) diff.edges[id] = { change: 'removed', edge };
    else if (!same(edge, next)) diff.edges[id] = { change: 'changed', edge: next };
  }
  for (const [id, edge] of Object.entries(after.edges))
    if (!before.edges[id]) diff.edges[id] = { change: 'added', edge };
  return diff;
}

const differing = (a: object, b: object): string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (key) => !same((a as Record<string, Json>)[key], (b as Record<string, Json>)[key]),
  );

/**
 * The command that makes one state of a document into another: what restoring a version is, so that it can be undone
 * and merges with what others do. Applied to `from` it gives `to`, layout included.
 */
export function commandBetween(from: Document, to: Document, title: string): Command {
  const commands: Command[] = [];
  for (const [id, block] of Object.entries(to.blocks)) {
    const before = from.blocks[id];
    if (!before) {
      const layout = to.layout[id];
      commands.push({ do: 'add-block', id, block, ...(layout ? { layout } : {}) });
      // Places may have been left there by somebody who moved nodes of a block that another one removed.
      const left = layoutBetween(from.layout[id] ?? {}, layout ?? {});
      if (Object.keys(left).length > 0) commands.push({ do: 'set-layout', graph: id, set: left });
      continue;
    }
    const { graph: _, ...meta } = block;
    const { graph: __, ...old } = before;
    const set = old.library && !meta.library ? { ...meta, library: null } : meta;
    if (!same(meta, old)) commands.push({ do: 'set-block', id, set });
  }
  for (const id of ['main', ...Object.keys(to.blocks).filter((block) => from.blocks[block])]) {
    commands.push(...graphCommands(id, graphOf(from, id) ?? EMPTY, graphOf(to, id) ?? EMPTY));
    const places = layoutBetween(from.layout[id] ?? {}, to.layout[id] ?? {});
    if (Object.keys(places).length > 0) commands.push({ do: 'set-layout', graph: id, set: places });
  }
  for (const id of Object.keys(from.blocks)) if (!to.blocks[id]) commands.push({ do: 'remove-block', id });
  const elsewhere = ELSEWHERE.filter((key) => !same(from[key], to[key]));
  if (elsewhere.length > 0) {
    const set = Object.fromEntries(elsewhere.map((key) => [key, to[key]])) as DocumentPatch;
    commands.push({ do: 'set-document', set });
  }
  return { do: 'batch', title, commands };
}

function graphCommands(graph: GraphId, from: Graph, to: Graph): Command[] {
  const commands: Command[] = [];
  const gone = (id: NodeId) => from.nodes[id] !== undefined && to.nodes[id] === undefined;
  for (const [id, edge] of Object.entries(from.edges)) {
    // Wires of a removed node go with it.
    if (gone(edge.from[0]) || gone(edge.to[0])) continue;
    if (!same(edge, to.edges[id])) commands.push({ do: 'remove-edge', graph, id });
  }
  for (const id of Object.keys(from.nodes)) if (!to.nodes[id]) commands.push({ do: 'remove-node', graph, id });
  for (const [id, node] of Object.entries(to.nodes)) {
    const before = from.nodes[id];
    if (before) commands.push(...nodeCommands(graph, id, before, node));
    else commands.push({ do: 'add-node', graph, id, node });
  }
  for (const [id, edge] of Object.entries(to.edges)) {
    const before = from.edges[id];
    const kept = before && same(before, edge) && !gone(before.from[0]) && !gone(before.to[0]);
    if (!kept) commands.push({ do: 'add-edge', graph, id, edge });
  }
  return commands;
}

const MEMBERS = ['kind', 'version', 'name', 'promoted', 'muted', 'bypassed', 'frozen', 'start'] as const;

function nodeCommands(graph: GraphId, id: NodeId, from: Node, to: Node): Command[] {
  const commands: Command[] = [];
  const members = MEMBERS.filter((key) => !same(from[key], to[key]));
  if (members.length > 0) {
    const set = Object.fromEntries(members.map((key) => [key, to[key] ?? null])) as NodePatch;
    commands.push({ do: 'set-node', graph, id, set });
  }
  for (const param of differing(from.params, to.params)) {
    const value = to.params[param];
    commands.push({ do: 'set-param', graph, id, param, ...(value === undefined ? {} : { value }) });
  }
  return commands;
}

function layoutBetween(from: Document['layout'][string], to: Document['layout'][string]) {
  const set: Record<NodeId, Document['layout'][string][NodeId] | null> = {};
  for (const [id, place] of Object.entries(to)) if (!same(from[id], place)) set[id] = place;
  for (const id of Object.keys(from)) if (!to[id]) set[id] = null;
  return set;
}
