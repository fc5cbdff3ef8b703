import type { Place } from '@/lib/graph/diagnostic';
import type { Block, BlockId, Edge, EdgeId, GraphId, NodeId, PortId } from '@/lib/graph/document';
import type { PortType } from '@/lib/graph/port-type';
import type { FlatInstance, FlatNode, FlatStart } from './flat';
import { edgesAt, type GraphIndex } from './graph-index';
import type { Path } from './program';
import type { Values } from './resolve-params';

/** One use of a graph: the main graph, one copy of an instance, or the block of a caller. */
export interface Scope {
  graph: GraphId;
  index: GraphIndex;
  /** Path of what is inside: `''`, `n7/`, `n7[3]/`. */
  prefix: string;
  names: string;
  values: Values;
  /** Blocks that are open around this, outermost first. */
  blocks: BlockId[];
  frozen: boolean;
  start: FlatStart | undefined;
  instances: Path[];
  /** The innermost caller around it. */
  within?: Path;
  up?: { scope: Scope; instance: ExpandedInstance; copy: number } | { scope: Scope; call: ExpandedCall };
  members: Map<NodeId, Member>;
}

export interface ExpandedInstance {
  is: 'instance';
  id: NodeId;
  block: Block;
  copies: Scope[];
  flat: FlatInstance;
}

/** A caller and the one use of its block. */
export interface ExpandedCall {
  is: 'call';
  node: FlatNode;
  block: Block;
  inner: Scope;
  /** Ports of the block that are the caller's own inputs. */
  own: ReadonlySet<PortId>;
}

/** What became of a node of a graph. */
export type Member =
  | { is: 'node'; node: FlatNode }
  | ExpandedInstance
  | ExpandedCall
  /** Muted: node and edges are gone. */
  | { is: 'gone' }
  | { is: 'bypassed'; input: PortId; output: PortId };

/** An end of a wire: an output of a flat node or instance, or nothing. */
export type Source = { from: Path; port: PortId } | { from?: undefined; at?: Place };

const MOST_STEPS = 100_000;

/** Ports whose values a caller does not compute: weights and schedules reach into its block as they are. */
const passes = (type: PortType | undefined): boolean => type === 'weights' || type === 'number';

/**
 * What an edge's start stands for, through bypassed nodes, into blocks and out of them. Tensors of a caller's block end
 * at its entry and at the caller. Null where it runs in a circle of nothing but ends.
 */
export function resolveSource(scope: Scope, from: Edge['from']): Source | null {
  let here = scope;
  let [node, port] = from;
  for (let step = 0; step < MOST_STEPS; step++) {
    let next: Edge['from'] | undefined;
    if (node === '$in') {
      const up = here.up;
      if (!up) return {};
      if ('call' in up) {
        const { call } = up;
        const declared = call.block.inputs.find((input) => input.id === port);
        const wired = edgesAt(up.scope.index, call.node.id, port)[0]?.[1].from;
        const absent = !wired && declared?.optional === true && call.own.has(port);
        if (call.node.entry && !passes(declared?.type) && !absent) return { from: call.node.entry.path, port };
        here = up.scope;
        if (!wired) return { at: placeIn(here, call.node.id, { port }) };
        [node, port] = wired;
        continue;
      }
      const { instance, copy } = up;
      const first = instance.block.inputs[0]?.id;
      if (copy > 0 && port === first) {
        const before = instance.copies[copy - 1];
        const out = instance.block.outputs[0]?.id;
        if (!before || out === undefined) return {};
        here = before;
        next = edgesAt(before.index, '$out', out)[0]?.[1].from;
      } else {
        here = up.scope;
        next = edgesAt(here.index, instance.id, port)[0]?.[1].from;
        if (!next) return { at: placeIn(here, instance.id, { port }) };
      }
    } else {
      const member: Member | undefined = here.members.get(node);
      if (!member || member.is === 'gone') return {};
      if (member.is === 'node') return { from: member.node.path, port };
      if (member.is === 'call') {
        const declared = member.block.outputs.find((output) => output.id === port);
        if (!passes(declared?.type)) return { from: member.node.path, port };
        here = member.inner;
        next = edgesAt(here.index, '$out', port)[0]?.[1].from;
        if (!next) return {};
        [node, port] = next;
        continue;
      }
      if (member.is === 'bypassed') {
        if (port !== member.output) return {};
        next = edgesAt(here.index, node, member.input)[0]?.[1].from;
      } else {
        const declared = member.block.outputs.some((output) => output.id === port);
        if (port === 'weights' && !declared) return { from: member.flat.path, port };
        const last = member.copies.at(-1);
        if (last) {
          here = last;
          next = edgesAt(last.index, '$out', port)[0]?.[1].from;
        } else if (port === member.block.outputs[0]?.id) {
          const input = member.block.inputs[0]?.id;
          next = input === undefined ? undefined : edgesAt(here.index, node, input)[0]?.[1].from;
        }
      }
    }
    if (!next) return {};
    [node, port] = next;
  }
  return null;
}

/** The place of a member of a scope in the document. */
export function placeIn(scope: Scope, node: NodeId, rest: Partial<Place> = {}): Place {
  return { ...(scope.graph === 'main' ? {} : { graph: scope.graph, path: `${scope.prefix}${node}` }), node, ...rest };
}

/** Wires into one input port, in edge order; an edge from nowhere is an open end. */
export function wiresInto(scope: Scope, id: NodeId, port: { id: PortId }) {
  const wires: { from: Path; port: PortId; edge: EdgeId }[] = [];
  let open: { edge: EdgeId; at?: Place } | undefined;
  let circle: EdgeId | undefined;
  for (const [edge, { from }] of edgesAt(scope.index, id, port.id)) {
    const source = resolveSource(scope, from);
    if (source === null) circle = edge;
    else if (source.from !== undefined) wires.push({ from: source.from, port: source.port, edge });
    else open ??= { edge, ...(source.at ? { at: source.at } : {}) };
  }
  return { wires, open, circle };
}
