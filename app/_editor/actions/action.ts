import type { ReactFlowInstance } from '@xyflow/react';
import type { Editor } from '../state/editor-context';

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

export type ActionGroup = 'Add' | 'Edit' | 'Select' | 'Nodes' | 'Arrange' | 'Blocks' | 'View' | 'Run';

/** What can be right-clicked. */
export type Menu = 'node' | 'wire' | 'canvas';

/** One definition feeds shortcuts, context menus, toolbars, command palette and help. */
export interface Action {
  id: string;
  title: string;
  /** Name of a Tabler outline icon, drawn by `action-icon.tsx`. */
  icon: string;
  group: ActionGroup;
  /** Default keys in the form `mod+shift+z`; `mod` is Ctrl or Command. */
  keys: readonly string[];
  /** Context menus that offer it. */
  menus?: readonly Menu[];
  /** Changes the document: not for people who may only look. */
  edits?: true;
  /** The browser itself raises an event for its keys (copy, cut, paste). */
  native?: true;
  /** Keys that another part of the editor listens for; they are shown, but cannot be changed. */
  fixed?: true;
  when?(editor: Editor): boolean;
  perform(stage: Stage): void;
}

export const anySelected = (editor: Editor): boolean => editor.ui.getState().nodes.length > 0;
export const severalSelected = (editor: Editor): boolean => editor.ui.getState().nodes.length > 1;
export const wireSelected = (editor: Editor): boolean => editor.ui.getState().edges.length > 0;
export const anythingSelected = (editor: Editor): boolean => anySelected(editor) || wireSelected(editor);

/** Milliseconds of a flight; none for people who asked for less motion. */
export const flight = (): number => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 240);
