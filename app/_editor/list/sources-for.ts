import type { NodeId } from '@/lib/graph/document';
import { fits } from '../actions/connect-ports';
import { NEW_PORT } from '../model/ends-view';
import type { PortView } from '../model/node-view';
import type { Editor } from '../state/editor-context';

/** Outputs that may feed an input: of a fitting type, and not fed by it. */
export function sourcesFor(editor: Editor, node: NodeId, port: PortView): { value: string; title: string }[] {
  const open = { node, port: port.id, side: 'in', type: port.type, spec: port.spec } as const;
  return Object.values(editor.views.getState().nodes).flatMap((view) => {
    const outputs = view.ports.filter((candidate) => candidate.side === 'out' && candidate.id !== NEW_PORT);
    return outputs
      .filter((candidate) => fits(editor, open, view.id, candidate))
      .map((candidate) => ({
        value: `${view.id} ${candidate.handle}`,
        title: candidate.place === 'header' ? view.fullName : `${view.fullName}, ${candidate.title.toLowerCase()}`,
      }));
  });
}
