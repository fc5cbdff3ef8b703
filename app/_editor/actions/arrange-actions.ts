import type { Alignment } from '../model/align-boxes';
import { type Action, anySelected, severalSelected } from './action';
import { alignSelection, distributeSelection } from './align';
import { nudge } from './arrange';
import { tidy } from './tidy';

const align = (to: Alignment, title: string, icon: string, keys: string): Action => ({
  id: `align-${to}`,
  title,
  icon,
  group: 'Arrange',
  keys: [keys],
  edits: true,
  when: severalSelected,
  perform: ({ editor }) => alignSelection(editor, to),
});

const nudging = (direction: string, dx: number, dy: number): Action => ({
  id: `nudge-${direction}`,
  title: `Nudge ${direction}`,
  icon: `arrow-${direction}`,
  group: 'Arrange',
  keys: [`mod+arrow${direction}`],
  edits: true,
  when: (editor) => anySelected(editor) || editor.ui.getState().edges.length > 0,
  perform: ({ editor }) => nudge(editor, dx, dy),
});

export const ARRANGE_ACTIONS: readonly Action[] = [
  {
    id: 'tidy',
    title: 'Tidy',
    icon: 'wand',
    group: 'Arrange',
    keys: ['shift+alt+t'],
    menus: ['node', 'canvas'],
    edits: true,
    perform: ({ editor }) => void tidy(editor),
  },
  align('left', 'Align left edges', 'layout-align-left', 'alt+a'),
  align('center', 'Align centres', 'layout-align-center', 'alt+h'),
  align('right', 'Align right edges', 'layout-align-right', 'alt+d'),
  align('top', 'Align tops', 'layout-align-top', 'alt+w'),
  align('middle', 'Align middles', 'layout-align-middle', 'alt+v'),
  align('bottom', 'Align bottoms', 'layout-align-bottom', 'alt+s'),
  {
    id: 'distribute-across',
    title: 'Even gaps across',
    icon: 'layout-distribute-vertical',
    group: 'Arrange',
    keys: ['shift+alt+h'],
    edits: true,
    when: (editor) => editor.ui.getState().nodes.length > 2,
    perform: ({ editor }) => distributeSelection(editor, 'x'),
  },
  {
    id: 'distribute-down',
    title: 'Even gaps down',
    icon: 'layout-distribute-horizontal',
    group: 'Arrange',
    keys: ['shift+alt+v'],
    edits: true,
    when: (editor) => editor.ui.getState().nodes.length > 2,
    perform: ({ editor }) => distributeSelection(editor, 'y'),
  },
  nudging('left', -1, 0),
  nudging('right', 1, 0),
  nudging('up', 0, -1),
  nudging('down', 0, 1),
];
