import { type NodeChange, type ReactFlowInstance, useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { insertCommand } from '../actions/add-kind';
import { moveNodes } from '../actions/arrange';
import { moveFurniture } from '../actions/furniture';
import { guide } from '../model/guides';
import { around, stands } from '../model/rect';
import type { Box } from '../model/route-wire';
import { type Editor, useEditor } from '../state/editor-context';
import type { FlowNode } from './flow-nodes';
import { nearestWire } from './nearest-wire';

type Place = { x: number; y: number };

interface Drag {
  /** Where everything stood: what is dragged, and what stands on dragged frames and goes along. */
  from: ReadonlyMap<string, Place>;
  held: ReadonlyMap<string, Place>;
  others: readonly Box[];
  /** What guides added to the pointer's way. */
  shift: Place;
  guided: boolean;
}

const REACH = 7;
/** How near a wire must pass to the middle of a node's header that is held over it. */
const OVER = 28;
const NO_SHIFT: Place = { x: 0, y: 0 };

/**
 * Drags of nodes, frames and notes: one step of undo each. Nodes come level with others, frames take what stands on
 * them along, a lone node over a wire goes into it.
 */
export function useDragging() {
  const editor = useEditor();
  const flow = useReactFlow<FlowNode>();
  return useMemo(() => dragging(editor, flow), [editor, flow]);
}

function dragging(editor: Editor, flow: ReactFlowInstance<FlowNode>) {
  let drag: Drag | null = null;

  const start = (_: unknown, __: FlowNode, moved: FlowNode[]) => {
    const all = flow.getNodes();
    const ids = new Set(moved.map(({ id }) => id));
    const frames = moved.filter(({ type }) => type === 'frame');
    const held = new Map(
      all
        .filter((node) => !ids.has(node.id) && frames.some((frame) => stands(boxOf(node), boxOf(frame))))
        .map(({ id, position }) => [id, position]),
    );
    drag = {
      from: new Map(moved.map(({ id, position }) => [id, position])),
      held,
      others: all.filter(({ id, type }) => type === 'kind' && !ids.has(id)).map(boxOf),
      shift: NO_SHIFT,
      guided: frames.length === 0,
    };
    editor.ui.getState().set({ dragged: [...ids, ...held.keys()] });
  };

  /** Puts guides into what React Flow reports while something is dragged. */
  const adjust = (changes: NodeChange<FlowNode>[]): NodeChange<FlowNode>[] => {
    if (!drag) return changes;
    const moving = changes.filter((change) => change.type === 'position' && change.position !== undefined);
    if (!moving.length) return changes;
    if (drag.guided && moving.some((change) => change.type === 'position' && change.dragging)) {
      const boxes = moving.flatMap((change) => {
        const node = change.type === 'position' ? flow.getNode(change.id) : undefined;
        return node?.type === 'kind' && change.type === 'position' && change.position
          ? [{ ...boxOf(node), ...change.position }]
          : [];
      });
      const whole = around(boxes);
      const { dx, dy, guides } = whole ? guide(whole, drag.others, REACH) : { ...NO_GUIDE };
      drag.shift = { x: dx, y: dy };
      editor.ui.getState().set({ guides });
    }
    const { x, y } = drag.shift;
    if (!x && !y) return changes;
    return changes.map((change) =>
      change.type === 'position' && change.position
        ? { ...change, position: { x: change.position.x + x, y: change.position.y + y } }
        : change,
    );
  };

  const move = (_: unknown, node: FlowNode, moved: FlowNode[]) => {
    if (!drag) return;
    const before = drag.from.get(node.id);
    if (before && drag.held.size) {
      const [dx, dy] = [node.position.x - before.x, node.position.y - before.y];
      for (const [id, place] of drag.held) flow.updateNode(id, { position: { x: place.x + dx, y: place.y + dy } });
    }
    const alone = moved.length === 1 && editor.views.getState().nodes[node.id]?.ports.every((port) => !port.wired);
    const middle = { x: node.position.x + (node.width ?? 0) / 2, y: node.position.y + 16 };
    const edge = alone ? nearestWire(editor.views.getState().wires, middle, OVER) : null;
    if (editor.ui.getState().dropEdge !== edge) editor.ui.getState().set({ dropEdge: edge });
  };

  const stop = (_: unknown, node: FlowNode, moved: FlowNode[]) => {
    const { dropEdge, set } = editor.ui.getState();
    set({ dropEdge: null, dragged: [], guides: [] });
    if (!drag) return;
    const { from, held, shift } = drag;
    drag = null;
    const before = from.get(node.id) ?? node.position;
    const way = { x: node.position.x - before.x + shift.x, y: node.position.y - before.y + shift.y };
    const nodes: Record<string, Place> = {};
    const entries: Record<string, Place> = {};
    const put = (id: string, type: string | undefined, { x, y }: Place) => {
      (type === 'kind' ? nodes : entries)[id] = { x: x + way.x, y: y + way.y };
    };
    for (const { id, type } of moved) put(id, type, from.get(id) ?? NO_SHIFT);
    for (const [id, place] of held) put(id, flow.getNode(id)?.type, place);
    if (!way.x && !way.y) return;
    const bends = dotsAlong(editor, nodes, way);
    if (Object.keys(entries).length) moveFurniture(editor, entries, nodes, bends);
    else {
      const insert = dropEdge ? insertCommand(editor, dropEdge, node.id) : null;
      moveNodes(editor, nodes, insert ? 'Insert into wire' : 'Move', insert ? [insert] : bends);
    }
  };

  return { start, move, stop, adjust };
}

const NO_GUIDE = { dx: 0, dy: 0, guides: [] };

/** Dots of wires between nodes that move together go along. */
function dotsAlong(editor: Editor, nodes: Readonly<Record<string, Place>>, way: Place) {
  const { graph } = editor.ui.getState();
  return Object.values(editor.views.getState().wires)
    .filter(({ via, source, target }) => via.length > 0 && nodes[source] && nodes[target])
    .map(({ id, via }) => ({
      do: 'set-edge' as const,
      graph,
      id,
      set: { via: via.map(([x, y]): [number, number] => [x + way.x, y + way.y]) },
    }));
}

const boxOf = ({ position, width = 0, height = 0, measured }: FlowNode): Box => ({
  ...position,
  width: measured?.width ?? width,
  height: measured?.height ?? height,
});
