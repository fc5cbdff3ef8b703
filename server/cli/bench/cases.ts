import { buildDocument } from '@/lib/gallery/build-document';
import { gallery } from '@/lib/gallery/gallery.generated';
import type { Document } from '@/lib/graph/document';

export interface BenchCase {
  /** Also the name of the model in the peers' scripts. */
  name: 'mlp' | 'cnn';
  title: string;
  document: Document;
}

const mlp = buildDocument({
  title: 'MLP 784-128-10',
  rows: [
    {
      nodes: {
        digits: { kind: 'dataset', params: { dataset: 'mnist' } },
        flatten: { kind: 'flatten', from: { x: 'digits.image' } },
        hidden: { kind: 'dense', params: { units: 128, activation: 'relu' }, from: { x: 'flatten' } },
        logits: { kind: 'dense', params: { units: 10 }, from: { x: 'hidden' } },
        loss: { kind: 'cross-entropy', from: { logits: 'logits', labels: 'digits.label' } },
        accuracy: { kind: 'accuracy', from: { logits: 'logits', labels: 'digits.label' } },
        adam: { kind: 'adam', from: { loss: 'loss.loss' } },
        training: { kind: 'training', from: { steps: ['adam.step'] } },
      },
    },
  ],
});

/** The gallery's network with dropout taken out of the path, since its noise is no work for a peer (DECISIONS 11). */
function cnn(): Document {
  const entry = gallery['mnist-cnn'];
  if (!entry) throw new Error('Invariant: the gallery has mnist-cnn');
  const { document } = entry;
  const nodes = Object.fromEntries(
    Object.entries(document.graph.nodes).map(([id, node]) => [
      id,
      node.kind === 'dropout' ? { ...node, bypassed: true as const } : node,
    ]),
  );
  return { ...document, graph: { ...document.graph, nodes } };
}

export const benchCases = (): BenchCase[] => [
  { name: 'mlp', title: 'MLP 784-128-10, batch 64', document: mlp },
  { name: 'cnn', title: 'CNN 32-64-128-10, batch 64', document: cnn() },
];
