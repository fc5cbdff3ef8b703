'use client';
import '@xyflow/react/dist/base.css';
import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type Connection,
  type Edge,
  type EdgeChange,
  type FinalConnectionState,
  MiniMap,
  type NodeChange,
  type OnConnectStartParams,
  ReactFlow,
  SelectionMode,
  useNodesInitialized,
  useReactFlow,
} from '@xyflow/react';
import {
  type DragEvent,
  type MouseEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useShallow } from 'zustand/react/shallow';
import { addKind, dropOnWire } from '../actions/add-kind';
import { moveFrame, moveNodes } from '../actions/arrange';
import { connectPorts, fits, portFace, portOfHandle } from '../actions/connect-ports';
import { framesOf, notesOf } from '../model/frames';
import { GRID } from '../model/place-node';
import { ProblemPopover } from '../problems/problem-popover';
import { useDocument, useEditor, useUi, useView } from '../state/editor-context';
import { cursorSender } from '../state/share-presence';
import type { OpenWire } from '../state/ui-store';
import { CompareMarks } from '../versions/compare-marks';
import classes from './canvas.module.css';
import { ConnectionLine } from './connection-line';
import { Cursors } from './cursors';
import { makesColor } from './drawings';
import { EmptyCanvas } from './empty-canvas';
import { buildFlowEdges, buildFlowNodes, type FlowNode } from './flow-nodes';
import { FrameNode, NoteNode } from './frame-node';
import { GhostWire } from './ghost-wire';
import { KIND_MIME } from './kind-mime';
import { nearestWire } from './nearest-wire';
import { NodeCard } from './node-card';
import { WireEdge } from './wire-edge';
import { WireLabels } from './wire-labels';
import { ZoomButtons } from './zoom-buttons';

const NODE_TYPES = { kind: NodeCard, frame: FrameNode, note: NoteNode };
const EDGE_TYPES = { wire: WireEdge };
const SNAP: [number, number] = [GRID, GRID];
const FIT = {
  padding: { top: '48px', left: '56px', right: '40px', bottom: '56px' },
  maxZoom: 1,
  minZoom: 0.4,
} as const;
/** As drawn: React Flow reads its size from the style. */
const MINIMAP = { width: 136, height: 112 };
/** From here on only what is on the screen is rendered. */
const MANY = 150;

/** The graph: nodes, wires, frames, and what pointers do to them. */
export function Canvas() {
  const editor = useEditor();
  const flow = useReactFlow();
  const { nodes, onNodesChange } = useFlowNodes();
  const { edges, onEdgesChange } = useFlowEdges();
  const drag = useDragging(nodes);
  useFitOnce();
  const point = usePointing();
  const canEdit = editor.services.canEdit;
  const coarse = useMemo(() => typeof matchMedia === 'function' && matchMedia('(pointer: coarse)').matches, []);

  const onConnectStart = useCallback(
    (_: unknown, { nodeId, handleId, handleType }: OnConnectStartParams) => {
      if (!nodeId || !handleId) return;
      const side = handleType === 'target' ? 'in' : 'out';
      const port = portFace(editor, nodeId, handleId, side);
      if (!port) return;
      const wire: OpenWire = { node: nodeId, port: port.id, side, type: port.type, spec: port.spec };
      editor.ui.getState().set({ wire, wireByKeyboard: false, search: null, menu: null });
    },
    [editor],
  );
  const isValidConnection = useCallback(
    (connection: Connection | Edge) => {
      const { wire } = editor.ui.getState();
      if (!wire) return false;
      const out = wire.side === 'out';
      const node = out ? connection.target : connection.source;
      const handle = out ? connection.targetHandle : connection.sourceHandle;
      const port = node && handle ? portFace(editor, node, handle, out ? 'in' : 'out') : undefined;
      return port !== undefined && fits(editor, wire, node, port);
    },
    [editor],
  );
  const onConnect = useCallback(
    ({ source, sourceHandle, target, targetHandle }: Connection) => {
      if (!sourceHandle || !targetHandle) return;
      connectPorts(editor, [source, portOfHandle(sourceHandle)], [target, portOfHandle(targetHandle)], targetHandle);
    },
    [editor],
  );
  const onConnectEnd = useCallback(
    (event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const { wire, set } = editor.ui.getState();
      set({ wire: null, dropNode: null });
      if (!wire || state.isValid || state.toHandle) return;
      const point = 'changedTouches' in event ? event.changedTouches[0] : event;
      if (!point) return;
      const screen = { x: point.clientX, y: point.clientY };
      const under = document.elementFromPoint(screen.x, screen.y);
      const node = under?.closest<HTMLElement>('.react-flow__node-kind')?.dataset.id;
      if (node) connectToNode(editor, wire, node);
      else if (under?.closest('.react-flow__pane') && canEdit) {
        set({ search: { screen, place: flow.screenToFlowPosition(screen), wire } });
      }
    },
    [editor, flow, canEdit],
  );

  const onDoubleClick = (event: MouseEvent<HTMLDivElement>) => {
    const target = event.target as HTMLElement;
    const node = target.closest<HTMLElement>('.react-flow__node-kind')?.dataset.id;
    if (node) enterBlock(editor, node);
    else if (target.closest('.react-flow__pane') && canEdit) {
      const screen = { x: event.clientX, y: event.clientY };
      editor.ui.getState().set({ search: { screen, place: flow.screenToFlowPosition(screen), wire: null } });
    }
  };
  const onDrop = (event: DragEvent<HTMLDivElement>) => {
    const kind = event.dataTransfer.getData(KIND_MIME);
    if (!kind) return;
    event.preventDefault();
    const at = flow.screenToFlowPosition({ x: event.clientX - 24, y: event.clientY - 16 });
    const edge = nearestWire(editor.views.getState().wires, { x: at.x + 24, y: at.y + 16 });
    const id = addKind(editor, kind, at);
    if (id && edge) dropOnWire(editor, edge, id);
  };
  const onDragOver = (event: DragEvent<HTMLDivElement>) => {
    if (!event.dataTransfer.types.includes(KIND_MIME)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
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
      onDrop={onDrop}
      onDragOver={onDragOver}
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
        onConnectStart={onConnectStart}
        onConnect={onConnect}
        onConnectEnd={onConnectEnd}
        isValidConnection={isValidConnection}
        connectionLineComponent={ConnectionLine}
        connectionRadius={26}
        connectOnClick={false}
        onPaneClick={() => editor.ui.getState().set({ search: null, menu: null, problem: null })}
        onPaneContextMenu={(event) => openMenu(event, null, null)}
        onNodeContextMenu={(event, node) => openMenu(event, node.id, null)}
        onEdgeContextMenu={(event, edge) => openMenu(event, null, edge.id)}
        onMove={(_, { zoom }) => {
          const level = zoom < 0.25 ? 'block' : zoom < 0.5 ? 'glyph' : 'full';
          if (editor.ui.getState().level !== level) editor.ui.getState().set({ level });
        }}
        minZoom={0.1}
        maxZoom={3}
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
        <Background
          variant={BackgroundVariant.Dots}
          gap={16}
          size={2}
          color="var(--nl-dot)"
          bgColor="var(--nl-canvas)"
        />
        <WireLabels />
        <GhostWire />
        <Cursors />
        <CompareMarks />
        <ProblemPopover />
        <MiniMap
          className={classes.minimap ?? ''}
          style={MINIMAP}
          ariaLabel="Overview"
          nodeColor={(node) => {
            const makes = editor.views.getState().nodes[node.id]?.makes;
            return makes ? makesColor(makes) : 'transparent';
          }}
          nodeBorderRadius={12}
          maskColor="transparent"
          maskStrokeColor="var(--nl-text-2)"
          maskStrokeWidth={2}
          pannable
          zoomable
        />
        <ZoomButtons />
      </ReactFlow>
      <EmptyCanvas />
    </div>
  );

  function openMenu(
    event: { preventDefault(): void; clientX?: number; clientY?: number },
    node: string | null,
    edge: string | null,
  ) {
    event.preventDefault();
    const { ui } = editor;
    if (node && !ui.getState().nodes.includes(node)) ui.getState().select([node]);
    if (edge && !ui.getState().edges.includes(edge)) ui.getState().select([], [edge]);
    ui.getState().set({ menu: { screen: { x: event.clientX ?? 0, y: event.clientY ?? 0 }, node, edge } });
  }
}

/** A wire that is dropped on a node goes to the first of its ports that fits. */
function connectToNode(editor: ReturnType<typeof useEditor>, wire: OpenWire, node: string): void {
  const ports = editor.views.getState().nodes[node]?.ports ?? [];
  const fitting = ports.filter((port) => fits(editor, wire, node, port));
  const port = fitting.find((candidate) => !candidate.wired && !candidate.optional) ?? fitting[0];
  if (!port) return;
  if (wire.side === 'out') connectPorts(editor, [wire.node, wire.port], [node, port.id], port.handle);
  else connectPorts(editor, [node, port.id], [wire.node, wire.port]);
}

/** Opens the block that an instance uses. */
export function enterBlock(editor: ReturnType<typeof useEditor>, node: string): void {
  const { nodes } = editor.views.getState();
  const block = nodes[node]?.role === 'instance' ? nodes[node].params.block : undefined;
  if (typeof block === 'string' && editor.documents.getState().document.blocks[block]) {
    editor.ui.getState().set({ graph: block, nodes: [], edges: [] });
  }
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

/** Shows the whole graph when it is opened, and again in another block; what is built on an empty canvas stays put. */
function useFitOnce(): void {
  const editor = useEditor();
  const flow = useReactFlow();
  const ready = useNodesInitialized();
  const graph = useUi((state) => state.graph);
  const shown = useRef<string | null>(null);
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (shown.current === graph) return;
    shown.current = graph;
    wanted.current = Object.keys(editor.views.getState().nodes).length ? graph : null;
  }, [editor, graph]);
  const fits = useUi((state) => state.fits);
  useEffect(() => {
    if (fits) wanted.current = editor.ui.getState().graph;
  }, [editor, fits]);
  useEffect(() => {
    if (!ready || wanted.current !== graph) return;
    wanted.current = null;
    void flow.fitView(FIT);
  }, [ready, graph, flow]);
}

function useFlowNodes() {
  const editor = useEditor();
  const views = useView((state) => state.nodes);
  const graph = useUi((state) => state.graph);
  const selection = useUi((state) => state.nodes);
  const { layout, frames, notes } = useDocument(
    useShallow(({ document }) => ({ layout: document.layout[graph], frames: document.frames, notes: document.notes })),
  );
  const [nodes, setNodes] = useState<FlowNode[]>([]);
  useLayoutEffect(() => {
    const parts = {
      views,
      layout: layout ?? {},
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
      if (others.length) setNodes((before) => applyNodeChanges(others, before));
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
    [editor],
  );
  return { nodes, onNodesChange };
}

function useFlowEdges() {
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

interface Held {
  frame: string;
  from: { x: number; y: number };
  places: Record<string, { x: number; y: number }>;
}

/** Drags of nodes and frames: one step of undo each; a lone node over a wire will be put into it. */
function useDragging(nodes: readonly FlowNode[]) {
  const editor = useEditor();
  const flow = useReactFlow();
  const held = useRef<Held | null>(null);
  const start = useCallback(
    (_: unknown, node: FlowNode, moved: FlowNode[]) => {
      held.current = node.type === 'frame' ? hold(node, nodes) : null;
      const ids = [...moved.map(({ id }) => id), ...Object.keys(held.current?.places ?? {})];
      editor.ui.getState().set({ dragged: ids });
    },
    [editor, nodes],
  );
  const move = useCallback(
    (_: unknown, node: FlowNode, moved: FlowNode[]) => {
      const { current } = held;
      if (current && node.id === current.frame) {
        const [dx, dy] = [node.position.x - current.from.x, node.position.y - current.from.y];
        for (const [id, place] of Object.entries(current.places)) {
          flow.updateNode(id, { position: { x: place.x + dx, y: place.y + dy } });
        }
        return;
      }
      const alone = moved.length === 1 && editor.views.getState().nodes[node.id]?.ports.every((port) => !port.wired);
      const middle = { x: node.position.x + (node.width ?? 0) / 2, y: node.position.y + 16 };
      const edge = alone ? nearestWire(editor.views.getState().wires, middle) : null;
      if (editor.ui.getState().dropEdge !== edge) editor.ui.getState().set({ dropEdge: edge });
    },
    [editor, flow],
  );
  const stop = useCallback(
    (_: unknown, node: FlowNode, moved: FlowNode[]) => {
      const { current } = held;
      held.current = null;
      const { dropEdge, set } = editor.ui.getState();
      set({ dropEdge: null, dragged: [] });
      if (current || node.type === 'note') {
        const [dx, dy] = current ? [node.position.x - current.from.x, node.position.y - current.from.y] : [0, 0];
        const places = Object.fromEntries(
          Object.entries(current?.places ?? {}).map(([id, place]) => [id, { x: place.x + dx, y: place.y + dy }]),
        );
        moveFrame(editor, node.id, node.position, places);
        return;
      }
      moveNodes(
        editor,
        Object.fromEntries(moved.filter(({ type }) => type === 'kind').map(({ id, position }) => [id, position])),
      );
      if (dropEdge) dropOnWire(editor, dropEdge, node.id);
    },
    [editor],
  );
  return { start, move, stop };
}

/** The nodes that stand on a frame, with their places. */
function hold(frame: FlowNode, nodes: readonly FlowNode[]): Held {
  const places: Held['places'] = {};
  const [right, bottom] = [frame.position.x + (frame.width ?? 0), frame.position.y + (frame.height ?? 0)];
  for (const { id, type, position, width = 0, height = 0 } of nodes) {
    if (type !== 'kind') continue;
    const inside =
      position.x >= frame.position.x &&
      position.y >= frame.position.y &&
      position.x + width <= right &&
      position.y + height <= bottom;
    if (inside) places[id] = position;
  }
  return { frame: frame.id, from: frame.position, places };
}
