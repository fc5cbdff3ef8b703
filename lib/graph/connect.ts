import { randomId } from '@/lib/base/ids';
import type { Command } from './command';
import type { Diagnostic } from './diagnostic';
import { type Document, type Edge, type EdgeId, type GraphId, graphOf, type NodeId, type PortId } from './document';
import { inOrder, orderBetween } from './order';
import { canConnect, type PortType } from './port-type';

export type End = readonly [NodeId | '$in' | '$out', PortId];

/** What connecting needs to know of a port; the caller reads it from the node's kind. */
export interface PortInfo {
  type: PortType;
  variadic?: true;
}

export interface ConnectOptions {
  graph: GraphId;
  from: End;
  to: End;
  output: PortInfo;
  input: PortInfo;
  /** This edge of the input goes, and the wire takes its place among those of a variadic one; absent: last. */
  instead?: EdgeId;
}

/** Edges into one input, in order. */
export function edgesInto(document: Document, graph: GraphId, to: End): [EdgeId, Edge][] {
  const edges = Object.entries(graphOf(document, graph)?.edges ?? {});
  return inOrder(edges.filter(([, edge]) => edge.to[0] === to[0] && edge.to[1] === to[1]));
}

/**
 * The command that draws a wire: a new wire into a taken input replaces the old one, into a variadic input it comes
 * last or in the place of `instead`. Answers `port-type` where the types do not fit.
 */
export function connect(
  document: Document,
  options: ConnectOptions,
): { command: Command } | { diagnostic: Diagnostic } {
  const { graph, from, to, output, input } = options;
  if (!canConnect(output.type, input.type)) {
    return {
      diagnostic: {
        code: 'port-type',
        severity: 'error',
        message: `This input takes a ${input.type}, the wire carries a ${output.type}. Use an output of the right type.`,
        at: { graph, node: to[0], port: to[1] },
        expected: input.type,
        received: output.type,
      },
    };
  }
  const taken = edgesInto(document, graph, to);
  if (taken.some(([, edge]) => edge.from[0] === from[0] && edge.from[1] === from[1]) && !input.variadic) {
    return { command: { do: 'batch', title: 'Connect', commands: [] } };
  }
  const edge: Edge = { from: [from[0], from[1]], to: [to[0], to[1]] };
  if (input.variadic) {
    const index = options.instead ? taken.findIndex(([id]) => id === options.instead) : -1;
    const place = index < 0 ? taken.length : index;
    const next = taken[index < 0 ? place : place + 1];
    edge.order = orderBetween(taken[place - 1]?.[1].order ?? null, next?.[1].order ?? null);
  }
  const replaced = taken.filter(([id]) => !input.variadic || id === options.instead);
  const commands = replaced.map(([id]): Command => ({ do: 'remove-edge', graph, id }));
  commands.push({ do: 'add-edge', graph, id: randomId('e'), edge });
  return { command: { do: 'batch', title: 'Connect', commands } };
}
