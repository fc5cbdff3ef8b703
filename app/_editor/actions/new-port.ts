import { randomId } from '@/lib/base/ids';
import { addPort, endOf, freePortId, type PortSide } from '@/lib/graph/blocks/block-ports';
import type { Command } from '@/lib/graph/command';
import type { Edge, NodeId } from '@/lib/graph/document';
import type { PortView } from '../model/node-view';
import type { Editor } from '../state/editor-context';
import { batch, dispatch } from './graph-at';

/** A wire to the open port of an end makes a new port of the block. */
export function connectNewPort(
  editor: Editor,
  side: PortSide,
  far: readonly [NodeId, string],
  port: PortView,
): boolean {
  const { document } = editor.documents.getState();
  const { graph } = editor.ui.getState();
  const block = document.blocks[graph];
  if (!block) return false;
  const first = !block[side].some(({ type }) => type === 'tensor') && port.type === 'tensor';
  const wish = first ? (side === 'inputs' ? 'x' : 'y') : port.title;
  const id = freePortId(block[side], wish);
  const name = block[side].some((other) => other.name === port.title)
    ? `${port.title} ${block[side].length + 1}`
    : port.title;
  const end = [endOf(side), id] as [string, string];
  const edge: Edge = side === 'inputs' ? { from: end, to: [...far] } : { from: [...far], to: end };
  const taken =
    side === 'inputs' && !port.variadic
      ? Object.entries(block.graph.edges).filter(([, { to }]) => to[0] === far[0] && to[1] === far[1])
      : [];
  const commands: Command[] = [
    addPort(document, graph, side, {
      id,
      name,
      type: port.type,
      ...(port.optional && side === 'inputs' ? { optional: true as const } : {}),
    }),
    ...taken.map(([old]): Command => ({ do: 'remove-edge', graph, id: old })),
    { do: 'add-edge', graph, id: randomId('e'), edge },
  ];
  return dispatch(editor, batch('New port', commands), 'New port');
}
