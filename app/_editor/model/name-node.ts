import type { Graph } from '@/lib/graph/document';

/** `conv-2d` gives `conv`, `max-pool-2d` `maxpool`: short, and fit for a weight's path. */
export const baseName = (kind: string): string => kind.replace(/-\dd$/, '').replaceAll('-', '');

/** The first free name: `dense`, then `dense2`, `dense3`, … */
export function freeName(graph: Graph, kind: string): string {
  const taken = new Set(Object.values(graph.nodes).map((node) => node.name));
  const base = baseName(kind);
  if (!taken.has(base)) return base;
  for (let number = 2; ; number++) if (!taken.has(`${base}${number}`)) return `${base}${number}`;
}
