import { applyNodeChanges, type NodeChange } from '@xyflow/react';
import { useCallback, useLayoutEffect, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { framesOf, notesOf } from '../model/frames';
import { useDocument, useEditor, useUi, useView } from '../state/editor-context';
import { buildFlowNodes, type FlowNode } from './flow-nodes';

/** React Flow's nodes, and what it reports of them: selection goes to the editor, places stay here until a drag ends. */
export function useFlowNodes(adjust: (changes: NodeChange<FlowNode>[]) => NodeChange<FlowNode>[]) {
  const editor = useEditor();
  const views = useView((state) => state.nodes);
  const graph = useUi((state) => state.graph);
  const selection = useUi((state) => state.nodes);
  const layout = useView((state) => state.places);
  const { frames, notes } = useDocument(
    useShallow(({ document }) => ({ frames: document.frames, notes: document.notes })),
  );
  const [nodes, setNodes] = useState<FlowNode[]>([]);
  useLayoutEffect(() => {
    const parts = {
      views,
      layout,
      frames: framesOf(frames, graph),
      notes: notesOf(notes, graph),
      selected: new Set(selection),
    };
    setNodes((before) => buildFlowNodes(before, parts));
  }, [views, layout, frames, notes, graph, selection]);
  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const selects = changes.filter((change) => change.type === 'select');
      const others = changes.filter((change) => change.type !== 'select' && change.type !== 'remove');
      if (others.length) {
        const adjusted = adjust(others);
        setNodes((before) => applyNodeChanges(adjusted, before));
      }
      if (selects.length) {
        const { nodes: before, edges, select } = editor.ui.getState();
        const next = new Set(before);
        for (const { id, selected } of selects) {
          if (selected) next.add(id);
          else next.delete(id);
        }
        select([...next], edges);
      }
    },
    [editor, adjust],
  );
  return { nodes, onNodesChange };
}
