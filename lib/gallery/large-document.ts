import { type Document, emptyDocument } from '@/lib/graph/document';
import { faces } from '@/lib/nodes/faces.generated';

const COLUMNS = 20;
const STEP = { x: 232, y: 224 };
const CHAIN = ['dense', 'batch-norm', 'activation', 'dropout', 'dense', 'layer-norm'];

/** Place of the n-th node: rows of twenty. */
export const gridPlace = (n: number): { x: number; y: number } => ({
  x: (n % COLUMNS) * STEP.x,
  y: Math.floor(n / COLUMNS) * STEP.y,
});

/** A document of so many nodes for measuring the editor: rows of layers behind one data set, each row a chain. */
export function largeDocument(count: number): Document {
  const document = emptyDocument(`${count} nodes`);
  const { nodes, edges } = document.graph;
  const places: Document['layout'][string] = {};
  for (let i = 0; i < count; i++) {
    const id = `n${i}`;
    const kind = i === 0 ? 'dataset' : i === 1 ? 'flatten' : (CHAIN[i % CHAIN.length] ?? 'dense');
    const params = i === 0 ? { dataset: 'digits' } : kind === 'dense' ? { units: 16 } : {};
    nodes[id] = { kind, version: faces[kind]?.version ?? 1, name: id, params };
    places[id] = gridPlace(i);
    if (i === 0) continue;
    // A row begins at the flattened pictures; its other nodes follow each other.
    const from = i === 1 ? 'n0' : i % COLUMNS === 0 ? 'n1' : `n${i - 1}`;
    edges[`e${i}`] = { from: [from, i === 1 ? 'image' : 'y'], to: [id, 'x'] };
  }
  document.layout = { main: places };
  return document;
}
