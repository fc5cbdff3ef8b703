import type { Editor } from '../state/editor-context';
import { type Action, anySelected, flight } from './action';
import { zoomBy } from './zoom-by';

export const VIEW_ACTIONS: readonly Action[] = [
  {
    id: 'fit',
    title: 'Fit all',
    icon: 'maximize',
    group: 'View',
    keys: ['shift+1'],
    menus: ['canvas'],
    perform: ({ flow }) => void flow.fitView({ padding: 0.08, maxZoom: 1, duration: flight() }),
  },
  {
    id: 'fit-selection',
    title: 'Fit the selection',
    icon: 'focus-centered',
    group: 'View',
    keys: ['.'],
    when: anySelected,
    perform: ({ editor, flow }) =>
      void flow.fitView({
        nodes: editor.ui.getState().nodes.map((id) => ({ id })),
        padding: 0.3,
        maxZoom: 1.25,
        duration: flight(),
      }),
  },
  {
    id: 'zoom-100',
    title: 'Zoom to 100 %',
    icon: 'zoom-scan',
    group: 'View',
    keys: ['0'],
    perform: ({ flow }) => void flow.zoomTo(1, { duration: flight() }),
  },
  {
    id: 'zoom-in',
    title: 'Zoom in',
    icon: 'zoom-in',
    group: 'View',
    keys: ['+', '='],
    perform: ({ flow }) => zoomBy(flow, 'in'),
  },
  {
    id: 'zoom-out',
    title: 'Zoom out',
    icon: 'zoom-out',
    group: 'View',
    keys: ['-'],
    perform: ({ flow }) => zoomBy(flow, 'out'),
  },
  {
    id: 'find',
    title: 'Find a node',
    icon: 'search',
    group: 'View',
    keys: ['mod+f'],
    perform: ({ editor }) => editor.ui.getState().set({ find: true, mode: 'build' }),
  },
  {
    id: 'list',
    title: 'The graph as a list',
    icon: 'list-details',
    group: 'View',
    keys: ['l'],
    perform: ({ editor }) => {
      const { list, set } = editor.ui.getState();
      set({ list: !list, mode: 'build' });
    },
  },
  {
    id: 'palette',
    title: 'Show or fold the palette',
    icon: 'layout-sidebar-left-expand',
    group: 'View',
    keys: ['mod+\\'],
    perform: ({ editor }) => editor.ui.getState().set({ paletteOpen: !editor.ui.getState().paletteOpen }),
  },
  {
    id: 'problem',
    title: 'Next problem',
    icon: 'exclamation-circle',
    group: 'View',
    keys: ['f8'],
    perform: ({ editor }) => nextProblem(editor),
  },
  {
    id: 'versions',
    title: 'Versions',
    icon: 'history',
    group: 'View',
    keys: [],
    perform: ({ editor }) => editor.ui.getState().set({ versionsOpen: true }),
  },
  {
    id: 'commands',
    title: 'Find a command',
    icon: 'command',
    group: 'View',
    keys: ['mod+k'],
    perform: ({ editor }) => editor.ui.getState().set({ help: 'palette' }),
  },
  {
    id: 'shortcuts',
    title: 'All commands and shortcuts',
    icon: 'keyboard',
    group: 'View',
    keys: ['?'],
    perform: ({ editor }) => editor.ui.getState().set({ help: 'sheet' }),
  },
];

export function nextProblem(editor: Editor): void {
  const count = editor.documents.getState().result?.diagnostics.length ?? 0;
  const { problem, set } = editor.ui.getState();
  const next = problem === null ? 0 : (problem + 1) % count;
  set({ problemsOpen: true, problem: count > 0 ? next : null });
}
