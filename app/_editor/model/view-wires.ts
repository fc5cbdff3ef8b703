import type { Diagnostic } from '@/lib/graph/diagnostic';
import {
  type Document,
  type Edge,
  type EdgeId,
  type GraphId,
  graphOf,
  type NodeId,
  type NodeLayout,
} from '@/lib/graph/document';
import { inOrder } from '@/lib/graph/order';
import type { PortType } from '@/lib/graph/port-type';
import { formatShape } from '@/lib/tensor/spec';
import { formatSpec } from './format';
import type { NodeView, PortView } from './node-view';
import { type Box, type Route, routeWires, type WireEnds } from './route-wire';
import { share } from './share';
import type { GraphView } from './view-graph';
import { routeThrough } from './wire-shape';

/** What a wire draws; keeps its identity while it looks the same. */
export interface WireView {
  id: EdgeId;
  source: NodeId;
  sourceHandle: string;
  target: NodeId;
  targetHandle: string;
  type: PortType;
  /** Shape in small print, empty for what has none. */
  label: string;
  /** Shape and numbers, as far as they are known: `batch×28×28×1 float32`. */
  carries: string;
  route: Route | null;
  /** Points that the wire is led through. */
  via: readonly (readonly [number, number])[];
  wrong: 'no' | 'path' | 'cause';
  title: string;
}

export type WireViews = Readonly<Record<EdgeId, WireView>>;

/** Wires of a graph with their routes. */
export function viewWires(
  document: Document,
  graphId: GraphId,
  views: GraphView,
  places: Readonly<Record<NodeId, NodeLayout>>,
  diagnostics: readonly Diagnostic[],
  before: WireViews,
  route = routeWires,
): WireViews {
  const graph = graphOf(document, graphId);
  if (!graph) return {};
  const boxes: Record<NodeId, Box> = {};
  for (const [id, view] of Object.entries(views)) {
    const place = places[id] ?? { x: 0, y: 0 };
    boxes[id] = { x: place.x, y: place.y, width: view.width, height: view.height };
  }
  const red = redPath(document, graphId, diagnostics);
  const counters = new Map<string, number>();
  const wires: Record<EdgeId, WireView> = {};
  const ends: WireEnds[] = [];
  for (const [id, edge] of inOrder(Object.entries(graph.edges))) {
    const [source, target] = [views[edge.from[0]], views[edge.to[0]]];
    if (!source || !target) continue;
    const slot = `${edge.to[0]}:${edge.to[1]}`;
    const index = counters.get(slot) ?? 0;
    counters.set(slot, index + 1);
    const from = portAt(source, 'out', edge.from[1]);
    const to = portAt(target, 'in', edge.to[1], index);
    const [fromBox, toBox] = [boxes[edge.from[0]], boxes[edge.to[0]]];
    const type = from?.type ?? to?.type ?? 'tensor';
    wires[id] = {
      id,
      source: edge.from[0],
      sourceHandle: from?.handle ?? edge.from[1],
      target: edge.to[0],
      targetHandle: to?.handle ?? edge.to[1],
      type,
      label: type === 'tensor' && from?.spec?.shape ? formatSpec(from.spec) : '',
      carries: from?.spec?.shape ? `${formatShape(from.spec.shape)} ${from.spec.dtype}` : '',
      route: null,
      via: edge.via ?? NONE,
      wrong: red.get(id) ?? 'no',
      title: `${source.fullName} ${from?.title ?? edge.from[1]} to ${target.fullName} ${to?.title ?? edge.to[1]}`,
    };
    if (!from || !to || !fromBox || !toBox || type === 'weights') continue;
    if (edge.via) {
      const [dots, start, end] = [edge.via.map(([x, y]) => ({ x, y })), onCanvas(fromBox, from), onCanvas(toBox, to)];
      wires[id] = { ...wires[id], route: routeThrough(start, dots, end) };
      continue;
    }
    ends.push({
      id,
      source: `${edge.from[0]}:${edge.from[1]}`,
      from: onCanvas(fromBox, from),
      to: onCanvas(toBox, to),
      fromBox,
      toBox,
    });
  }
  const routes = route(ends, Object.values(boxes));
  for (const [id, route] of routes) if (wires[id]) wires[id] = { ...wires[id], route };
  return share(before, wires);
}

const NONE: readonly [number, number][] = [];

const onCanvas = (box: Box, port: { x: number; y: number }) => ({ x: box.x + port.x, y: box.y + port.y });

function portAt(view: NodeView, side: 'in' | 'out', id: string, index = 0): PortView | undefined {
  const ports = view.ports.filter((port) => port.side === side && port.id === id);
  return ports.find((port) => port.handle === `${id}#${index}`) ?? ports[0];
}

/** Wires from the cause of an error to where it shows: the red path of the problem screen. */
function redPath(
  document: Document,
  graphId: GraphId,
  diagnostics: readonly Diagnostic[],
): Map<EdgeId, 'path' | 'cause'> {
  const red = new Map<EdgeId, 'path' | 'cause'>();
  const edges = graphOf(document, graphId)?.edges ?? {};
  for (const { severity, at, code } of diagnostics) {
    if (severity !== 'error' || (at.graph ?? 'main') !== graphId || code === 'input-missing') continue;
    const last = Object.entries(edges).filter(([, { to }]) => to[0] === at.node && to[1] === at.port);
    const way = at.edge
      ? wayTo(
          edges,
          at.edge,
          last.map(([id]) => id),
        )
      : last.map(([id]) => id);
    for (const id of way) if (!red.has(id)) red.set(id, 'path');
    if (at.edge) red.set(at.edge, 'cause');
  }
  return red;
}

/** Edges on a shortest way from one edge to one of others, both ends included. */
function wayTo(edges: Record<EdgeId, Edge>, start: EdgeId, goals: readonly EdgeId[]): EdgeId[] {
  const before = new Map<EdgeId, EdgeId | null>([[start, null]]);
  const queue = [start];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (goals.includes(id)) {
      const way: EdgeId[] = [];
      for (let step: EdgeId | null | undefined = id; step; step = before.get(step)) way.push(step);
      return way;
    }
    const end = edges[id]?.to[0];
    for (const [next, edge] of Object.entries(edges)) {
      if (edge.from[0] !== end || before.has(next)) continue;
      before.set(next, id);
      queue.push(next);
    }
  }
  return [start];
}
