import type { NodeInsight } from '@/lib/compile/result';
import type { Block, BlockPort, Graph, NodeId, NodeLayout, PortId } from '@/lib/graph/document';
import type { Spec } from '@/lib/tensor/spec';
import { measureText } from './measure-text';
import { HEADER, type NodeView, type PortView, ROW, type RowView } from './node-view';
import type { GraphView } from './view-graph';

/** The open port of an end: a wire to it makes a new port of the block. */
export const NEW_PORT: PortId = '+';

export const isEnd = (node: NodeId): boolean => node === '$in' || node === '$out';

const GAP = 64;

/** What stands at the borders inside a block: its inputs at the left, its outputs at the right. */
export function viewEnds(block: Block, insights: Readonly<Record<NodeId, NodeInsight>>): Record<NodeId, NodeView> {
  const inputs = new Map<PortId, Spec>();
  const outputs = new Map<PortId, Spec>();
  for (const { from, to } of Object.values(block.graph.edges)) {
    const into = insights[to[0]]?.inputs.find((port) => port.id === to[1])?.specs[0];
    const out = insights[from[0]]?.outputs.find((port) => port.id === from[1])?.spec;
    if (from[0] === '$in' && into) inputs.set(from[1], into);
    if (to[0] === '$out' && out) outputs.set(to[1], out);
  }
  const used = (end: 'from' | 'to', node: string) =>
    new Set(Object.values(block.graph.edges).flatMap((edge) => (edge[end][0] === node ? [edge[end][1]] : [])));
  return {
    $in: viewEnd('$in', block.inputs, inputs, used('from', '$in')),
    $out: viewEnd('$out', block.outputs, outputs, used('to', '$out')),
  };
}

function viewEnd(
  id: '$in' | '$out',
  listed: readonly BlockPort[],
  specs: ReadonlyMap<PortId, Spec>,
  used: ReadonlySet<PortId>,
): NodeView {
  const side = id === '$in' ? 'out' : 'in';
  const title = id === '$in' ? 'Inputs' : 'Outputs';
  const hint = id === '$in' ? 'new input' : 'new output';
  const names = listed.map((port) => port.name || port.id);
  const widest = Math.max(...[...names, hint].map((name) => measureText(name, 'body')), 0);
  const width = Math.max(120, Math.ceil((widest + 40) / 8) * 8);
  const row = (text: string, tone: RowView['tone']): RowView =>
    side === 'out' ? { left: '', right: text, tone } : { left: text, right: '', tone };
  const port = (
    at: number,
    rest: Pick<PortView, 'id' | 'title' | 'type' | 'wired' | 'optional' | 'spec'>,
  ): PortView => ({
    ...rest,
    handle: rest.id,
    side,
    place: 'row',
    x: side === 'out' ? width : 0,
    y: HEADER + at * ROW + ROW / 2,
    variadic: false,
  });
  return {
    id,
    kind: id,
    known: true,
    title,
    name: '',
    fullName: title,
    label: title,
    icon: id === '$in' ? 'login-2' : 'logout-2',
    makes: 'op',
    learns: false,
    role: 'ends',
    params: {},
    body: null,
    rows: [...names.map((name) => row(name, 'label')), row(hint, 'quiet')],
    fields: [],
    ports: [
      ...listed.map((declared, at) =>
        port(at, {
          id: declared.id,
          title: declared.name || declared.id,
          type: declared.type,
          wired: used.has(declared.id),
          optional: declared.optional === true,
          spec: specs.get(declared.id) ?? null,
        }),
      ),
      port(listed.length, { id: NEW_PORT, title: hint, type: 'tensor', wired: false, optional: true, spec: null }),
    ],
    footer: null,
    at: { rows: HEADER, body: HEADER, fields: HEADER, footer: HEADER },
    width,
    height: HEADER + ROW * (listed.length + 1) + 8,
    problem: null,
    muted: false,
    bypassed: false,
    frozen: false,
    collapsed: false,
    shares: false,
  };
}

/** Places of the nodes of a block's graph; ends that nobody has moved stand beside the nodes they are wired to. */
export function placesInBlock(
  graph: Graph,
  layout: Readonly<Record<NodeId, NodeLayout>>,
  views: GraphView,
): Record<NodeId, NodeLayout> {
  const places = { ...layout };
  const inside = Object.keys(graph.nodes).map((id) => ({ id, ...(layout[id] ?? { x: 0, y: 0 }) }));
  const left = Math.min(...inside.map(({ x }) => x), inside.length ? Number.POSITIVE_INFINITY : 0);
  const right = Math.max(...inside.map(({ id, x }) => x + (views[id]?.width ?? 160)), inside.length ? -1e9 : 240);
  const level = (end: '$in' | '$out'): number => {
    const [near, far] = end === '$in' ? (['from', 'to'] as const) : (['to', 'from'] as const);
    for (const port of views[end]?.ports ?? []) {
      const edge = Object.values(graph.edges).find((other) => other[near][0] === end && other[near][1] === port.id);
      const there =
        edge && views[edge[far][0]]?.ports.find(({ id, side }) => id === edge[far][1] && side !== port.side);
      const place = edge && layout[edge[far][0]];
      if (there && place) return place.y + there.y - port.y;
    }
    return Math.min(...inside.map(({ y }) => y), inside.length ? Number.POSITIVE_INFINITY : 0);
  };
  places.$in ??= { x: left - GAP - (views.$in?.width ?? 120), y: level('$in') };
  places.$out ??= { x: right + GAP, y: level('$out') };
  return places;
}
