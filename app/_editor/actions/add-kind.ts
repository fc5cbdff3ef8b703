import { connect } from '@/lib/graph/connect';
import type { EdgeId, NodeId } from '@/lib/graph/document';
import { faces } from '@/lib/nodes/faces.generated';
import type { PlainParams, PortFace } from '@/lib/nodes/kind';
import type { PortView } from '../model/node-view';
import { fittingPort, insertOnWire, placeNode } from '../model/place-node';
import { nodePorts, plainParams } from '../model/ports-of';
import type { Editor } from '../state/editor-context';
import type { OpenWire } from '../state/ui-store';
import { info, portFace } from './connect-ports';
import { batch, dispatch, graphAt } from './graph-at';

/** Adds a node, connected to an open wire where there is one, and selects it. */
export function addKind(
  editor: Editor,
  kind: string,
  at: { x: number; y: number },
  wire: OpenWire | null = null,
  params: PlainParams = {},
): NodeId | null {
  const face = faces[kind];
  if (!face) return null;
  const { document } = editor.documents.getState();
  const { graph } = editor.ui.getState();
  const { env } = editor.views.getState();
  const placed = placeNode(document, graph, face, at, params);
  const commands = [placed.command];
  const port = wire && fittingPort(face, env, wire, params);
  if (wire && port) {
    const open = portFace(editor, wire.node, wire.port, wire.side);
    const drawn =
      open &&
      (wire.side === 'out'
        ? connect(document, {
            graph,
            from: [wire.node, wire.port],
            to: [placed.id, port.id],
            output: info(open),
            input: faceInfo(port),
          })
        : connect(document, {
            graph,
            from: [placed.id, port.id],
            to: [wire.node, wire.port],
            output: faceInfo(port),
            input: info(open),
          }));
    if (drawn && 'command' in drawn) commands.push(drawn.command);
  }
  if (!dispatch(editor, batch(`Add ${face.title}`, commands), `Add ${face.title}`)) return null;
  editor.ui.getState().select([placed.id]);
  return placed.id;
}

const plainPort = (port: PortView | undefined): PortFace | undefined =>
  port && { id: port.id, title: port.title, ...info(port) };

const faceInfo = (port: PortFace) => ({ type: port.type, ...(port.variadic ? { variadic: true as const } : {}) });

/** Puts a node that was dropped on a wire into it. */
export function dropOnWire(editor: Editor, edge: EdgeId, node: NodeId): boolean {
  const { document } = editor.documents.getState();
  const { graph } = editor.ui.getState();
  const there = graphAt(editor).nodes[node];
  const face = there && faces[there.kind];
  if (!there || !face) return false;
  const ports = nodePorts(there, face, plainParams(there, face, {}), editor.views.getState().env);
  const command = insertOnWire(document, graph, edge, { id: node, ...ports }, (end, side) =>
    plainPort(portFace(editor, end[0], end[1], side)),
  );
  return command !== null && dispatch(editor, command, 'Insert into wire');
}
