import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Editor } from '../state/editor-context';

/** Opens the problem of a node: the list, and the popover at its cause. */
export function openProblemAt(editor: Editor, node: string): void {
  const { graph, set } = editor.ui.getState();
  const diagnostics = editor.documents.getState().result?.diagnostics ?? [];
  const own = ({ at }: Diagnostic) => at.node === node && (at.graph ?? 'main') === graph;
  const index = diagnostics.findIndex((diagnostic) => own(diagnostic) && diagnostic.severity === 'error');
  const any = index < 0 ? diagnostics.findIndex(own) : index;
  if (any >= 0) set({ problemsOpen: true, problem: any });
}
