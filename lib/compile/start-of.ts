import type { Node, NodeId } from '@/lib/graph/document';
import type { FlatStart } from './flat';
import type { Scope } from './scope';

/** Where a node's first weights come from: its own wish, or that of an instance around it with what is inside. */
export function startOf(node: Node, scope: Scope, id: NodeId): FlatStart | undefined {
  const name = node.name || id;
  if (node.start && 'key' in node.start) return { key: node.start.key };
  if (node.start) return { asset: node.start.asset, tensors: node.start.scope ?? `${scope.names}${name}` };
  const outer = scope.start;
  if (!outer) return undefined;
  if ('key' in outer) return { key: `${outer.key}/${id}` };
  return { asset: outer.asset, tensors: `${outer.tensors}/${name}` };
}

/** The same for one of several copies, `[0]` and on: its own key, or its own part of the asset. */
export const startOfCopy = (start: FlatStart, suffix: string): FlatStart =>
  'key' in start ? { key: `${start.key}${suffix}` } : { ...start, tensors: `${start.tensors}${suffix}` };
