import type { Command } from '@/lib/graph/command';
import { type Graph, graphOf } from '@/lib/graph/document';
import type { Editor } from '../state/editor-context';

export const graphAt = (editor: Editor): Graph => {
  const { document } = editor.documents.getState();
  return graphOf(document, editor.ui.getState().graph) ?? { nodes: {}, edges: {} };
};

export function dispatch(editor: Editor, command: Command, title: string, part?: 'of-last'): boolean {
  return editor.services.canEdit && editor.documents.getState().dispatch(command, title, part);
}

export const batch = (title: string, commands: Command[]): Command => ({ do: 'batch', title, commands });

/** Places of the nodes that are shown. */
export const layoutAt = (editor: Editor) => ({
  graph: editor.ui.getState().graph,
  layout: editor.views.getState().places,
});
