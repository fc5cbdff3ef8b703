import type { GraphId, NodeId, PortId } from '../document';
import type { PortType } from '../port-type';

/** What block operations need to know of a port; a kind's ports have it. */
export interface PortShape {
  id: PortId;
  title: string;
  type: PortType;
  optional?: true;
  variadic?: true;
}

/** Ports of a node; kinds know them, `lib/graph` does not. Of a node that is not there: none. */
export type PortsOf = (graph: GraphId, node: NodeId) => { inputs: readonly PortShape[]; outputs: readonly PortShape[] };
