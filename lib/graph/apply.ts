import type { BlockPatch, Command, DocumentPatch, EdgePatch, NodePatch } from './command';
import type { Diagnostic } from './diagnostic';
import {
  type Document,
  type EdgeId,
  type Graph,
  type GraphId,
  graphOf,
  type NodeId,
  type NodeLayout,
} from './document';

export type Applied = { document: Document; inverse: Command } | { diagnostic: Diagnostic };

/**
 * The document after a command, and the command that takes it back. Pure: shares all that did not change.
 * A command on something that is gone answers a diagnostic; a batch is all or nothing.
 */
export function apply(document: Document, command: Command): Applied {
  switch (command.do) {
    case 'batch':
      return applyBatch(document, command.title, command.commands);
    case 'add-node': {
      const graph = graphOf(document, command.graph);
      if (!graph) return gone('block', command.graph);
      if (graph.nodes[command.id]) return refuse(`There is already a node ${command.id}.`);
      const next = withGraph(document, command.graph, {
        ...graph,
        nodes: { ...graph.nodes, [command.id]: command.node },
      });
      return {
        document: command.layout ? withLayout(next, command.graph, { [command.id]: command.layout }) : next,
        inverse: { do: 'remove-node', graph: command.graph, id: command.id },
      };
    }
    case 'remove-node':
      return removeNode(document, command.graph, command.id);
    case 'set-node': {
      const graph = graphOf(document, command.graph);
      const node = graph?.nodes[command.id];
      if (!graph || !node) return gone('node', command.id);
      const { next, inverse } = patch(node, command.set);
      return {
        document: withGraph(document, command.graph, { ...graph, nodes: { ...graph.nodes, [command.id]: next } }),
        inverse: { ...command, set: inverse as NodePatch },
      };
    }
    case 'set-param': {
      const graph = graphOf(document, command.graph);
      const node = graph?.nodes[command.id];
      if (!graph || !node) return gone('node', command.id);
      const { [command.param]: before, ...rest } = node.params;
      const params = command.value === undefined ? rest : { ...node.params, [command.param]: command.value };
      const { value: _, ...target } = command;
      return {
        document: withGraph(document, command.graph, {
          ...graph,
          nodes: { ...graph.nodes, [command.id]: { ...node, params } },
        }),
        inverse: before === undefined ? target : { ...target, value: before },
      };
    }
    case 'add-edge': {
      const graph = graphOf(document, command.graph);
      if (!graph) return gone('block', command.graph);
      if (graph.edges[command.id]) return refuse(`There is already an edge ${command.id}.`);
      const ends = [command.edge.from[0], command.edge.to[0]];
      const lost = ends.find((end) => end !== '$in' && end !== '$out' && !graph.nodes[end]);
      if (lost) return gone('node', lost);
      return {
        document: withGraph(document, command.graph, {
          ...graph,
          edges: { ...graph.edges, [command.id]: command.edge },
        }),
        inverse: { do: 'remove-edge', graph: command.graph, id: command.id },
      };
    }
    case 'remove-edge': {
      const graph = graphOf(document, command.graph);
      const edge = graph?.edges[command.id];
      if (!graph || !edge) return gone('edge', command.id);
      const { [command.id]: _, ...edges } = graph.edges;
      return {
        document: withGraph(document, command.graph, { ...graph, edges }),
        inverse: { do: 'add-edge', graph: command.graph, id: command.id, edge },
      };
    }
    case 'set-edge': {
      const graph = graphOf(document, command.graph);
      const edge = graph?.edges[command.id];
      if (!graph || !edge) return gone('edge', command.id);
      const { next, inverse } = patch(edge, command.set);
      return {
        document: withGraph(document, command.graph, { ...graph, edges: { ...graph.edges, [command.id]: next } }),
        inverse: { ...command, set: inverse as EdgePatch },
      };
    }
    case 'set-layout': {
      const before = document.layout[command.graph] ?? {};
      const inverse: Record<NodeId, NodeLayout | null> = {};
      for (const id of Object.keys(command.set)) inverse[id] = before[id] ?? null;
      return {
        document: withLayout(document, command.graph, command.set),
        inverse: { do: 'set-layout', graph: command.graph, set: inverse },
      };
    }
    case 'set-document': {
      const { next, inverse } = patch(document, command.set);
      return { document: next, inverse: { do: 'set-document', set: inverse as DocumentPatch } };
    }
    case 'add-block': {
      if (document.blocks[command.id] || command.id === 'main')
        return refuse(`There is already a block ${command.id}.`);
      const next = { ...document, blocks: { ...document.blocks, [command.id]: command.block } };
      return {
        document: command.layout ? withLayout(next, command.id, command.layout) : next,
        inverse: { do: 'remove-block', id: command.id },
      };
    }
    case 'remove-block': {
      const { [command.id]: block, ...blocks } = document.blocks;
      if (!block) return gone('block', command.id);
      const { [command.id]: places, ...layout } = document.layout;
      return {
        document: { ...document, blocks, layout: layout as Document['layout'] },
        inverse: { do: 'add-block', id: command.id, block, ...(places ? { layout: places } : {}) },
      };
    }
    case 'set-block': {
      const block = document.blocks[command.id];
      if (!block) return gone('block', command.id);
      const { next, inverse } = patch(block, command.set);
      return {
        document: { ...document, blocks: { ...document.blocks, [command.id]: next } },
        inverse: { ...command, set: inverse as BlockPatch },
      };
    }
  }
}

function applyBatch(document: Document, title: string, commands: readonly Command[]): Applied {
  let current = document;
  const inverses: Command[] = [];
  for (const command of commands) {
    const applied = apply(current, command);
    if ('diagnostic' in applied) return applied;
    current = applied.document;
    inverses.unshift(applied.inverse);
  }
  return { document: current, inverse: { do: 'batch', title, commands: inverses } };
}

function removeNode(document: Document, graphId: GraphId, id: NodeId): Applied {
  const graph = graphOf(document, graphId);
  const node = graph?.nodes[id];
  if (!graph || !node) return gone('node', id);
  const { [id]: _, ...nodes } = graph.nodes;
  const edges: Record<EdgeId, Graph['edges'][string]> = {};
  const back: Command[] = [];
  for (const [edgeId, edge] of Object.entries(graph.edges)) {
    if (edge.from[0] === id || edge.to[0] === id) back.push({ do: 'add-edge', graph: graphId, id: edgeId, edge });
    else edges[edgeId] = edge;
  }
  const place = document.layout[graphId]?.[id];
  const add: Command = { do: 'add-node', graph: graphId, id, node, ...(place ? { layout: place } : {}) };
  return {
    document: withLayout(withGraph(document, graphId, { nodes, edges }), graphId, { [id]: null }),
    inverse: back.length ? { do: 'batch', title: `Put back ${node.name}`, commands: [add, ...back] } : add,
  };
}

function withGraph(document: Document, id: GraphId, graph: Graph): Document {
  if (id === 'main') return { ...document, graph };
  const block = document.blocks[id];
  return block ? { ...document, blocks: { ...document.blocks, [id]: { ...block, graph } } } : document;
}

function withLayout(document: Document, id: GraphId, set: Record<NodeId, NodeLayout | null>): Document {
  if (!document.layout[id] && Object.values(set).every((place) => place === null)) return document;
  const places = { ...(document.layout[id] ?? {}) };
  for (const [node, place] of Object.entries(set)) {
    if (place) places[node] = place;
    else delete places[node];
  }
  return { ...document, layout: { ...document.layout, [id]: places } };
}

/** Sets members; `null` removes one. The inverse names what stood there. */
function patch<T extends object>(value: T, set: object): { next: T; inverse: Record<string, unknown> } {
  const next = { ...value } as Record<string, unknown>;
  const inverse: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(set)) {
    inverse[key] = next[key] ?? null;
    if (member === null) delete next[key];
    else if (member !== undefined) next[key] = member;
  }
  return { next: next as T, inverse };
}

const refuse = (message: string): Applied => ({
  diagnostic: { code: 'document-invalid', severity: 'error', message, at: {} },
});

const gone = (what: 'node' | 'edge' | 'block', id: string): Applied =>
  refuse(`The ${what} ${id} is not there any more; somebody may have removed it.`);
