import type { Stage } from './action';

/** Opens the search at a point of the screen. With one wire selected, what is chosen goes into that wire. */
export function openSearch({ editor, flow, middle }: Stage, query = ''): void {
  const screen = middle();
  const { nodes, edges, set } = editor.ui.getState();
  const insert = nodes.length === 0 && edges.length === 1 ? (edges[0] ?? null) : null;
  set({ search: { screen, place: flow.screenToFlowPosition(screen), wire: null, insert, query } });
}
