import type { Place } from '@/lib/graph/diagnostic';
import type { EdgeId, GraphId, Node, NodeId, PortId } from '@/lib/graph/document';
import type { Face, Infer, PlainParams, PortFace } from '@/lib/nodes/kind';
import type { Path } from './program';
import type { Values } from './resolve-params';

/** Where initial weights come from, with what the enclosing instances add: a key, or names in an asset. */
export type FlatStart = { key: string } | { asset: string; tensors: string };

/** One wire after flattening: from an output of a flat node (or, for `weights`, of an instance) into an input. */
export interface FlatWire {
  from: Path;
  port: PortId;
  /** The edge that ends at the input, in the graph of the node it ends at. */
  edge: EdgeId;
}

/** An input that has an edge, but nothing at its far end: `at` is the unwired port of an enclosing instance. */
export interface OpenEnd {
  edge: EdgeId;
  at?: Place;
  /** It comes round to itself without passing a node; that was reported. */
  circle?: true;
}

/** A node of the flattened graph: one future op, fold or task. */
export interface FlatNode {
  path: Path;
  /** Names of the enclosing instances and of the node, joined by `/`. */
  name: string;
  graph: GraphId;
  id: NodeId;
  node: Node;
  /** Both are absent where the kind is not installed. */
  face: Face | undefined;
  infer: Infer | undefined;
  params: PlainParams;
  /** What expressions in its params may name: params of the document or of the block around it. */
  values: Values;
  frozen: boolean;
  start?: FlatStart;
  /** Enclosing instances (without copy numbers) and callers, innermost first. */
  scopes: Path[];
  /** The innermost caller whose block it stands in: it becomes an op of that body. */
  within?: Path;
  /** Of a caller: the node `$in` in its block, whose outputs are the block's inputs. */
  entry?: FlatNode;
  inputs: PortFace[];
  outputs: PortFace[];
  /** In edge order. */
  wires: Map<PortId, FlatWire[]>;
  openEnds: Map<PortId, OpenEnd>;
  /** Something about it was reported: what follows from it is not. */
  faulty: boolean;
}

/** An instance, kept beside the nodes it became, for sharing weights and for the editor. Path without copy number. */
export interface FlatInstance {
  path: Path;
  name: string;
  graph: GraphId;
  id: NodeId;
  node: Node;
  block: string;
  params: PlainParams;
  scopes: Path[];
  inputs: PortFace[];
  outputs: PortFace[];
  wires: Map<PortId, FlatWire[]>;
  /** What stands behind its outputs. */
  gives: Map<PortId, { from: Path; port: PortId }>;
}

/** The document without blocks, muted and bypassed nodes. */
export interface Flat {
  nodes: Map<Path, FlatNode>;
  instances: Map<Path, FlatInstance>;
}

/** What a `weights` wire from outside a node may end at: an instance or caller around it. */
export const holderOf = (flat: Flat, scope: Path): FlatInstance | FlatNode | undefined =>
  flat.instances.get(scope) ?? flat.nodes.get(scope);

/** Inputs of a caller that no one wires: what stands behind its block's outputs. */
export const resultPort = (port: PortId): PortId => `$out.${port}`;
export const isResultPort = (port: PortId): boolean => port.startsWith('$out.');

/** The node through which a caller's inputs get into its block; it is no op. */
export const isEntry = (node: Pick<FlatNode, 'id'>): boolean => node.id === '$in';

/** The place of a flat node in its document. */
export const placeOf = (node: Pick<FlatNode, 'graph' | 'id' | 'path'>, rest: Partial<Place> = {}): Place => ({
  ...(node.graph === 'main' ? {} : { graph: node.graph, path: node.path }),
  node: node.id,
  ...rest,
});

/** What a person calls it: its name, or the title of its kind. */
export const titleOf = (node: Pick<FlatNode, 'node' | 'face'>): string =>
  node.node.name || node.face?.title || node.node.kind;

/** The only wire of a port that takes one. */
export const wireInto = (node: Pick<FlatNode, 'wires'>, port: PortId): FlatWire | undefined =>
  node.wires.get(port)?.[0];

/** Measures over a whole pass: a metric, or a held value. */
export const isFold = (node: Pick<FlatNode, 'face'>): boolean => node.face?.role === 'fold';

/** The output of a fold whose result is a tensor: it is held until it is measured again. */
export const heldPort = (node: FlatNode): PortId | undefined =>
  isFold(node) ? node.outputs.find((port) => port.type === 'tensor')?.id : undefined;
