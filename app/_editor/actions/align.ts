import { type Alignment, alignBoxes, distributeBoxes } from '../model/align-boxes';
import type { Box } from '../model/route-wire';
import type { Editor } from '../state/editor-context';
import { moveNodes } from './arrange';

/** Boxes of the selected nodes. */
function selectedBoxes(editor: Editor): Record<string, Box> {
  const { nodes: views, places } = editor.views.getState();
  return Object.fromEntries(
    editor.ui.getState().nodes.flatMap((id) => {
      const [view, place] = [views[id], places[id]];
      return view && place ? [[id, { x: place.x, y: place.y, width: view.width, height: view.height }]] : [];
    }),
  );
}

export const alignSelection = (editor: Editor, to: Alignment): void =>
  moveNodes(editor, alignBoxes(selectedBoxes(editor), to), 'Align');

export const distributeSelection = (editor: Editor, axis: 'x' | 'y'): void =>
  moveNodes(editor, distributeBoxes(selectedBoxes(editor), axis), 'Distribute');
