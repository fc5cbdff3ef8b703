import type { Command } from '@/lib/graph/command';
import type { Point } from '../model/route-wire';
import { cross, pointsOf } from '../model/wire-shape';
import type { Editor } from '../state/editor-context';
import { batch, dispatch } from './graph-at';
import { offerUndo } from './offer-undo';

/** Removes every wire that a stroke crosses, as one step. */
export function cutWires(editor: Editor, stroke: readonly Point[]): void {
  const { graph } = editor.ui.getState();
  const cut = Object.values(editor.views.getState().wires).filter(
    (wire) => wire.type !== 'weights' && cross(stroke, pointsOf(wire)),
  );
  const commands = cut.map(({ id }): Command => ({ do: 'remove-edge', graph, id }));
  if (!commands.length || !dispatch(editor, batch('Cut wires', commands), 'Cut wires')) return;
  offerUndo(editor, cut.length === 1 ? 'Cut 1 wire.' : `Cut ${cut.length} wires.`);
}
