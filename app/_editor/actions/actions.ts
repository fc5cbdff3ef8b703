import type { ReactFlowInstance } from '@xyflow/react';
import type { Editor } from '../state/editor-context';
import { frameSelection, nudge } from './arrange';
import { toggleCollapsed, toggleMark } from './change-node';
import { duplicateSelection } from './clipboard';
import { graphAt } from './graph-at';
import { removeSelection } from './remove-selection';
import { tidy } from './tidy';

/** What an action may use. */
export interface Stage {
  editor: Editor;
  flow: ReactFlowInstance;
  /** Middle of the canvas on the screen. */
  middle(): { x: number; y: number };
  run(): void;
  /** Trains in the page. */
  tryHere(): void;
}

/** One definition feeds shortcuts, context menu, command palette and help. */
export interface Action {
  id: string;
  title: string;
  group: 'Add' | 'Edit' | 'Nodes' | 'View' | 'Run';
  /** In the form `mod+shift+z`; `mod` is Ctrl or Command. */
  keys: string[];
  /** Offered in the context menu of a node. */
  onNode?: true;
  when?(editor: Editor): boolean;
  perform(stage: Stage): void;
}

const selected = (editor: Editor) => editor.ui.getState().nodes.length > 0;
const anything = (editor: Editor) => selected(editor) || editor.ui.getState().edges.length > 0;

export function openSearch({ editor, flow, middle }: Stage, screen = middle()): void {
  editor.ui.getState().set({ search: { screen, place: flow.screenToFlowPosition(screen), wire: null } });
}

const DURATION = 240;

export const ACTIONS: readonly Action[] = [
  { id: 'add', title: 'Add a node', group: 'Add', keys: ['tab', 'shift+a'], perform: (stage) => openSearch(stage) },
  {
    id: 'undo',
    title: 'Undo',
    group: 'Edit',
    keys: ['mod+z'],
    perform: ({ editor }) => void editor.documents.getState().undo(),
  },
  {
    id: 'redo',
    title: 'Redo',
    group: 'Edit',
    keys: ['mod+shift+z', 'mod+y'],
    perform: ({ editor }) => void editor.documents.getState().redo(),
  },
  {
    id: 'duplicate',
    title: 'Duplicate',
    group: 'Edit',
    keys: ['mod+d'],
    onNode: true,
    when: selected,
    perform: ({ editor }) => duplicateSelection(editor),
  },
  {
    id: 'delete',
    title: 'Delete',
    group: 'Edit',
    keys: ['delete', 'backspace'],
    onNode: true,
    when: anything,
    perform: ({ editor }) => removeSelection(editor),
  },
  {
    id: 'delete-heal',
    title: 'Delete and heal the wire',
    group: 'Edit',
    keys: ['alt+delete', 'alt+backspace'],
    onNode: true,
    when: selected,
    perform: ({ editor }) => removeSelection(editor, true),
  },
  {
    id: 'select-all',
    title: 'Select all',
    group: 'Edit',
    keys: ['mod+a'],
    perform: ({ editor }) => editor.ui.getState().select(Object.keys(graphAt(editor).nodes)),
  },
  {
    id: 'rename',
    title: 'Rename',
    group: 'Nodes',
    keys: ['f2'],
    onNode: true,
    when: selected,
    perform: ({ editor }) => editor.ui.getState().set({ renaming: editor.ui.getState().nodes[0] ?? null }),
  },
  {
    id: 'mute',
    title: 'Mute',
    group: 'Nodes',
    keys: ['mod+m'],
    onNode: true,
    when: selected,
    perform: ({ editor }) => toggleMark(editor, 'muted', 'Mute'),
  },
  {
    id: 'bypass',
    title: 'Bypass',
    group: 'Nodes',
    keys: ['mod+b'],
    onNode: true,
    when: selected,
    perform: ({ editor }) => toggleMark(editor, 'bypassed', 'Bypass'),
  },
  {
    id: 'freeze',
    title: 'Freeze weights',
    group: 'Nodes',
    keys: [],
    onNode: true,
    when: selected,
    perform: ({ editor }) => toggleMark(editor, 'frozen', 'Freeze weights'),
  },
  {
    id: 'collapse',
    title: 'Collapse',
    group: 'Nodes',
    keys: ['alt+c'],
    onNode: true,
    when: selected,
    perform: ({ editor }) => toggleCollapsed(editor),
  },
  {
    id: 'frame',
    title: 'Frame',
    group: 'Nodes',
    keys: ['mod+g'],
    onNode: true,
    when: selected,
    perform: ({ editor }) => frameSelection(editor),
  },
  { id: 'tidy', title: 'Tidy', group: 'Nodes', keys: [], onNode: true, perform: ({ editor }) => void tidy(editor) },
  ...(
    [
      ['left', -1, 0],
      ['right', 1, 0],
      ['up', 0, -1],
      ['down', 0, 1],
    ] as const
  ).map(
    ([direction, dx, dy]): Action => ({
      id: `nudge-${direction}`,
      title: `Nudge ${direction}`,
      group: 'Nodes',
      keys: [`mod+arrow${direction}`],
      when: selected,
      perform: ({ editor }) => nudge(editor, dx, dy),
    }),
  ),
  {
    id: 'fit',
    title: 'Fit all',
    group: 'View',
    keys: ['shift+1'],
    perform: ({ flow }) => void flow.fitView({ padding: 0.08, maxZoom: 1, duration: DURATION }),
  },
  {
    id: 'fit-selection',
    title: 'Fit selection',
    group: 'View',
    keys: ['.'],
    when: selected,
    perform: ({ editor, flow }) =>
      void flow.fitView({
        nodes: editor.ui.getState().nodes.map((id) => ({ id })),
        padding: 0.3,
        maxZoom: 1.25,
        duration: DURATION,
      }),
  },
  {
    id: 'zoom-100',
    title: 'Zoom to 100 %',
    group: 'View',
    keys: ['0'],
    perform: ({ flow }) => void flow.zoomTo(1, { duration: DURATION }),
  },
  {
    id: 'find',
    title: 'Find in this graph',
    group: 'View',
    keys: ['mod+f'],
    perform: ({ editor }) => editor.ui.getState().set({ find: true }),
  },
  {
    id: 'problem',
    title: 'Next problem',
    group: 'View',
    keys: ['f8'],
    perform: ({ editor }) => nextProblem(editor),
  },
  {
    id: 'commands',
    title: 'All commands',
    group: 'View',
    keys: ['mod+k', '?'],
    perform: ({ editor }) => editor.ui.getState().set({ help: true }),
  },
  {
    id: 'save-version',
    title: 'Save a named version',
    group: 'Edit',
    keys: ['mod+s'],
    when: (editor) => editor.services.canEdit,
    perform: ({ editor }) => void import('../versions/save-version').then(({ saveVersion }) => saveVersion(editor)),
  },
  {
    id: 'versions',
    title: 'Versions',
    group: 'View',
    keys: [],
    perform: ({ editor }) => editor.ui.getState().set({ versionsOpen: true }),
  },
  { id: 'run', title: 'Run', group: 'Run', keys: ['mod+enter'], perform: ({ run }) => run() },
  {
    id: 'try-here',
    title: 'Try it in this page',
    group: 'Run',
    keys: ['mod+shift+enter'],
    perform: ({ tryHere }) => tryHere(),
  },
];

export function nextProblem(editor: Editor): void {
  const count = editor.documents.getState().result?.diagnostics.length ?? 0;
  const { problem, set } = editor.ui.getState();
  if (count) set({ problemsOpen: true, problem: problem === null ? 0 : (problem + 1) % count });
}

/** The keys of an event as actions name them. */
export function keysOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'code'>,
): string {
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push('mod');
  if (event.altKey) parts.push('alt');
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  const key = digit && event.shiftKey ? digit : event.key.toLowerCase();
  const printable = key.length === 1 && !/[a-z0-9]/.test(key);
  if (event.shiftKey && !printable) parts.push('shift');
  return [...parts, key].join('+');
}

export const actionFor = (keys: string): Action | undefined => ACTIONS.find((action) => action.keys.includes(keys));
