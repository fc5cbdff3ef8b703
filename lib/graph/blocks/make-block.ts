import { randomId } from '@/lib/base/ids';
import { isRecord, type Json } from '@/lib/base/json';
import type { Command } from '../command';
import type { Diagnostic } from '../diagnostic';
import {
  type Block,
  type BlockId,
  type BlockPort,
  type Document,
  type Edge,
  type Graph,
  type GraphId,
  graphOf,
  type Node,
  type NodeId,
  type NodeLayout,
  type Param,
  type Params,
  type PortId,
  shiftEdge,
} from '../document';
import { inOrder } from '../order';
import { freePortId } from './block-ports';
import type { PortShape, PortsOf } from './port-shape';
import { refusal } from './refusal';
import { namesInParams } from './rewrite-expression';

export interface MadeBlock {
  command: Command;
  block: BlockId;
  instance: NodeId;
  /** Nodes that had to come along, since they stand between the chosen ones. */
  between: NodeId[];
}

export interface MakeBlockOptions {
  graph: GraphId;
  nodes: readonly NodeId[];
  title: string;
  /** Name of the instance. */
  name: string;
  portsOf: PortsOf;
  /** Entries of `Document.frames` and `Document.notes` that go along, by id. */
  furniture?: readonly string[];
}

/**
 * Puts nodes into a new block and an instance in their place. Wires that cross the border become ports of the block
 * (one for each source), as do required inputs that nothing feeds; params that the nodes' expressions name become
 * params of the block.
 */
export function makeBlock(document: Document, options: MakeBlockOptions): MadeBlock | { diagnostic: Diagnostic } {
  const { graph: graphId, portsOf } = options;
  const graph = graphOf(document, graphId);
  const asked = new Set(options.nodes.filter((id) => graph?.nodes[id]));
  if (!graph || asked.size === 0) return refusal('Select the nodes that are to become a block first.');
  const between = nodesBetween(graph, asked);
  const chosen = new Set([...asked, ...between]);
  const training = [...chosen].find((id) => graph.nodes[id]?.kind === 'training');
  if (training) {
    const name = graph.nodes[training]?.name || 'Training';
    return refusal(`${name} runs the whole document, so it cannot be in a block. Leave it out of the selection.`, {
      graph: graphId,
      node: training,
    });
  }

  const layout = document.layout[graphId] ?? {};
  const work = new Border(graph, chosen, layout, (id) => portsOf(graphId, id));
  const { inputs, outputs } = work;
  const origin = corner([...chosen].flatMap((id) => layout[id] ?? []));
  const nodes: Graph['nodes'] = {};
  const edges: Graph['edges'] = { ...work.edges };
  for (const id of chosen) if (graph.nodes[id]) nodes[id] = graph.nodes[id];
  for (const [id, edge] of Object.entries(graph.edges)) {
    if (chosen.has(edge.from[0]) && chosen.has(edge.to[0])) edges[id] = shiftEdge(edge, -origin.x, -origin.y);
  }

  const { params, set } = takeParams(document, graphId, Object.values(nodes));
  const block: Block = { title: options.title, graph: { nodes, edges }, inputs, outputs, params };
  const [blockId, instance] = [randomId('b'), randomId('n')];
  const node: Node = {
    kind: 'instance',
    version: 1,
    name: options.name,
    params: { block: blockId, ...(Object.keys(set).length ? { set: set as Json } : {}) },
  };
  const commands: Command[] = [
    { do: 'add-block', id: blockId, block, layout: shifted(chosen, layout, origin) },
    ...[...chosen].map((id): Command => ({ do: 'remove-node', graph: graphId, id })),
    { do: 'add-node', graph: graphId, id: instance, node, layout: placeOf(work.entrance, layout, origin) },
    ...work.wires(instance).map((edge): Command => ({ do: 'add-edge', graph: graphId, id: randomId('e'), edge })),
    ...moveFurniture(document, options.furniture ?? [], blockId, origin),
  ];
  return {
    command: { do: 'batch', title: 'Make block', commands },
    block: blockId,
    instance,
    between: [...between],
  };
}

/** Nodes outside that are fed by a chosen one and feed another: left out, the block would come before itself. */
function nodesBetween(graph: Graph, chosen: ReadonlySet<NodeId>): Set<NodeId> {
  const reach = (from: 0 | 1) => {
    const [near, far] = from === 0 ? (['from', 'to'] as const) : (['to', 'from'] as const);
    const next = new Map<NodeId, NodeId[]>();
    for (const edge of Object.values(graph.edges)) {
      if (edge.from[1] !== 'weights') next.set(edge[near][0], [...(next.get(edge[near][0]) ?? []), edge[far][0]]);
    }
    const found = new Set<NodeId>();
    const stack = [...chosen];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      for (const other of next.get(id) ?? []) {
        if (found.has(other)) continue;
        found.add(other);
        stack.push(other);
      }
    }
    return found;
  };
  const [after, before] = [reach(0), reach(1)];
  return new Set([...after].filter((id) => before.has(id) && !chosen.has(id) && graph.nodes[id]));
}

/** What crosses the border of the chosen nodes; identity matters because ports get their ids as they are found. */
class Border {
  readonly inputs: BlockPort[] = [];
  readonly outputs: BlockPort[] = [];
  /** Inside, from `$in` and to `$out`. */
  readonly edges: Record<string, Edge> = {};
  /** The node that the first input leads to: the instance takes its place. */
  entrance: NodeId | undefined;
  private readonly into: { from: Edge['from']; port: PortId }[] = [];
  private readonly outOf: { to: Edge['to']; port: PortId; order?: string }[] = [];

  constructor(
    private readonly graph: Graph,
    private readonly chosen: ReadonlySet<NodeId>,
    private readonly layout: Readonly<Record<NodeId, NodeLayout>>,
    private readonly portsOf: (id: NodeId) => ReturnType<PortsOf>,
  ) {
    this.findInputs();
    this.findOutputs();
  }

  /** Edges of the instance. */
  wires(instance: NodeId): Edge[] {
    return [
      ...this.into.map(({ from, port }): Edge => ({ from, to: [instance, port] })),
      ...this.outOf.map(
        ({ to, port, order }): Edge => ({
          from: [instance, port],
          to,
          ...(order === undefined ? {} : { order }),
        }),
      ),
    ];
  }

  private findInputs(): void {
    const bySource = new Map<string, { from: Edge['from'] | null; edges: Edge[] }>();
    for (const [, edge] of inOrder(Object.entries(this.graph.edges))) {
      if (!this.chosen.has(edge.to[0]) || this.chosen.has(edge.from[0])) continue;
      const key = edge.from.join(' ');
      const there = bySource.get(key) ?? { from: edge.from, edges: [] };
      there.edges.push(edge);
      bySource.set(key, there);
    }
    const wired = new Set(Object.values(this.graph.edges).map((edge) => edge.to.join(' ')));
    for (const id of this.chosen) {
      for (const port of this.portsOf(id).inputs) {
        if (port.optional || port.type === 'weights' || wired.has(`${id} ${port.id}`)) continue;
        const to: Edge['to'] = [id, port.id];
        bySource.set(`? ${to.join(' ')}`, { from: null, edges: [{ from: ['$in', ''], to }] });
      }
    }
    const sources = [...bySource.values()].sort((a, b) => this.rank(a.edges) - this.rank(b.edges));
    for (const { from, edges } of sources) {
      const ends = edges.map((edge) => this.port(edge.to[0], edge.to[1], 'inputs'));
      const [first] = edges;
      if (!first) continue;
      const type = (from && this.port(from[0], from[1], 'outputs')?.type) ?? ends[0]?.type ?? 'tensor';
      const optional = ends.every((end) => end?.optional);
      const port = this.name(this.inputs, 'x', type, ends[0]?.title ?? first.to[1], first.to[0], optional);
      this.inputs.push(port);
      this.entrance ??= first.to[0];
      if (from) this.into.push({ from, port: port.id });
      for (const { via: _, ...edge } of edges) this.edges[randomId('e')] = { ...edge, from: ['$in', port.id] };
    }
    this.entrance ??= [...this.chosen].sort((a, b) => this.at(a).x - this.at(b).x)[0];
  }

  private findOutputs(): void {
    const bySource = new Map<string, { from: Edge['from']; edges: Edge[] }>();
    for (const edge of Object.values(this.graph.edges)) {
      if (!this.chosen.has(edge.from[0]) || this.chosen.has(edge.to[0])) continue;
      const key = edge.from.join(' ');
      const there = bySource.get(key) ?? { from: edge.from, edges: [] };
      there.edges.push(edge);
      bySource.set(key, there);
    }
    if (![...bySource.values()].some(({ from }) => this.port(from[0], from[1], 'outputs')?.type !== 'weights')) {
      const used = new Set(Object.values(this.graph.edges).map((edge) => edge.from[0]));
      for (const id of this.chosen) {
        const port = this.portsOf(id).outputs.find(({ type }) => type !== 'weights');
        if (port && !used.has(id)) bySource.set(id, { from: [id, port.id], edges: [] });
      }
    }
    const sources = [...bySource.values()].sort((a, b) => this.outRank(a.from) - this.outRank(b.from));
    for (const { from, edges } of sources) {
      const shape = this.port(from[0], from[1], 'outputs');
      const port = this.name(this.outputs, 'y', shape?.type ?? 'tensor', shape?.title ?? from[1], from[0], false);
      this.outputs.push(port);
      this.edges[randomId('e')] = { from, to: ['$out', port.id] };
      for (const { to, order } of edges) this.outOf.push({ to, port: port.id, ...(order ? { order } : {}) });
    }
  }

  /** The first tensor is `x` or `y`; others are called after the port, and after the node too where two are alike. */
  private name(
    taken: readonly BlockPort[],
    first: 'x' | 'y',
    type: BlockPort['type'],
    title: string,
    node: NodeId,
    optional: boolean,
  ): BlockPort {
    const main = type === 'tensor' && !taken.some((port) => port.type === 'tensor');
    const alike = taken.some((port) => port.name === title);
    const name = alike ? `${title} ${this.graph.nodes[node]?.name ?? taken.length + 1}` : title;
    return { id: freePortId(taken, main ? first : name), name, type, ...(optional ? { optional: true } : {}) };
  }

  private port(node: NodeId, port: PortId, side: 'inputs' | 'outputs'): PortShape | undefined {
    return this.portsOf(node)[side].find(({ id }) => id === port);
  }

  private at(id: NodeId): { x: number; y: number } {
    return this.layout[id] ?? { x: 0, y: 0 };
  }

  /** Tensors first, then from left to right and downwards. */
  private rank(edges: readonly Edge[]): number {
    const places = edges.map(({ to }) => this.at(to[0]));
    const type = edges[0] && this.port(edges[0].to[0], edges[0].to[1], 'inputs')?.type;
    return (type === 'tensor' ? 0 : 1e9) + Math.min(...places.map(({ x, y }) => x * 1e3 + y));
  }

  private outRank([node, port]: Edge['from']): number {
    const { x, y } = this.at(node);
    return (this.port(node, port, 'outputs')?.type === 'tensor' ? 0 : 1e9) - x * 1e3 + y;
  }
}

/** Params of the surrounding graph that the nodes' expressions name, and how the instance passes them on. */
function takeParams(
  document: Document,
  graph: GraphId,
  nodes: readonly Node[],
): Pick<Block, 'params'> & { set: Params } {
  const around = graph === 'main' ? document.params : (document.blocks[graph]?.params ?? {});
  const params: Record<string, Param> = {};
  const set: Params = {};
  for (const name of nodes.flatMap((node) => namesInParams(node.params))) {
    const param = around[name];
    if (!param) continue;
    params[name] = param;
    set[name] = { '=': name };
  }
  return { params, set };
}

function corner(places: readonly NodeLayout[]): { x: number; y: number } {
  if (!places.length) return { x: 0, y: 0 };
  return { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) };
}

function shifted(
  ids: ReadonlySet<NodeId>,
  layout: Readonly<Record<NodeId, NodeLayout>>,
  origin: { x: number; y: number },
): Record<NodeId, NodeLayout> {
  const places: Record<NodeId, NodeLayout> = {};
  for (const id of ids) {
    const place = layout[id];
    if (place) places[id] = { ...place, x: place.x - origin.x, y: place.y - origin.y };
  }
  return places;
}

const placeOf = (
  entrance: NodeId | undefined,
  layout: Readonly<Record<NodeId, NodeLayout>>,
  origin: { x: number; y: number },
): NodeLayout => {
  const place = entrance === undefined ? undefined : layout[entrance];
  return place ? { x: place.x, y: place.y } : origin;
};

/** Frames and notes that go into the block with the nodes. */
function moveFurniture(
  document: Document,
  ids: readonly string[],
  block: BlockId,
  origin: { x: number; y: number },
): Command[] {
  if (!ids.length) return [];
  const moved = (list: Json): Json =>
    Array.isArray(list)
      ? list.map((entry) =>
          isRecord(entry) && typeof entry.id === 'string' && ids.includes(entry.id)
            ? { ...entry, graph: block, x: Number(entry.x) - origin.x, y: Number(entry.y) - origin.y }
            : entry,
        )
      : list;
  return [{ do: 'set-document', set: { frames: moved(document.frames), notes: moved(document.notes) } }];
}
