import { randomId } from '@/lib/base/ids';
import type { Json } from '@/lib/base/json';
import type { Command } from '@/lib/graph/command';
import { connect, type End } from '@/lib/graph/connect';
import { type Clip, copyNodes, pasteClip } from '@/lib/graph/copy';
import type { Fix } from '@/lib/graph/diagnostic';
import { type EdgeId, type Graph, graphOf, type NodeId, type NodeLayout, type ParamValue } from '@/lib/graph/document';
import { canConnect } from '@/lib/graph/port-type';
import { faces } from '@/lib/nodes/faces.generated';
import type { PlainParams, PortFace } from '@/lib/nodes/kind';
import { changeEntry, framesOf } from '../model/frames';
import type { PortView } from '../model/node-view';
import { fittingPort, GRID, insertOnWire, placeNode, snap } from '../model/place-node';
import { nodePorts, plainParams } from '../model/ports-of';
import type { Editor } from '../state/editor-context';
import type { OpenWire } from '../state/ui-store';

/** What people do to a graph, as functions over the editor; every change is one command and one step of undo. */

export const graphAt = (editor: Editor): Graph => {
  const { document } = editor.documents.getState();
  return graphOf(document, editor.ui.getState().graph) ?? { nodes: {}, edges: {} };
};

export function dispatch(editor: Editor, command: Command, title: string): boolean {
  return editor.services.canEdit && editor.documents.getState().dispatch(command, title);
}

const batch = (title: string, commands: Command[]): Command => ({ do: 'batch', title, commands });

/** A node's port as its kind declares it, whichever way the handle names it. */
export function portFace(editor: Editor, node: NodeId, handle: string, side: 'in' | 'out'): PortView | undefined {
  const id = portOfHandle(handle);
  return editor.views.getState().nodes[node]?.ports.find((port) => port.side === side && port.id === id);
}

/** `steps#1` is a wire of port `steps`. */
export const portOfHandle = (handle: string): string => handle.split('#')[0] ?? handle;

const info = (port: Pick<PortView, 'type' | 'variadic'>) => ({
  type: port.type,
  ...(port.variadic ? { variadic: true as const } : {}),
});

export function connectPorts(editor: Editor, from: End, to: End, handle?: string): boolean {
  const { document } = editor.documents.getState();
  const { graph } = editor.ui.getState();
  const output = portFace(editor, from[0], from[1], 'out');
  const input = portFace(editor, to[0], to[1], 'in');
  if (!output || !input) return false;
  const drawn = connect(document, { graph, from, to, output: info(output), input: info(input) });
  if ('diagnostic' in drawn) return false;
  const replaced = handle?.includes('#') ? edgeAtSlot(editor, to, Number(handle.split('#')[1])) : null;
  const command = replaced
    ? batch('Connect', [{ do: 'remove-edge', graph, id: replaced }, drawn.command])
    : drawn.command;
  return dispatch(editor, command, 'Connect');
}

function edgeAtSlot(editor: Editor, to: End, index: number): EdgeId | null {
  const edges = Object.entries(graphAt(editor).edges).filter(
    ([, edge]) => edge.to[0] === to[0] && edge.to[1] === to[1],
  );
  edges.sort(([, a], [, b]) => ((a.order ?? '') < (b.order ?? '') ? -1 : 1));
  return edges[index]?.[0] ?? null;
}

/** Whether a wire may end at a port: types fit, and tensors do not run in a circle. */
export function fits(editor: Editor, open: OpenWire, node: NodeId, port: Pick<PortView, 'side' | 'type'>): boolean {
  if (port.side === open.side || node === open.node) return false;
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

/** Removes what is selected. `heal`: what came into a removed node goes on to where its output went. */
export function removeSelection(editor: Editor, heal = false): void {
  const { graph, nodes, edges } = editor.ui.getState();
  const there = graphAt(editor);
  const frames = new Set(nodes.filter((id) => !there.nodes[id]));
  const commands: Command[] = heal ? nodes.flatMap((id) => healed(editor, id)) : [];
  for (const id of edges) if (there.edges[id]) commands.push({ do: 'remove-edge', graph, id });
  for (const id of nodes) if (there.nodes[id]) commands.push({ do: 'remove-node', graph, id });
  if (frames.size) commands.push(withoutEntries(editor, frames));
  if (!commands.length) return;
  const alive = commands.filter((command, index) => !removedEarlier(commands, index, command, there));
  dispatch(editor, batch('Delete', alive), 'Delete');
  editor.ui.getState().select([]);
}

/** An edge that a removed node takes along need not be removed by itself after it. */
function removedEarlier(commands: readonly Command[], index: number, command: Command, graph: Graph): boolean {
  if (command.do !== 'remove-edge') return false;
  const edge = graph.edges[command.id];
  return commands
    .slice(0, index)
    .some((other) => other.do === 'remove-node' && (other.id === edge?.from[0] || other.id === edge?.to[0]));
}

function withoutEntries(editor: Editor, ids: ReadonlySet<string>): Command {
  const { document } = editor.documents.getState();
  let { frames, notes } = document;
  for (const id of ids) {
    frames = changeEntry(frames, id, null);
    notes = changeEntry(notes, id, null);
  }
  return { do: 'set-document', set: { frames, notes } };
}

function healed(editor: Editor, id: NodeId): Command[] {
  const { graph } = editor.ui.getState();
  const edges = Object.values(graphAt(editor).edges);
  const view = editor.views.getState().nodes[id];
  const input = view?.ports.find((port) => port.side === 'in' && port.place === 'header');
  const into = edges.find((edge) => edge.to[0] === id && edge.to[1] === (input?.id ?? 'x'));
  if (!into) return [];
  const out = edges.filter((edge) => edge.from[0] === id && edge.from[1] !== 'weights');
  const type = portFace(editor, into.from[0], into.from[1], 'out')?.type;
  return out.flatMap((edge) => {
    const target = portFace(editor, edge.to[0], edge.to[1], 'in')?.type;
    if (!type || !target || !canConnect(type, target)) return [];
    return [{ do: 'add-edge', graph, id: randomId('e'), edge: { ...edge, from: into.from } }];
  });
}

const CLIP_OFFSET = 32;

export const copyText = (editor: Editor): string | null => {
  const { graph, nodes } = editor.ui.getState();
  if (!nodes.length) return null;
  return JSON.stringify(copyNodes(editor.documents.getState().document, graph, nodes), null, 1);
};

/** Whether text may be a clip; the grammar is only loaded for text that is. */
export const looksLikeClip = (text: string): boolean => text.includes('"netloom"');

/** Pastes a clip, also one from another tab or a chat; false where the text is something else. */
export async function pasteText(
  editor: Editor,
  text: string,
  incoming = false,
  at?: { x: number; y: number },
): Promise<boolean> {
  const { parseClip } = await import('@/lib/graph/parse-clip');
  const clip = parseClip(text);
  return clip !== null && paste(editor, clip, incoming, at);
}

function paste(editor: Editor, clip: Clip, incoming: boolean, at?: { x: number; y: number }): boolean {
  const { graph } = editor.ui.getState();
  const { document } = editor.documents.getState();
  const places = Object.values(clip.layout);
  const [left, top] = [Math.min(...places.map(({ x }) => x)), Math.min(...places.map(({ y }) => y))];
  const offset =
    at && places.length ? { x: snap(at.x - left), y: snap(at.y - top) } : { x: CLIP_OFFSET, y: CLIP_OFFSET };
  const taken = new Set(Object.values(graphAt(editor).nodes).map((node) => node.name));
  for (const node of Object.values(clip.graph.nodes)) {
    const base = node.name.replace(/\d+$/, '');
    for (let number = 2; taken.has(node.name); number++) node.name = `${base}${number}`;
    taken.add(node.name);
  }
  const pasted = pasteClip(document, clip, { graph, offset, incoming });
  if (!dispatch(editor, pasted.command, 'Paste')) return false;
  editor.ui.getState().select(pasted.ids);
  return true;
}

export function duplicateSelection(editor: Editor): void {
  const { graph, nodes } = editor.ui.getState();
  if (nodes.length) paste(editor, structuredClone(copyNodes(editor.documents.getState().document, graph, nodes)), true);
}

/** Sets or clears a mark on all selected nodes: all get it unless all have it. */
export function toggleMark(editor: Editor, mark: 'muted' | 'bypassed' | 'frozen', title: string): void {
  const { graph, nodes } = editor.ui.getState();
  const there = graphAt(editor).nodes;
  const chosen = nodes.filter((id) => there[id]);
  const on = !chosen.every((id) => there[id]?.[mark]);
  const commands: Command[] = chosen.map((id) => ({ do: 'set-node', graph, id, set: { [mark]: on ? true : null } }));
  dispatch(editor, batch(title, commands), title);
}

export function toggleCollapsed(editor: Editor): void {
  const { nodes } = editor.ui.getState();
  const { layout, graph } = layoutAt(editor);
  const chosen = nodes.filter((id) => layout[id]);
  const on = !chosen.every((id) => layout[id]?.collapsed);
  const set: Record<NodeId, NodeLayout> = {};
  for (const id of chosen) {
    const { collapsed: _, ...rest } = layout[id] ?? { x: 0, y: 0 };
    set[id] = on ? { ...rest, collapsed: true } : rest;
  }
  dispatch(editor, { do: 'set-layout', graph, set }, 'Collapse');
}

export function renameNode(editor: Editor, id: NodeId, name: string): void {
  const { graph } = editor.ui.getState();
  const clean = name.trim().replace(/\//g, '').slice(0, 200);
  if (clean && clean !== graphAt(editor).nodes[id]?.name)
    dispatch(editor, { do: 'set-node', graph, id, set: { name: clean } }, 'Rename');
}

/** `undefined`: back to the kind's default. */
export function setParam(
  editor: Editor,
  ids: readonly NodeId[],
  param: string,
  value: ParamValue | undefined,
  title: string,
): void {
  const { graph } = editor.ui.getState();
  const commands: Command[] = ids.map((id) => ({
    do: 'set-param',
    graph,
    id,
    param,
    ...(value === undefined ? {} : { value }),
  }));
  const [only] = commands;
  if (only) dispatch(editor, commands.length === 1 ? only : batch(title, commands), title);
}

/** Turns a live number into an input port, or back. A wire into it goes with the port. */
export function togglePromoted(editor: Editor, id: NodeId, param: string): void {
  const { graph } = editor.ui.getState();
  const there = graphAt(editor);
  const promoted = there.nodes[id]?.promoted ?? [];
  const commands: Command[] = [];
  if (promoted.includes(param)) {
    for (const [edge, { to }] of Object.entries(there.edges)) {
      if (to[0] === id && to[1] === `param:${param}`) commands.push({ do: 'remove-edge', graph, id: edge });
    }
    const rest = promoted.filter((other) => other !== param);
    commands.push({ do: 'set-node', graph, id, set: { promoted: rest.length ? rest : null } });
  } else commands.push({ do: 'set-node', graph, id, set: { promoted: [...promoted, param] } });
  dispatch(editor, batch('Make it an input', commands), 'Make it an input');
}

const layoutAt = (editor: Editor) => {
  const { graph } = editor.ui.getState();
  return { graph, layout: editor.documents.getState().document.layout[graph] ?? {} };
};

/** New places of nodes, as one step. */
export function moveNodes(
  editor: Editor,
  places: Readonly<Record<NodeId, { x: number; y: number }>>,
  title = 'Move',
): void {
  const { graph, layout } = layoutAt(editor);
  const set: Record<NodeId, NodeLayout> = {};
  for (const [id, { x, y }] of Object.entries(places)) {
    const before = layout[id];
    if (!before || before.x !== x || before.y !== y) set[id] = { ...before, x, y };
  }
  if (Object.keys(set).length) dispatch(editor, { do: 'set-layout', graph, set }, title);
}

export function nudge(editor: Editor, dx: number, dy: number): void {
  const { layout } = layoutAt(editor);
  const places: Record<NodeId, { x: number; y: number }> = {};
  for (const id of editor.ui.getState().nodes) {
    const place = layout[id];
    if (place) places[id] = { x: place.x + dx * GRID, y: place.y + dy * GRID };
  }
  moveNodes(editor, places);
}

const FRAME_PADDING = 16;
const FRAME_TITLE = 32;

/** A frame around what is selected. */
export function frameSelection(editor: Editor): void {
  const { graph, nodes } = editor.ui.getState();
  const { layout } = layoutAt(editor);
  const views = editor.views.getState().nodes;
  const boxes = nodes.flatMap((id) => {
    const [place, view] = [layout[id], views[id]];
    return place && view
      ? [{ x: place.x, y: place.y, right: place.x + view.width, bottom: place.y + view.height }]
      : [];
  });
  if (!boxes.length) return;
  const x = Math.min(...boxes.map((box) => box.x)) - FRAME_PADDING;
  const y = Math.min(...boxes.map((box) => box.y)) - FRAME_TITLE - 8;
  const frame: Json = {
    id: randomId('f'),
    graph,
    title: 'Group',
    x,
    y,
    w: Math.max(...boxes.map((box) => box.right)) + FRAME_PADDING - x,
    h: Math.max(...boxes.map((box) => box.bottom)) + FRAME_PADDING - y,
  };
  const { frames } = editor.documents.getState().document;
  dispatch(editor, { do: 'set-document', set: { frames: [...(Array.isArray(frames) ? frames : []), frame] } }, 'Frame');
}

/** Moves a frame together with the nodes that it holds. */
export function moveFrame(
  editor: Editor,
  id: string,
  to: { x: number; y: number },
  held: Readonly<Record<NodeId, { x: number; y: number }>>,
): void {
  const { document } = editor.documents.getState();
  const { graph, layout } = layoutAt(editor);
  const frame = framesOf(document.frames, graph).find((candidate) => candidate.id === id);
  const set: Record<NodeId, NodeLayout> = {};
  for (const [node, place] of Object.entries(held)) set[node] = { ...layout[node], ...place };
  const commands: Command[] = [{ do: 'set-layout', graph, set }];
  if (frame)
    commands.push({ do: 'set-document', set: { frames: changeEntry(document.frames, id, { x: to.x, y: to.y }) } });
  else commands.push({ do: 'set-document', set: { notes: changeEntry(document.notes, id, { x: to.x, y: to.y }) } });
  dispatch(editor, batch('Move', commands), 'Move');
}

/** Columns from left to right by what feeds what, in the nodes' own sizes. Loads the layout library when first used. */
export async function tidy(editor: Editor): Promise<void> {
  const { default: dagre } = await import('@dagrejs/dagre');
  const { nodes: selected } = editor.ui.getState();
  const views = editor.views.getState().nodes;
  const chosen = selected.length > 1 ? selected : Object.keys(views);
  const drawing = new dagre.graphlib.Graph()
    .setGraph({ rankdir: 'LR', nodesep: 40, ranksep: 64 })
    .setDefaultEdgeLabel(() => ({}));
  for (const id of chosen) {
    const view = views[id];
    if (view) drawing.setNode(id, { width: view.width, height: view.height });
  }
  for (const { from, to } of Object.values(graphAt(editor).edges)) {
    if (drawing.hasNode(from[0]) && drawing.hasNode(to[0])) drawing.setEdge(from[0], to[0]);
  }
  dagre.layout(drawing);
  const places: Record<NodeId, { x: number; y: number }> = {};
  for (const id of chosen) {
    const spot = drawing.node(id);
    const view = views[id];
    if (spot && view) places[id] = { x: snap(spot.x - view.width / 2), y: snap(spot.y - view.height / 2) };
  }
  moveNodes(editor, places, 'Tidy');
}

/** Does what a diagnostic offers. */
export function applyFix(editor: Editor, fix: Fix): boolean {
  const done = dispatch(editor, fix.command, fix.title);
  if (done) editor.ui.getState().set({ problem: null });
  return done;
}
