import type { Document } from '@/lib/graph/document';
import { faces } from '@/lib/nodes/faces.generated';

/** A node of the 40 × 28 drawing beside a document's title. */
export interface MiniNode {
  x: number;
  y: number;
  color: string;
}

const BOX = { width: 40, height: 28, node: 8, line: 4, margin: 4 };

/** The main graph, shrunk to at most 12 coloured bars: enough to tell two documents apart. */
export function miniGraph(document: Document): MiniNode[] {
  const places = Object.entries(document.layout.main ?? {}).filter(([id]) => document.graph.nodes[id]);
  const xs = places.map(([, place]) => place.x);
  const ys = places.map(([, place]) => place.y);
  const spread = (value: number, values: number[], room: number) => {
    const low = Math.min(...values);
    const span = Math.max(...values) - low;
    return span === 0 ? room / 2 : ((value - low) / span) * room;
  };
  const seen = new Set<string>();
  const nodes: MiniNode[] = [];
  for (const [id, place] of places) {
    const x = BOX.margin + spread(place.x, xs, BOX.width - 2 * BOX.margin - BOX.node);
    const y = BOX.margin + spread(place.y, ys, BOX.height - 2 * BOX.margin - BOX.line);
    const at = { x: Math.round(x / 11) * 11 + 4, y: Math.round((y - 4) / 6) * 6 + 6 };
    const key = `${at.x} ${at.y}`;
    if (seen.has(key) || at.x > BOX.width - BOX.node) continue;
    seen.add(key);
    const face = faces[document.graph.nodes[id]?.kind ?? ''];
    nodes.push({ ...at, color: face?.makes ?? 'op' });
  }
  return nodes.slice(0, 12);
}
