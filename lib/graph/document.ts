import type { Json } from '@/lib/base/json';
import type { PortType } from './port-type';

/** Node, edge and block ids are random and never reused: renaming a node keeps its weights. */
export type NodeId = string;
export type EdgeId = string;
export type BlockId = string;
/** `x`, `loss`, `weights`; a promoted param's input is `param:rate`, an element of it `param:weights.1`. */
export type PortId = string;

/** An expression over the enclosing params, such as `{ '=': '4*filters' }`. */
export type Expr = { '=': string };
export type ParamValue = Json | Expr;
export type Params = Record<string, ParamValue>;

export interface Node {
  kind: string;
  version: number;
  name: string;
  params: Params;
  promoted?: string[];
  muted?: true;
  bypassed?: true;
  frozen?: true;
  /** Equal initial weights (`key`), or weights taken from a trained asset. */
  start?: { key: string } | { asset: string; scope?: string };
}

/** One edge into an input, many out of an output. `order`: fractional index of a variadic input, ties by id. */
export interface Edge {
  from: [NodeId | '$in', PortId];
  to: [NodeId | '$out', PortId];
  order?: string;
  /** Points that the wire is led through, from its start to its end: looks only, like a node's place. */
  via?: [x: number, y: number][];
}

/** An edge that is drawn elsewhere: its points move along. */
export const shiftEdge = (edge: Edge, dx: number, dy: number): Edge =>
  edge.via ? { ...edge, via: edge.via.map(([x, y]) => [x + dx, y + dy]) } : edge;

export interface Graph {
  nodes: Record<NodeId, Node>;
  edges: Record<EdgeId, Edge>;
}

export interface BlockPort {
  id: PortId;
  name: string;
  type: PortType;
  optional?: true;
}

export interface Param {
  title: string;
  default: Json;
  min?: number;
  max?: number;
  choices?: Json[];
}

/** From which block of the workspace's library a block came, and which content it was then. */
export interface LibraryOrigin {
  id: string;
  hash: string;
}

/** A reusable sub-graph. Inside, the ends of its ports are `$in` and `$out`. */
export interface Block {
  title: string;
  graph: Graph;
  inputs: BlockPort[];
  outputs: BlockPort[];
  params: Record<string, Param>;
  library?: LibraryOrigin;
}

export interface Measure {
  metric: string;
  variant?: string;
  over?: 'last' | 'best' | 'first' | 'first-quarter' | 'last-quarter';
}

/** A stated result. `preset`: the settings it belongs to; without one, the full ones. */
export interface Expectation extends Measure {
  op: '<' | '<=' | '>' | '>=';
  value?: number;
  than?: Measure;
  times?: number;
  plus?: number;
  preset?: string;
}

export interface Variant {
  id: string;
  title: string;
  set: Record<string, Json>;
}

/** Where a node stands. Stored with the document, never hashed, never part of a program. */
export interface NodeLayout {
  x: number;
  y: number;
  w?: number;
  h?: number;
  collapsed?: true;
  color?: string;
}

/** The graph of the document itself, or of one of its blocks. */
export type GraphId = 'main' | BlockId;

export interface DocumentSettings {
  batch: number | Expr;
  /** Sizes of time symbols. */
  lengths: Record<string, number | Expr>;
}

/** The document: plain JSON, from which all else is derived by pure functions. */
export interface Document {
  schema: 1;
  title: string;
  graph: Graph;
  blocks: Record<BlockId, Block>;
  /** What sweeps, variants, presets and lessons may set; expressions refer to them by key. */
  params: Record<string, Param>;
  presets: Record<string, Record<string, Json>>;
  variants: Variant[];
  expected: Expectation[];
  notes: Json;
  frames: Json;
  settings: DocumentSettings;
  layout: Record<GraphId, Record<NodeId, NodeLayout>>;
}

export const DOCUMENT_SCHEMA = 1;

/** A document with nothing in it. */
export const emptyDocument = (title: string): Document => ({
  schema: DOCUMENT_SCHEMA,
  title,
  graph: { nodes: {}, edges: {} },
  blocks: {},
  params: {},
  presets: {},
  variants: [],
  expected: [],
  notes: [],
  frames: [],
  settings: { batch: 64, lengths: {} },
  layout: { main: {} },
});

/** The graph that a `GraphId` names, or undefined. */
export const graphOf = (document: Document, id: GraphId): Graph | undefined =>
  id === 'main' ? document.graph : document.blocks[id]?.graph;

export const isExpr = (value: unknown): value is Expr =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && typeof (value as Expr)['='] === 'string';
