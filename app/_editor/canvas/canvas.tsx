'use client';
import '@xyflow/react/dist/base.css';
import {
  Background,
  BackgroundVariant,
  type Edge,
  type Node,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  type Viewport,
} from '@xyflow/react';
import { type MouseEvent, type PointerEvent, useMemo } from 'react';
import { addDot } from '../actions/bend-wires';
import { enterBlock } from '../actions/walk-blocks';
import { ZOOM } from '../actions/zoom-by';
import { GRID } from '../model/place-node';
import { dotsBefore } from '../model/wire-shape';
import { ProblemPopover } from '../problems/problem-popover';
import { useEditor, useUi } from '../state/editor-context';
import { cursorSender } from '../state/share-presence';
import { CompareMarks } from '../versions/compare-marks';
import classes from './canvas.module.css';
import { ConnectionLine } from './connection-line';
import { Cursors } from './cursors';
import { CutStroke } from './cut-stroke';
import { EmptyCanvas } from './empty-canvas';
import { FrameNode, NoteNode } from './frame-node';
import { GhostWire } from './ghost-wire';
import { GuideLines } from './guide-lines';
import { NodeCard } from './node-card';
import { Overview } from './overview';
import { useDragging } from './use-dragging';
import { useDropping } from './use-dropping';
import { useFit } from './use-fit';
import { useFlowEdges } from './use-flow-edges';
import { useFlowNodes } from './use-flow-nodes';
import { useWiring } from './use-wiring';
import { WireEdge } from './wire-edge';
import { WireLabels } from './wire-labels';
import { ZoomButtons } from './zoom-buttons';

const NODE_TYPES = { kind: NodeCard, frame: FrameNode, note: NoteNode };
const EDGE_TYPES = { wire: WireEdge };
const SNAP: [number, number] = [GRID, GRID];
/** From here on only what is on the screen is rendered. */
const MANY = 150;

/** What is drawn with the graph, and renders by itself alone: a drag renders the canvas in each of its frames. */
const WITHIN = (
  <>
    <Dots />
    <WireLabels />
    <GhostWire />
    <GuideLines />
    <Cursors />
    <CompareMarks />
    <ProblemPopover />
    <Overview />
    <ZoomButtons />
  </>
);
const ABOVE = (
  <>
    <CutStroke />
    <EmptyCanvas />
  </>
);

/** The graph: nodes, wires, frames, and what pointers do to them. */
export function Canvas() {
  const editor = useEditor();
  const flow = useReactFlow();
  const drag = useDragging();
  const drop = useDropping();
  const { nodes, onNodesChange } = useFlowNodes(drag.adjust);
  const { edges, onEdgesChange } = useFlowEdges();
  const wiring = useWiring();
  const viewing = useViewing();
  useFit();
  const point = usePointing();
  const canEdit = editor.services.canEdit;
  const coarse = useMemo(() => typeof matchMedia === 'function' && matchMedia('(pointer: coarse)').matches, []);

  const onDoubleClick = (event: MouseEvent<HTMLDivElement>) => {
    const target = event.target as HTMLElement;
    const node = target.closest<HTMLElement>('.react-flow__node-kind')?.dataset.id;
    const edge = target.closest<SVGGElement>('.react-flow__edge')?.dataset.id;
    const wire = edge ? editor.views.getState().wires[edge] : undefined;
    const note = target.closest<HTMLElement>('.react-flow__node-note')?.dataset.id;
    if (node) enterBlock(editor, node);
    else if (note && canEdit) editor.ui.getState().set({ renaming: note });
    else if (wire && canEdit) {
      const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
      addDot(editor, wire.id, at, dotsBefore(wire, at));
    } else if (target.closest('.react-flow__pane') && canEdit) {
      const screen = { x: event.clientX, y: event.clientY };
      editor.ui.getState().set({ search: { screen, place: flow.screenToFlowPosition(screen), wire: null } });
    }
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a group that holds the focus, for shortcuts of one key
    <div
      className={classes.canvas}
      data-canvas
      role="group"
      aria-label="Canvas"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      onDoubleClick={onDoubleClick}
      onPointerMove={point.move}
      onPointerLeave={point.leave}
      {...drop.handlers}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onNodeDragStart={drag.start}
        onNodeDrag={drag.move}
        onNodeDragStop={drag.stop}
        {...wiring}
        connectionLineComponent={ConnectionLine}
        connectionRadius={26}
        connectOnClick={false}
        {...viewing}
        minZoom={ZOOM.min}
        maxZoom={ZOOM.max}
        snapToGrid
        snapGrid={SNAP}
        selectionOnDrag={!coarse}
        panOnDrag={coarse ? true : [1]}
        panOnScroll
        selectionMode={SelectionMode.Partial}
        selectionKeyCode={null}
        multiSelectionKeyCode="Shift"
        deleteKeyCode={null}
        zoomOnDoubleClick={false}
        disableKeyboardA11y
        elevateNodesOnSelect
        nodesDraggable={canEdit}
        nodesConnectable={canEdit}
        onlyRenderVisibleElements={nodes.length > MANY}
        nodeDragThreshold={2}
        onError={ignoreLateHandles}
        attributionPosition="bottom-left"
        aria-label="Graph"
      >
        {WITHIN}
      </ReactFlow>
      {ABOVE}
      {drop.offered && (
        <div className={classes.offer}>
          <p>Drop a document, an exported model or a picture of a graph to open it</p>
        </div>
      )}
    </div>
  );
}

/** Clicks, menus, the level of detail: for React Flow the same functions at every frame, as it renders all nodes again for others. */
function useViewing() {
  const { ui } = useEditor();
  return useMemo(() => {
    const openMenu = (
      event: { preventDefault(): void; clientX?: number; clientY?: number },
      node: string | null,
      edge: string | null,
    ) => {
      event.preventDefault();
      if (node && !ui.getState().nodes.includes(node)) ui.getState().select([node]);
      if (edge && !ui.getState().edges.includes(edge)) ui.getState().select([], [edge]);
      ui.getState().set({ menu: { screen: { x: event.clientX ?? 0, y: event.clientY ?? 0 }, node, edge } });
    };
    return {
      onPaneClick: () => ui.getState().set({ search: null, menu: null, problem: null }),
      onNodeClick(event: MouseEvent, { id }: Node) {
        // React Flow leaves several selected; a plain click means the one.
        const { nodes: chosen, select } = ui.getState();
        if (!event.shiftKey && chosen.length > 1 && chosen.includes(id)) select([id]);
      },
      onPaneContextMenu: (event: MouseEvent | globalThis.MouseEvent) => openMenu(event, null, null),
      onNodeContextMenu: (event: MouseEvent, node: Node) => openMenu(event, node.id, null),
      onEdgeContextMenu: (event: MouseEvent, edge: Edge) => openMenu(event, null, edge.id),
      onMove(_: unknown, { zoom }: Viewport) {
        const level = zoom < 0.25 ? 'block' : zoom < 0.5 ? 'glyph' : 'full';
        if (ui.getState().level !== level) ui.getState().set({ level });
      },
    };
  }, [ui]);
}

/** The grid's dots, where they are far enough from each other to be seen. */
function Dots() {
  const level = useUi((state) => state.level);
  if (level !== 'full') return null;
  return <Background variant={BackgroundVariant.Dots} gap={GRID} size={2} color="var(--nl-dot)" />;
}

/** A port that has just appeared is measured a frame after its wire: React Flow's note of that (008) says nothing new. */
function ignoreLateHandles(code: string, message: string): void {
  if (code !== '008') console.warn(message);
}

/** Tells others where the pointer is. */
function usePointing() {
  const { awareness } = useEditor();
  const flow = useReactFlow();
  return useMemo(() => {
    const send = awareness ? cursorSender(awareness) : () => undefined;
    return {
      move: (event: PointerEvent) =>
        send(flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false })),
      leave: () => send(null),
    };
  }, [awareness, flow]);
}
