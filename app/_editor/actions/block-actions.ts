import type { Editor } from '../state/editor-context';
import { type Action, anySelected } from './action';
import { blockOf, enterBlock, leaveBlock } from './walk-blocks';

/** Making and unpacking comes with its first use. */
const load = () => import('./blocks');

const blockSelected = (editor: Editor): boolean => editor.ui.getState().nodes.some((id) => blockOf(editor, id));

export const BLOCK_ACTIONS: readonly Action[] = [
  {
    id: 'make-block',
    title: 'Make a block',
    icon: 'box-multiple',
    group: 'Blocks',
    keys: ['mod+shift+g'],
    menus: ['node'],
    edits: true,
    when: anySelected,
    perform: ({ editor }) => void load().then(({ makeBlockOfSelection }) => makeBlockOfSelection(editor)),
  },
  {
    id: 'enter-block',
    title: 'Open the block',
    icon: 'login-2',
    group: 'Blocks',
    keys: ['enter'],
    menus: ['node'],
    fixed: true,
    when: blockSelected,
    perform: ({ editor }) => {
      const node = editor.ui.getState().nodes.find((id) => blockOf(editor, id));
      if (node) enterBlock(editor, node);
    },
  },
  {
    id: 'leave-block',
    title: 'Leave the block',
    icon: 'logout-2',
    group: 'Blocks',
    keys: ['escape'],
    menus: ['canvas'],
    fixed: true,
    when: ({ ui }) => ui.getState().graph !== 'main',
    perform: ({ editor }) => leaveBlock(editor),
  },
  {
    id: 'detach-block',
    title: 'Detach from the block',
    icon: 'unlink',
    group: 'Blocks',
    keys: [],
    menus: ['node'],
    edits: true,
    when: blockSelected,
    perform: ({ editor }) => void load().then(({ detachSelection }) => detachSelection(editor)),
  },
  {
    id: 'unpack-block',
    title: 'Unpack the block',
    icon: 'package-export',
    group: 'Blocks',
    keys: ['mod+alt+g'],
    menus: ['node'],
    edits: true,
    when: blockSelected,
    perform: ({ editor }) => void load().then(({ unpackSelection }) => unpackSelection(editor)),
  },
];
