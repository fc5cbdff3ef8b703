import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Done } from '@/lib/collab/undo';
import type { Document, EdgeId, GraphId, NodeId, PortId } from '@/lib/graph/document';
import type { PortType } from '@/lib/graph/port-type';
import type { Spec } from '@/lib/tensor/spec';
import type { Guide } from '../model/guides';
import type { Side } from '../model/node-view';
import type { Step } from '../model/path-in';

/** One end of a wire that is being drawn. */
export interface OpenWire {
  node: NodeId;
  port: PortId;
  side: Side;
  type: PortType;
  spec: Spec | null;
}

/** Where the search stands (on the screen) and where its result goes (on the canvas). */
export interface SearchRequest {
  screen: { x: number; y: number };
  place: { x: number; y: number };
  wire: OpenWire | null;
  /** A wire into which the result goes. */
  insert?: EdgeId | null;
  /** What has been typed already. */
  query?: string;
}

export interface ContextMenuRequest {
  screen: { x: number; y: number };
  node: NodeId | null;
  edge: EdgeId | null;
}

export type Mode = 'build' | 'runs';

export interface UiState {
  mode: Mode;
  graph: GraphId;
  /** Through which blocks one came into `graph`, outermost first; empty in the main graph. */
  way: readonly Step[];
  nodes: readonly NodeId[];
  edges: readonly EdgeId[];
  search: SearchRequest | null;
  menu: ContextMenuRequest | null;
  /** A wire that is being drawn, by pointer or by keyboard. */
  wire: OpenWire | null;
  /** The wire is drawn by keyboard: no pointer follows. */
  wireByKeyboard: boolean;
  renaming: NodeId | null;
  /** A frame or note that has just been made, and the step that made it: what is typed into it is part of that step. */
  fresh: { id: string; step: Done | undefined } | null;
  problemsOpen: boolean;
  /** Index into the diagnostics of the problem whose popover is open. */
  problem: number | null;
  find: boolean;
  /** The command palette, or the sheet of all commands with their shortcuts. */
  help: 'palette' | 'sheet' | null;
  /** The graph as a list instead of the canvas. */
  list: boolean;
  /** The next drag over the canvas cuts wires. */
  cutting: boolean;
  run: string | null;
  versionsOpen: boolean;
  /** The version that the canvas is compared with. */
  compare: { id: string; name: string; document: Document } | null;
  paletteOpen: boolean;
  /** An edge over which a dragged node hovers: dropping inserts it there. */
  dropEdge: EdgeId | null;
  /** A node that the open wire would connect to if it were dropped now. */
  dropNode: NodeId | null;
  /** Nodes to show when another graph is opened, instead of the whole. */
  goal: readonly NodeId[] | null;
  /** Counts requests to show the whole graph as soon as it is laid out. */
  fits: number;
  /** With what the dragged node is level. */
  guides: readonly Guide[];
  /** Nodes that the pointer drags right now. */
  dragged: readonly NodeId[];
  /** How much a node shows at the present zoom. */
  level: 'full' | 'glyph' | 'block';
  set(change: Partial<UiState>): void;
  select(nodes: readonly NodeId[], edges?: readonly EdgeId[]): void;
}

export type UiStore = StoreApi<UiState>;

export const createUiStore = (): UiStore =>
  createStore<UiState>()((set) => ({
    mode: 'build',
    graph: 'main',
    way: [],
    nodes: [],
    edges: [],
    search: null,
    menu: null,
    wire: null,
    wireByKeyboard: false,
    renaming: null,
    fresh: null,
    problemsOpen: false,
    problem: null,
    find: false,
    help: null,
    list: false,
    cutting: false,
    run: null,
    versionsOpen: false,
    compare: null,
    paletteOpen: true,
    dropEdge: null,
    dropNode: null,
    goal: null,
    fits: 0,
    guides: [],
    dragged: [],
    level: 'full',
    set,
    select: (nodes, edges = []) => set({ nodes, edges }),
  }));
