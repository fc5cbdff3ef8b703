import { connect, type End, edgesInto } from '@/lib/graph/connect';
import type { EdgeId, Graph, NodeId } from '@/lib/graph/document';
import { canConnect } from '@/lib/graph/port-type';
import { NEW_PORT } from '../model/ends-view';
import type { PortView } from '../model/node-view';
import type { Editor } from '../state/editor-context';
import type { OpenWire } from '../state/ui-store';
import { dispatch, graphAt } from './graph-at';
import { connectNewPort } from './new-port';

/** A node's port as its kind declares it, whichever way the handle names it. */
export function portFace(editor: Editor, node: NodeId, handle: string, side: 'in' | 'out'): PortView | undefined {
  const id = portOfHandle(handle);
  return editor.views.getState().nodes[node]?.ports.find((port) => port.side === side && port.id === id);
}

/** `steps#1` is a wire of port `steps`. */
export const portOfHandle = (handle: string): string => handle.split('#')[0] ?? handle;

export const info = (port: Pick<PortView, 'type' | 'variadic'>) => ({
  type: port.type,
  ...(port.variadic ? { variadic: true as const } : {}),
});

/** Draws a wire; `instead` is the wire of a variadic input whose place it takes. */
export function connectPorts(editor: Editor, from: End, to: End, instead?: EdgeId): boolean {
  const { document } = editor.documents.getState();
  const { graph } = editor.ui.getState();
  const output = portFace(editor, from[0], from[1], 'out');
  const input = portFace(editor, to[0], to[1], 'in');
  if (!output || !input) return false;
  if (from[1] === NEW_PORT) return connectNewPort(editor, 'inputs', to, input);
  if (to[1] === NEW_PORT) return connectNewPort(editor, 'outputs', from, output);
  const drawn = connect(document, {
    graph,
    from,
    to,
    output: info(output),
    input: info(input),
    ...(instead === undefined ? {} : { instead }),
  });
  return 'command' in drawn && dispatch(editor, drawn.command, 'Connect');
}

/** The wire at a handle of a variadic input, such as `steps#1`. */
export function wireAt(editor: Editor, node: NodeId, handle: string): EdgeId | undefined {
  const [port = '', slot] = handle.split('#');
  if (slot === undefined) return undefined;
  const { document } = editor.documents.getState();
  return edgesInto(document, editor.ui.getState().graph, [node, port])[Number(slot)]?.[0];
}

/** Whether a wire may end at a port: types fit, and tensors do not run in a circle. */
export function fits(
  editor: Editor,
  open: OpenWire,
  node: NodeId,
  port: Pick<PortView, 'id' | 'side' | 'type'>,
): boolean {
  if (port.side === open.side || node === open.node) return false;
  if (open.port === NEW_PORT || port.id === NEW_PORT) return open.port !== port.id;
  const [from, to] = open.side === 'out' ? [open.type, port.type] : [port.type, open.type];
  if (!canConnect(from, to)) return false;
  const [source, target] = open.side === 'out' ? [open.node, node] : [node, open.node];
  return from === 'weights' || to === 'metric' || !reaches(graphAt(editor), target, source);
}

function reaches(graph: Graph, from: NodeId, goal: NodeId): boolean {
  const next = new Map<NodeId, NodeId[]>();
  for (const { from: a, to: b } of Object.values(graph.edges)) {
    if (a[1] !== 'weights') next.set(a[0], [...(next.get(a[0]) ?? []), b[0]]);
  }
  const stack = [from];
  const seen = new Set<NodeId>();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node === goal) return true;
    if (seen.has(node)) continue;
    seen.add(node);
    stack.push(...(next.get(node) ?? []));
  }
  return false;
}
