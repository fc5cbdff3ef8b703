import {
  type Connection,
  type Edge,
  type FinalConnectionState,
  type OnConnectStartParams,
  useReactFlow,
} from '@xyflow/react';
import { useMemo } from 'react';
import { connectPorts, fits, portFace, portOfHandle, wireAt } from '../actions/connect-ports';
import { type Editor, useEditor } from '../state/editor-context';
import type { OpenWire } from '../state/ui-store';

/** Wires drawn with the pointer, from either end. */
export function useWiring() {
  const editor = useEditor();
  const flow = useReactFlow();
  return useMemo(
    () => ({
      onConnectStart(_: unknown, { nodeId, handleId, handleType }: OnConnectStartParams) {
        if (!nodeId || !handleId) return;
        const side = handleType === 'target' ? 'in' : 'out';
        const port = portFace(editor, nodeId, handleId, side);
        if (!port) return;
        const wire: OpenWire = { node: nodeId, port: port.id, side, type: port.type, spec: port.spec };
        editor.ui.getState().set({ wire, wireByKeyboard: false, search: null, menu: null });
      },
      isValidConnection(connection: Connection | Edge) {
        const { wire } = editor.ui.getState();
        if (!wire) return false;
        const out = wire.side === 'out';
        const node = out ? connection.target : connection.source;
        const handle = out ? connection.targetHandle : connection.sourceHandle;
        const port = node && handle ? portFace(editor, node, handle, out ? 'in' : 'out') : undefined;
        return port !== undefined && fits(editor, wire, node, port);
      },
      onConnect({ source, sourceHandle, target, targetHandle }: Connection) {
        if (!sourceHandle || !targetHandle) return;
        connectPorts(
          editor,
          [source, portOfHandle(sourceHandle)],
          [target, portOfHandle(targetHandle)],
          wireAt(editor, target, targetHandle),
        );
      },
      /** Dropped on a node: to its first port that fits. Dropped on empty canvas: the search for what fits. */
      onConnectEnd(event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState) {
        const { wire, set } = editor.ui.getState();
        set({ wire: null, dropNode: null });
        if (!wire || state.isValid || state.toHandle) return;
        const point = 'changedTouches' in event ? event.changedTouches[0] : event;
        if (!point) return;
        const screen = { x: point.clientX, y: point.clientY };
        const under = document.elementFromPoint(screen.x, screen.y);
        const node = under?.closest<HTMLElement>('.react-flow__node-kind')?.dataset.id;
        if (node) connectToNode(editor, wire, node);
        else if (under?.closest('.react-flow__pane') && editor.services.canEdit) {
          set({ search: { screen, place: flow.screenToFlowPosition(screen), wire } });
        }
      },
    }),
    [editor, flow],
  );
}

/** A wire that is dropped on a node goes to the first of its ports that fits. */
function connectToNode(editor: Editor, wire: OpenWire, node: string): void {
  const ports = editor.views.getState().nodes[node]?.ports ?? [];
  const fitting = ports.filter((port) => fits(editor, wire, node, port));
  const port = fitting.find((candidate) => !candidate.wired && !candidate.optional) ?? fitting[0];
  if (!port) return;
  if (wire.side === 'out') connectPorts(editor, [wire.node, wire.port], [node, port.id]);
  else connectPorts(editor, [node, port.id], [wire.node, wire.port]);
}
