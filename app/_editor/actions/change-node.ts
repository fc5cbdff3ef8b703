import type { Command } from '@/lib/graph/command';
import type { Fix } from '@/lib/graph/diagnostic';
import type { NodeId, NodeLayout, ParamValue } from '@/lib/graph/document';
import { isEnd } from '../model/ends-view';
import type { Editor } from '../state/editor-context';
import { batch, dispatch, graphAt, layoutAt } from './graph-at';

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
  const chosen = nodes.filter((id) => layout[id] && !isEnd(id));
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

/** Does what a diagnostic offers. */
export function applyFix(editor: Editor, fix: Fix): boolean {
  const done = dispatch(editor, fix.command, fix.title);
  if (done) editor.ui.getState().set({ problem: null });
  return done;
}
