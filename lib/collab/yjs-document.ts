import * as Y from 'yjs';
import type { Json } from '@/lib/base/json';
import type { Command } from '@/lib/graph/command';
import {
  type Block,
  type Document,
  type Edge,
  emptyDocument,
  type Graph,
  type GraphId,
  type Node,
} from '@/lib/graph/document';

/**
 * The document inside Yjs: one Y.Map per node, per params, per edge and per layout entry, so that edits of different
 * fields of one node merge. `applyToYjs` agrees with the plain reducer `apply` (property test).
 *
 * meta {schema, title, params, presets, …} · graphs { main, <blockId> → { nodes, edges } } · blocks { <id> → {title, …} }
 * · layout { <graphId> → { <nodeId> → {x, y, …} } }
 */
type Fields = Y.Map<unknown>;

const META = ['schema', 'title', 'params', 'presets', 'variants', 'expected', 'notes', 'frames', 'settings'] as const;
const BLOCK_META = ['title', 'inputs', 'outputs', 'params', 'library'] as const;

const meta = (doc: Y.Doc): Fields => doc.getMap('meta');
const graphs = (doc: Y.Doc): Y.Map<Fields> => doc.getMap('graphs');
const blocks = (doc: Y.Doc): Y.Map<Fields> => doc.getMap('blocks');
const layouts = (doc: Y.Doc): Y.Map<Fields> => doc.getMap('layout');

/** Whether anything has been written yet. */
export const isBlank = (doc: Y.Doc): boolean => !meta(doc).has('schema');

/** Fills a blank Yjs document. */
export function writeDocument(doc: Y.Doc, document: Document, origin: unknown = null): void {
  doc.transact(() => {
    for (const key of META) meta(doc).set(key, document[key]);
    graphs(doc).set('main', graphMap(document.graph));
    for (const [id, block] of Object.entries(document.blocks)) setBlock(doc, id, block);
    for (const [id, places] of Object.entries(document.layout)) {
      const map = layoutOf(doc, id);
      for (const [node, place] of Object.entries(places)) map.set(node, fields(place));
    }
  }, origin);
}

/** The document as plain JSON. Edges whose ends are gone (concurrent deletes) are left out. */
export function readDocument(doc: Y.Doc): Document {
  const document = emptyDocument('');
  for (const key of META) {
    const value = meta(doc).get(key);
    if (value !== undefined) (document as unknown as Record<string, unknown>)[key] = value;
  }
  document.graph = readGraph(graphs(doc).get('main'));
  for (const [id, block] of blocks(doc)) {
    document.blocks[id] = { ...(block.toJSON() as Omit<Block, 'graph'>), graph: readGraph(graphs(doc).get(id)) };
  }
  document.layout = { main: {}, ...(layouts(doc).toJSON() as Document['layout']) };
  return document;
}

/** Does a command in one transaction; parts whose target is gone are skipped (somebody else removed it). */
export function applyToYjs(doc: Y.Doc, command: Command, origin: unknown = null): void {
  doc.transact(() => perform(doc, command), origin);
}

function perform(doc: Y.Doc, command: Command): void {
  switch (command.do) {
    case 'batch':
      for (const part of command.commands) perform(doc, part);
      return;
    case 'add-node': {
      const nodes = nodesOf(doc, command.graph);
      if (!nodes || nodes.has(command.id)) return;
      nodes.set(command.id, nodeMap(command.node));
      if (command.layout) layoutOf(doc, command.graph).set(command.id, fields(command.layout));
      return;
    }
    case 'remove-node': {
      const nodes = nodesOf(doc, command.graph);
      const edges = edgesOf(doc, command.graph);
      if (!nodes?.has(command.id)) return;
      nodes.delete(command.id);
      layouts(doc).get(command.graph)?.delete(command.id);
      for (const [id, edge] of edges ?? []) {
        const { from, to } = edge.toJSON() as Edge;
        if (from[0] === command.id || to[0] === command.id) edges?.delete(id);
      }
      return;
    }
    case 'set-node':
      setMembers(nodesOf(doc, command.graph)?.get(command.id), command.set);
      return;
    case 'set-param': {
      const params = nodesOf(doc, command.graph)?.get(command.id)?.get('params');
      if (!(params instanceof Y.Map)) return;
      if (command.value === undefined) params.delete(command.param);
      else params.set(command.param, command.value);
      return;
    }
    case 'add-edge': {
      const nodes = nodesOf(doc, command.graph);
      const edges = edgesOf(doc, command.graph);
      const [from, to] = [command.edge.from[0], command.edge.to[0]];
      const there = (end: string) => end === '$in' || end === '$out' || nodes?.has(end);
      if (edges && !edges.has(command.id) && there(from) && there(to)) edges.set(command.id, fields(command.edge));
      return;
    }
    case 'remove-edge':
      edgesOf(doc, command.graph)?.delete(command.id);
      return;
    case 'set-edge':
      setMembers(edgesOf(doc, command.graph)?.get(command.id), command.set);
      return;
    case 'set-layout':
      for (const [id, place] of Object.entries(command.set)) {
        if (place) writeFields(layoutOf(doc, command.graph), id, place);
        else layouts(doc).get(command.graph)?.delete(id);
      }
      return;
    case 'set-document':
      setMembers(meta(doc), command.set);
      return;
    case 'add-block':
      if (blocks(doc).has(command.id) || command.id === 'main') return;
      setBlock(doc, command.id, command.block);
      for (const [id, place] of Object.entries(command.layout ?? {})) layoutOf(doc, command.id).set(id, fields(place));
      return;
    case 'remove-block':
      blocks(doc).delete(command.id);
      graphs(doc).delete(command.id);
      layouts(doc).delete(command.id);
      return;
    case 'set-block':
      setMembers(blocks(doc).get(command.id), command.set);
      return;
  }
}

function setMembers(map: Fields | undefined, set: object): void {
  for (const [key, value] of Object.entries(set)) {
    if (value === null) map?.delete(key);
    else if (value !== undefined) map?.set(key, value);
  }
}

/** Writes only what differs, so that a drag does not disturb another person's resize. */
function writeFields(map: Fields, id: string, value: object): void {
  const there = map.get(id);
  if (!(there instanceof Y.Map)) {
    map.set(id, fields(value));
    return;
  }
  for (const key of there.keys()) if (!(key in value)) there.delete(key);
  for (const [key, member] of Object.entries(value)) if (there.get(key) !== member) there.set(key, member);
}

function fields(value: object): Fields {
  const map: Fields = new Y.Map();
  for (const [key, member] of Object.entries(value)) if (member !== undefined) map.set(key, member);
  return map;
}

function nodeMap(node: Node): Fields {
  const map = fields({ ...node, params: undefined });
  map.set('params', fields(node.params));
  return map;
}

function graphMap(graph: Graph): Fields {
  const map: Fields = new Y.Map();
  const nodes = new Y.Map<Fields>();
  const edges = new Y.Map<Fields>();
  for (const [id, node] of Object.entries(graph.nodes)) nodes.set(id, nodeMap(node));
  for (const [id, edge] of Object.entries(graph.edges)) edges.set(id, fields(edge));
  map.set('nodes', nodes);
  map.set('edges', edges);
  return map;
}

function setBlock(doc: Y.Doc, id: string, block: Block): void {
  const members = BLOCK_META.filter((key) => block[key] !== undefined).map((key) => [key, block[key] as Json]);
  blocks(doc).set(id, fields(Object.fromEntries(members)));
  graphs(doc).set(id, graphMap(block.graph));
}

function readGraph(map: Fields | undefined): Graph {
  const graph = (map?.toJSON() ?? { nodes: {}, edges: {} }) as unknown as Graph;
  const there = (end: string) => end === '$in' || end === '$out' || end in graph.nodes;
  const edges = Object.entries(graph.edges).filter(([, edge]) => there(edge.from[0]) && there(edge.to[0]));
  return { nodes: graph.nodes, edges: Object.fromEntries(edges) };
}

const nodesOf = (doc: Y.Doc, graph: GraphId) => graphs(doc).get(graph)?.get('nodes') as Y.Map<Fields> | undefined;
const edgesOf = (doc: Y.Doc, graph: GraphId) => graphs(doc).get(graph)?.get('edges') as Y.Map<Fields> | undefined;

function layoutOf(doc: Y.Doc, graph: GraphId): Y.Map<unknown> {
  const there = layouts(doc).get(graph);
  if (there) return there;
  const map: Fields = new Y.Map();
  layouts(doc).set(graph, map);
  return map;
}
