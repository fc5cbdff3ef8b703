import { type Action, anySelected } from './action';
import { graphAt } from './graph-at';
import { reachedFrom } from './select-stream';

export const SELECT_ACTIONS: readonly Action[] = [
  {
    id: 'select-all',
    title: 'Select all',
    icon: 'select-all',
    group: 'Select',
    keys: ['mod+a'],
    menus: ['canvas'],
    perform: ({ editor }) => editor.ui.getState().select(Object.keys(graphAt(editor).nodes)),
  },
  {
    id: 'select-upstream',
    title: 'Select what feeds it',
    icon: 'arrow-bar-to-left',
    group: 'Select',
    keys: ['['],
    menus: ['node'],
    when: anySelected,
    perform: ({ editor }) =>
      editor.ui.getState().select(reachedFrom(graphAt(editor), editor.ui.getState().nodes, 'upstream')),
  },
  {
    id: 'select-downstream',
    title: 'Select what it feeds',
    icon: 'arrow-bar-to-right',
    group: 'Select',
    keys: [']'],
    menus: ['node'],
    when: anySelected,
    perform: ({ editor }) =>
      editor.ui.getState().select(reachedFrom(graphAt(editor), editor.ui.getState().nodes, 'downstream')),
  },
  {
    id: 'select-invert',
    title: 'Invert the selection',
    icon: 'contrast',
    group: 'Select',
    keys: ['mod+i'],
    perform: ({ editor }) => {
      const chosen = new Set(editor.ui.getState().nodes);
      editor.ui.getState().select(Object.keys(graphAt(editor).nodes).filter((id) => !chosen.has(id)));
    },
  },
];
