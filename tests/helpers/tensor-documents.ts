import type { Document } from '@/lib/graph/document';
import { buildDocument, type GraphSketch } from './build-document';

/**
 * From `rows`, a sequence of steps that look at each other, to `o`, three scores or more: through kinds that take tensors
 * apart and put them together. Their gradients are of our own making where TensorFlow.js has none (the largest numbers,
 * sparsemax, mirrors, products).
 */
export const tensorOperations = (rows: GraphSketch['nodes'][string], classes: number): GraphSketch => ({
  nodes: {
    rows,
    mirror: ['pad', { mode: 'reflect', axis: 1 }],
    heads: [
      'einsum-dense',
      { equation: 'abc,cde->abde', shape: [-1, 2, 4], biasAxes: 'de', activation: 'sparse-plus' },
    ],
    both: ['unstack', { count: 2, axis: 2 }],
    scores: ['einsum', { equation: 'bqd,bkd->bqk' }],
    shares: ['activation', { function: 'softmax' }],
    read: ['matmul'],
    gate: ['glu'],
    flat: ['flatten'],
    parts: ['split', { by: 'sizes', sizes: [4, -1] }],
    best: ['top-values', { k: 6 }],
    product: ['reduce', { by: 'product' }],
    column: ['expand-dims'],
    twice: ['tile'],
    likeness: ['dot', { normalise: true }],
    all: ['concat'],
    o: ['dense', { units: classes }],
  },
  wires: [
    ['rows', 'mirror'],
    ['mirror', 'heads'],
    ['heads', 'both'],
    ['both.y', 'scores'],
    ['both.y2', 'scores'],
    ['scores', 'shares'],
    ['shares', 'read.a'],
    ['both.y2', 'read.b'],
    ['read', 'gate'],
    ['gate', 'flat'],
    ['flat', 'parts'],
    ['parts.y2', 'best'],
    ['parts.y', 'product'],
    ['product', 'column'],
    ['column', 'twice'],
    ['parts.y', 'likeness.a'],
    ['parts.y', 'likeness.b'],
    ['parts.y', 'all'],
    ['best.y', 'all'],
    ['twice', 'all'],
    ['likeness', 'all'],
    ['all', 'o'],
  ],
});

/** They learn digits. */
export function tensorTraining(): Document {
  const { nodes, wires } = tensorOperations(['squeeze'], 10);
  return buildDocument({
    nodes: {
      ...nodes,
      shares: ['activation', { function: 'sparsemax' }],
      d: ['dataset', { dataset: 'digits' }],
      L: ['cross-entropy'],
      opt: ['adam', { rate: 0.01 }],
      T: ['training', { epochs: 1 }],
    },
    wires: [
      ...wires,
      ['d.image', 'rows'],
      ['o', 'L.logits'],
      ['d.label', 'L.labels'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
    ],
    rest: { settings: { batch: 150, lengths: {} } },
  });
}
