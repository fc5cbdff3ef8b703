import type { Edge, EdgeChange } from '@xyflow/react';
import { useCallback, useMemo, useRef } from 'react';
import { useEditor, useUi, useView } from '../state/editor-context';
import { buildFlowEdges } from './flow-nodes';

/** React Flow's edges; their selection is the editor's. */
export function useFlowEdges() {
  const editor = useEditor();
  const wires = useView((state) => state.wires);
  const selection = useUi((state) => state.edges);
  const last = useRef<Edge[]>([]);
  const edges = useMemo(() => {
    last.current = buildFlowEdges(last.current, wires, new Set(selection));
    return last.current;
  }, [wires, selection]);
  const onEdgesChange = useCallback(
    (changes: EdgeChange[]) => {
      const { nodes, edges: before, select } = editor.ui.getState();
      const next = new Set(before);
      let changed = false;
      for (const change of changes) {
        if (change.type !== 'select') continue;
        changed = true;
        if (change.selected) next.add(change.id);
        else next.delete(change.id);
      }
      if (changed) select(nodes, [...next]);
    },
    [editor],
  );
  return { edges, onEdgesChange };
}
