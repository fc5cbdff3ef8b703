'use client';
import '@xyflow/react/dist/style.css';
import { applyNodeChanges, type Edge, type Node, ReactFlow } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { gridPlace } from '@/lib/gallery/large-document';

/** As many nodes and wires as `?nodes=` says, at the places of the large document. */
export function PlainFlow() {
  const [nodes, setNodes] = useState<Node[]>([]);
  const [edges, setEdges] = useState<Edge[]>([]);
  useEffect(() => {
    const count = Number(new URLSearchParams(location.search).get('nodes') ?? 300);
    const ids = Array.from({ length: count }, (_, i) => i);
    setNodes(ids.map((i) => ({ id: `n${i}`, position: gridPlace(i), data: { label: `Node ${i}` } })));
    setEdges(ids.slice(1).map((i) => ({ id: `e${i}`, source: `n${i - 1}`, target: `n${i}` })));
  }, []);
  if (nodes.length === 0) return null;
  return (
    <div data-canvas style={{ width: '100vw', height: '100vh' }}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        onNodesChange={(changes) => setNodes((before) => applyNodeChanges(changes, before))}
        panOnDrag={[1]}
        minZoom={0.05}
        onlyRenderVisibleElements
        fitView
      />
    </div>
  );
}
