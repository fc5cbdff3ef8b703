import { invariant, required } from '@/lib/base/invariant';
import type { Json } from '@/lib/base/json';
import {
  type Block,
  type Document,
  type Edge,
  emptyDocument,
  type Graph,
  type Node,
  type NodeId,
  type NodeLayout,
  type Params,
} from '@/lib/graph/document';
import { orderBetween } from '@/lib/graph/order';
import { faces } from '@/lib/nodes/faces.generated';

/** Where a wire comes from: `conv1` (its output `y`) or `data.image`; inside a block `$in.x`. */
export type WireFrom = string;

export interface NodePlan {
  kind: string;
  params?: Params;
  /** Live numbers that are inputs: wired as `param:rate`. */
  promoted?: string[];
  /** Input port → wire, or wires of a variadic port in order. */
  from?: Record<string, WireFrom | WireFrom[]>;
  /** Column of the row (default: the next one) and pixels below the row's top. */
  at?: { column?: number; down?: number };
}

/** One row of the canvas, left to right. `height`: to the next row. */
export interface RowPlan {
  height?: number;
  nodes: Record<NodeId, NodePlan>;
}

export interface BlockPlan extends Pick<Block, 'title' | 'inputs' | 'outputs'> {
  params?: Block['params'];
  /** As a document's. */
  pitch?: number;
  rows: RowPlan[];
  /** Output port → wire inside the block. */
  gives: Record<string, WireFrom>;
}

export interface DocumentPlan
  extends Partial<Pick<Document, 'params' | 'presets' | 'variants' | 'expected' | 'settings'>> {
  title: string;
  /** Pixels from column to column, where nodes are wider than usual. */
  pitch?: number;
  rows: RowPlan[];
  blocks?: Record<string, BlockPlan>;
  /** A titled area around these nodes. */
  frames?: { title: string; around: NodeId[]; height?: number }[];
  notes?: { text: string; below: NodeId; down: number }[];
}

/** Distances of the canvas: most nodes are about 152 wide, then 64 apart from the next. */
const PITCH = 216;
const ROW = 304;
const GAP = 56;
const NODE_HEIGHT = 200;
/** A frame is wider on the right: the last node of a row may be wider than the others. */
const FRAME = { left: 24, right: 56, top: 48, bottom: 24 };

/**
 * A document from a plan: rows of named nodes that say where their wires come from. Names become ids, so that the same
 * plan always gives the same document.
 */
export function buildDocument(plan: DocumentPlan): Document {
  const { graph, layout } = buildGraph(plan);
  const blocks = Object.entries(plan.blocks ?? {}).map(([id, block]) => {
    const inside = buildGraph(block);
    for (const [port, from] of Object.entries(block.gives)) {
      inside.graph.edges[`out-${port}`] = { from: source(from), to: ['$out', port] };
    }
    const { title, inputs, outputs, params = {} } = block;
    return { id, block: { title, inputs, outputs, params, graph: inside.graph }, layout: inside.layout };
  });
  const place = (id: NodeId): NodeLayout => required(layout[id], `node ${id} of ${plan.title}`);
  return {
    ...emptyDocument(plan.title),
    graph,
    blocks: Object.fromEntries(blocks.map(({ id, block }) => [id, block])),
    params: plan.params ?? {},
    presets: plan.presets ?? {},
    variants: plan.variants ?? [],
    expected: plan.expected ?? [],
    settings: plan.settings ?? { batch: 64, lengths: {} },
    frames: (plan.frames ?? []).map(
      (frame, i): Json => ({
        id: `frame${i + 1}`,
        title: frame.title,
        ...frameAround(frame.around.map(place), plan.pitch, frame.height),
      }),
    ),
    notes: (plan.notes ?? []).map(({ text, below, down }, i): Json => {
      const { x, y } = place(below);
      return { id: `note${i + 1}`, text, x, y: y + down, w: 176 };
    }),
    layout: { main: layout, ...Object.fromEntries(blocks.map((block) => [block.id, block.layout])) },
  };
}

function buildGraph({ rows, pitch = PITCH }: Pick<BlockPlan, 'rows' | 'pitch'>): {
  graph: Graph;
  layout: Record<NodeId, NodeLayout>;
} {
  const nodes: Record<NodeId, Node> = {};
  const edges: Record<string, Edge> = {};
  const layout: Record<NodeId, NodeLayout> = {};
  let top = 0;
  for (const row of rows) {
    let column = 0;
    for (const [id, plan] of Object.entries(row.nodes)) {
      invariant(!nodes[id], `two nodes are called ${id}`);
      column = plan.at?.column ?? column;
      const { fields, version } = required(faces[plan.kind], `the kind ${plan.kind}`);
      // Params of an instance are its block's.
      const unknown = Object.keys(plan.params ?? {}).filter((param) => plan.kind !== 'instance' && !fields[param]);
      invariant(unknown.length === 0, `${plan.kind} has ${Object.keys(fields)}, and not ${unknown}, as ${id} says`);
      nodes[id] = {
        kind: plan.kind,
        version,
        name: id,
        params: plan.params ?? {},
        ...(plan.promoted ? { promoted: plan.promoted } : {}),
      };
      layout[id] = { x: pitch * column, y: top + (plan.at?.down ?? 0) };
      column++;
      for (const [port, from] of Object.entries(plan.from ?? {})) Object.assign(edges, wires(id, port, from));
    }
    top += row.height ?? ROW;
  }
  return { graph: { nodes, edges }, layout };
}

function wires(to: NodeId, port: string, from: WireFrom | WireFrom[]): Record<string, Edge> {
  const id = `${to}-${port}`.replace(/[^\w-]/g, '_');
  if (!Array.isArray(from)) return { [id]: { from: source(from), to: [to, port] } };
  let order: string | null = null;
  return Object.fromEntries(
    from.map((wire, i) => {
      order = orderBetween(order, null);
      return [`${id}-${i + 1}`, { from: source(wire), to: [to, port], order }];
    }),
  );
}

function source(wire: WireFrom): [NodeId | '$in', string] {
  const [node = '', port = 'y'] = wire.split('.');
  return [node, port];
}

function frameAround(places: NodeLayout[], pitch = PITCH, height?: number) {
  const left = Math.min(...places.map(({ x }) => x)) - FRAME.left;
  const top = Math.min(...places.map(({ y }) => y)) - FRAME.top;
  const right = Math.max(...places.map(({ x }) => x)) + pitch - GAP + FRAME.right;
  const bottom = Math.max(...places.map(({ y }) => y)) + NODE_HEIGHT + FRAME.bottom;
  return { x: left, y: top, w: right - left, h: height ?? bottom - top };
}
