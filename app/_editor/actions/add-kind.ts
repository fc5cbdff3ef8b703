import type { Command } from '@/lib/graph/command';
import { connect } from '@/lib/graph/connect';
import type { Block, BlockId, EdgeId, NodeId } from '@/lib/graph/document';
import { faces } from '@/lib/nodes/faces.generated';
import type { PlainParams, PortFace } from '@/lib/nodes/kind';
import type { PortView } from '../model/node-view';
import { fittingPort, insertOnWire, placeNode } from '../model/place-node';
import { nodePorts, plainParams } from '../model/ports-of';
import type { Editor } from '../state/editor-context';
import type { OpenWire } from '../state/ui-store';
import { info, portFace } from './connect-ports';
import { emptyBlock } from './empty-block';
import { batch, dispatch, graphAt } from './graph-at';

export interface AddOptions {
  /** A wire whose other end goes to the new node. */
  wire?: OpenWire | null;
  /** A wire into which the new node goes. */
  insert?: EdgeId | null;
  params?: PlainParams;
  /** A block that comes into the document with its first use, in the same step of undo. */
  brings?: BroughtBlock | null;
}

export interface BroughtBlock {
  id: BlockId;
  block: Block;
  commands: Command[];
}

/** Adds a node, connected where that is asked for, and selects it. An instance without a block gets an empty one. */
export function addKind(
  editor: Editor,
  kind: string,
  at: { x: number; y: number },
  { wire = null, insert = null, params: wish = {}, brings = null }: AddOptions = {},
): NodeId | null {
  const face = faces[kind];
  if (!face) return null;
  const { document } = editor.documents.getState();
  const { graph } = editor.ui.getState();
  let { env } = editor.views.getState();
  const empty = face.role === 'instance' && typeof wish.block !== 'string' ? emptyBlock(editor) : null;
  const fresh = brings ?? empty;
  if (fresh) env = { ...env, block: (id) => (id === fresh.id ? fresh.block : document.blocks[id]) };
  const params = fresh ? { ...wish, block: fresh.id } : wish;
  const placed = placeNode(document, graph, face, at, params, env);
  const commands = [...(fresh?.commands ?? []), placed.command];
  if (insert) {
    const ports = nodePorts(placed.node, face, plainParams(placed.node, face, {}), env);
    const command = insertOnWire(document, graph, insert, { id: placed.id, ...ports }, (end, side) =>
      plainPort(portFace(editor, end[0], end[1], side)),
    );
    if (command) commands.push(command);
  }
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

/** Puts a node into a wire; null where it does not fit there. */
export function insertCommand(editor: Editor, edge: EdgeId, node: NodeId): Command | null {
  const { document } = editor.documents.getState();
  const { graph } = editor.ui.getState();
  const there = graphAt(editor).nodes[node];
  const face = there && faces[there.kind];
  if (!there || !face) return null;
  const ports = nodePorts(there, face, plainParams(there, face, {}), editor.views.getState().env);
  return insertOnWire(document, graph, edge, { id: node, ...ports }, (end, side) =>
    plainPort(portFace(editor, end[0], end[1], side)),
  );
}
