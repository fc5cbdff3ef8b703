import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/react';
import type { NodeLayout } from '@/lib/graph/document';
import type { Frame, Note } from '../model/frames';
import type { NodeView } from '../model/node-view';
import type { GraphView } from '../model/view-graph';
import type { WireViews } from '../model/view-wires';
import type { FrameNodeType, NoteNodeType } from './frame-node';

export type FlowNode = Node | FrameNodeType | NoteNodeType;

interface Parts {
  views: GraphView;
  layout: Readonly<Record<string, NodeLayout>>;
  frames: readonly Frame[];
  notes: readonly Note[];
  selected: ReadonlySet<string>;
}

/**
 * React Flow's nodes from ours. Those that look as before keep their identity, so that only what changed renders; a
 * node that is being dragged keeps the place that the pointer gave it.
 */
export function buildFlowNodes(before: readonly FlowNode[], parts: Parts): FlowNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const built: FlowNode[] = [];
  for (const frame of parts.frames) {
    built.push(
      keep(known, {
        id: frame.id,
        type: 'frame',
        position: { x: frame.x, y: frame.y },
        width: frame.w,
        height: frame.h,
        data: { title: frame.title },
        selected: parts.selected.has(frame.id),
        // React Flow lifts what is selected by 1,000: a frame stays behind its nodes all the same.
        zIndex: parts.selected.has(frame.id) ? -1_002 : -2,
        dragHandle: '.frame-handle',
        ariaLabel: `Frame ${frame.title}`,
        style: { pointerEvents: 'none' },
      }),
    );
  }
  for (const note of parts.notes) {
    built.push(
      keep(known, {
        id: note.id,
        type: 'note',
        position: { x: note.x, y: note.y },
        width: note.w,
        data: { text: note.text },
        selected: parts.selected.has(note.id),
        zIndex: -1,
        ariaLabel: 'Note',
      }),
    );
  }
  for (const [id, view] of Object.entries(parts.views)) {
    const place = parts.layout[id] ?? { x: 0, y: 0 };
    built.push(
      keep(known, {
        id,
        type: 'kind',
        position: { x: place.x, y: place.y },
        ...sizeOf(view),
        data: NOTHING,
        selected: parts.selected.has(id),
        ariaLabel: `${view.label}${view.problem ? `, ${view.problem.severity}` : ''}`,
      }),
    );
  }
  const same = built.length === before.length && built.every((node, index) => node === before[index]);
  return same ? (before as FlowNode[]) : built;
}

const NOTHING = {};

/** Of a port's target area, in pixels at 100 %. */
export const PORT = 24;

type Size = Required<Pick<Node, 'width' | 'height' | 'measured' | 'handles'>>;

/**
 * Size and ports as the view has them: React Flow need not render and measure a node to draw its wires, so that of a
 * large graph only what is on the screen is ever rendered.
 */
function sizeOf(view: NodeView): Size {
  const there = sizes.get(view);
  if (there) return there;
  const { width, height } = view;
  const handles = view.ports.map(
    ({ handle, side, x, y }): NodeHandle => ({
      id: handle,
      type: side === 'in' ? 'target' : 'source',
      position: side === 'in' ? Position.Left : Position.Right,
      x: x - PORT / 2,
      y: y - PORT / 2,
      width: PORT,
      height: PORT,
    }),
  );
  const size = { width, height, measured: { width, height }, handles };
  sizes.set(view, size);
  return size;
}

/** By view: what looks the same keeps its handles. */
const sizes = new WeakMap<NodeView, Size>();

function keep(known: ReadonlyMap<string, FlowNode>, next: FlowNode): FlowNode {
  const before = known.get(next.id);
  if (!before) return next;
  const position = before.dragging ? before.position : next.position;
  const data = same(before.data, next.data) ? before.data : next.data;
  const unchanged =
    before.position.x === position.x &&
    before.position.y === position.y &&
    before.width === next.width &&
    before.height === next.height &&
    before.handles === next.handles &&
    before.selected === next.selected &&
    before.zIndex === next.zIndex &&
    before.ariaLabel === next.ariaLabel &&
    before.data === data;
  return unchanged ? before : ({ ...before, ...next, position, data } as FlowNode);
}

const same = (a: Record<string, unknown>, b: Record<string, unknown>) =>
  Object.keys(b).every((key) => a[key] === b[key]);

/** React Flow's edges from our wires, by the same rule. */
export function buildFlowEdges(before: readonly Edge[], wires: WireViews, selected: ReadonlySet<string>): Edge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  const built = Object.values(wires).map((wire): Edge => {
    const there = known.get(wire.id);
    const chosen = selected.has(wire.id);
    const unchanged =
      there &&
      there.source === wire.source &&
      there.target === wire.target &&
      there.sourceHandle === wire.sourceHandle &&
      there.targetHandle === wire.targetHandle &&
      there.selected === chosen;
    if (unchanged) return there;
    return {
      id: wire.id,
      type: 'wire',
      source: wire.source,
      target: wire.target,
      sourceHandle: wire.sourceHandle,
      targetHandle: wire.targetHandle,
      selected: chosen,
      ariaLabel: `Wire from ${wire.title}`,
    };
  });
  const unchanged = built.length === before.length && built.every((edge, index) => edge === before[index]);
  return unchanged ? (before as Edge[]) : built;
}
