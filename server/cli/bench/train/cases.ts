import { buildDocument, type NodePlan, type RowPlan } from '@/lib/gallery/build-document';
import { gallery } from '@/lib/gallery/gallery.generated';
import type { Document } from '@/lib/graph/document';
import { faces } from '@/lib/nodes/faces.generated';

export interface BenchCase {
  /** Also the name of the model in the peers' scripts. */
  name: 'mlp' | 'cnn' | 'resnet20' | 'lstm' | 'dcgan' | 'vae';
  title: string;
  /** What the peers train on, too, in the order in which their scripts take it. */
  data: { dataset: string; fields: string[] };
  document: Document;
  /** Iterations of one measurement at batch 64, about two seconds each; a quarter of them at 256. */
  iterations: number;
}

const digits = (): NodePlan => ({ kind: 'dataset', params: { dataset: 'mnist' } });
const mnist = { dataset: 'mnist', fields: ['image', 'label'] };

const train = (...steps: string[]): NodePlan => ({
  kind: 'training',
  params: { lengthBy: 'iterations', iterations: 1 },
  from: { steps: steps.map((step) => `${step}.step`) },
});

const together = (training: NodePlan): NodePlan => ({
  ...training,
  params: { ...training.params, updates: 'together' },
});

/** Cross-entropy, accuracy and Adam behind `logits`. */
const classifier = (): RowPlan['nodes'] => ({
  loss: { kind: 'cross-entropy', from: { logits: 'logits', labels: 'digits.label' } },
  accuracy: { kind: 'accuracy', from: { logits: 'logits', labels: 'digits.label' } },
  adam: { kind: 'adam', from: { loss: 'loss.loss' } },
  training: train('adam'),
});

const mlp = (): Document =>
  buildDocument({
    title: 'MLP',
    rows: [
      {
        nodes: {
          digits: digits(),
          flatten: { kind: 'flatten', from: { x: 'digits.image' } },
          hidden: { kind: 'dense', params: { units: 128, activation: 'relu' }, from: { x: 'flatten' } },
          logits: { kind: 'dense', params: { units: 10 }, from: { x: 'hidden' } },
          ...classifier(),
        },
      },
    ],
  });

/** A network of the gallery without what is no work for a peer: samples, a confusion matrix, the noise of dropout (DECISIONS 11). */
function bare(id: string): Document {
  const document = entry(id);
  const nodes = Object.entries(document.graph.nodes).map(([node, one]) => {
    const shows = faces[one.kind]?.category === 'sinks' || one.kind === 'confusion';
    const change = shows ? { muted: true as const } : one.kind === 'dropout' ? { bypassed: true as const } : {};
    return [node, { ...one, ...change }];
  });
  return { ...document, graph: { ...document.graph, nodes: Object.fromEntries(nodes) } };
}

/** He et al. 2015, section 4.2, for small pictures: three stages of three blocks; digits are padded to 32 by 32. */
function resnet20(): Document {
  const conv = (x: string, filters: number, stride = 1, size = 3): NodePlan => ({
    kind: 'conv-2d',
    params: { filters, kernel: [size, size], stride: [stride, stride], bias: false, kernelInit: 'he_normal' },
    from: { x },
  });
  const norm = (x: string): NodePlan => ({
    kind: 'batch-norm',
    params: { momentum: 0.9, epsilon: 1e-5 },
    from: { x },
  });
  const relu = (x: string): NodePlan => ({ kind: 'activation', params: { function: 'relu' }, from: { x } });
  const nodes: RowPlan['nodes'] = {
    digits: digits(),
    pad: { kind: 'zero-padding-2d', params: { border: [2, 2] }, from: { x: 'digits.image' } },
    stem: conv('pad', 16),
    stemNorm: norm('stem'),
    stemRelu: relu('stemNorm'),
  };
  let x = 'stemRelu';
  [16, 32, 64].forEach((filters, stage) => {
    for (let block = 0; block < 3; block++) {
      const id = `s${stage}b${block}`;
      const stride = stage > 0 && block === 0 ? 2 : 1;
      nodes[`${id}c1`] = conv(x, filters, stride);
      nodes[`${id}n1`] = norm(`${id}c1`);
      nodes[`${id}r1`] = relu(`${id}n1`);
      nodes[`${id}c2`] = conv(`${id}r1`, filters);
      nodes[`${id}n2`] = norm(`${id}c2`);
      let skip = x;
      if (stride === 2) {
        nodes[`${id}p`] = conv(x, filters, 2, 1);
        nodes[`${id}pn`] = norm(`${id}p`);
        skip = `${id}pn`;
      }
      nodes[`${id}sum`] = { kind: 'add', from: { x: [`${id}n2`, skip] } };
      nodes[`${id}r2`] = relu(`${id}sum`);
      x = `${id}r2`;
    }
  });
  return buildDocument({
    title: 'ResNet-20',
    rows: [
      {
        nodes: {
          ...nodes,
          average: { kind: 'global-average-pool-2d', from: { x } },
          logits: { kind: 'dense', params: { units: 10 }, from: { x: 'average' } },
          ...classifier(),
        },
      },
    ],
  });
}

const lstm = (): Document =>
  buildDocument({
    title: 'LSTM',
    rows: [
      {
        nodes: {
          novel: { kind: 'dataset', params: { dataset: 'moby-dick' } },
          letters: { kind: 'embedding', params: { tokens: 38, size: 32 }, from: { x: 'novel.text' } },
          memory: { kind: 'lstm', params: { units: 128, gives: 'every' }, from: { x: 'letters' } },
          logits: { kind: 'dense', params: { units: 38 }, from: { x: 'memory' } },
          loss: { kind: 'cross-entropy', from: { logits: 'logits', labels: 'novel.next' } },
          adam: { kind: 'adam', from: { loss: 'loss.loss' } },
          training: train('adam'),
        },
      },
    ],
  });

/** Radford et al. 2015, for 28 by 28 pixels. */
function dcgan(): Document {
  const leaky = (x: string): NodePlan => ({ kind: 'activation', params: { function: 'leaky-relu' }, from: { x } });
  const stride = { kernel: [5, 5], stride: [2, 2] };
  const adam = (loss: string, weights: string): NodePlan => ({
    kind: 'adam',
    params: { rate: 0.0002, beta1: 0.5 },
    from: { loss: `${loss}.loss`, weights: [`${weights}.weights`] },
  });
  const judged = (side: string, from: NodePlan['from']): NodePlan => ({
    kind: 'gan-loss',
    params: { side },
    ...(from ? { from } : {}),
  });
  return buildDocument({
    title: 'DCGAN',
    blocks: {
      generator: {
        title: 'Generator',
        inputs: [{ id: 'z', name: 'Noise', type: 'tensor' }],
        outputs: [{ id: 'y', name: 'Picture', type: 'tensor' }],
        rows: [
          {
            nodes: {
              dense: { kind: 'dense', params: { units: 7 * 7 * 128 }, from: { x: '$in.z' } },
              norm1: { kind: 'batch-norm', from: { x: 'dense' } },
              relu1: { kind: 'activation', params: { function: 'relu' }, from: { x: 'norm1' } },
              small: { kind: 'reshape', params: { shape: [7, 7, 128] }, from: { x: 'relu1' } },
              up1: { kind: 'conv-2d-transpose', params: { filters: 64, ...stride }, from: { x: 'small' } },
              norm2: { kind: 'batch-norm', from: { x: 'up1' } },
              relu2: { kind: 'activation', params: { function: 'relu' }, from: { x: 'norm2' } },
              up2: {
                kind: 'conv-2d-transpose',
                params: { filters: 1, activation: 'sigmoid', ...stride },
                from: { x: 'relu2' },
              },
            },
          },
        ],
        gives: { y: 'up2' },
      },
      discriminator: {
        title: 'Discriminator',
        inputs: [{ id: 'x', name: 'Picture', type: 'tensor' }],
        outputs: [{ id: 'y', name: 'Score', type: 'tensor' }],
        rows: [
          {
            nodes: {
              conv1: { kind: 'conv-2d', params: { filters: 64, ...stride }, from: { x: '$in.x' } },
              leaky1: leaky('conv1'),
              conv2: { kind: 'conv-2d', params: { filters: 128, ...stride }, from: { x: 'leaky1' } },
              leaky2: leaky('conv2'),
              flatten: { kind: 'flatten', from: { x: 'leaky2' } },
              score: { kind: 'dense', params: { units: 1 }, from: { x: 'flatten' } },
            },
          },
        ],
        gives: { y: 'score' },
      },
    },
    rows: [
      {
        nodes: {
          digits: digits(),
          noise: { kind: 'noise', params: { shape: [100] } },
          made: { kind: 'instance', params: { block: 'generator' }, from: { z: 'noise' } },
          real: { kind: 'instance', params: { block: 'discriminator' }, from: { x: 'digits.image' } },
          fake: {
            kind: 'instance',
            params: { block: 'discriminator' },
            from: { x: 'made', weights: 'real.weights' },
          },
          judge: judged('discriminator', { x: 'fake', real: 'real' }),
          forger: judged('generator', { x: 'fake' }),
          adamD: adam('judge', 'real'),
          adamG: adam('forger', 'made'),
          // As the peers do it: both gradients at the same weights.
          training: together(train('adamD', 'adamG')),
        },
      },
    ],
  });
}

function entry(id: string): Document {
  const found = gallery[id];
  if (!found) throw new Error(`Invariant: the gallery has ${id}`);
  return found.document;
}

export const benchCases = (): BenchCase[] => [
  { name: 'mlp', title: 'MLP 784-128-10', data: mnist, document: mlp(), iterations: 2000 },
  { name: 'cnn', title: 'CNN 32-64-128-10', data: mnist, document: bare('mnist-cnn'), iterations: 100 },
  { name: 'resnet20', title: 'ResNet-20', data: mnist, document: resnet20(), iterations: 24 },
  {
    name: 'lstm',
    title: 'LSTM 128, 64 steps',
    data: { dataset: 'moby-dick', fields: ['text', 'next'] },
    document: lstm(),
    iterations: 24,
  },
  { name: 'dcgan', title: 'DCGAN', data: { dataset: 'mnist', fields: ['image'] }, document: dcgan(), iterations: 16 },
  {
    name: 'vae',
    title: 'VAE 512-256-2',
    data: { dataset: 'mnist', fields: ['image'] },
    document: bare('vae'),
    iterations: 400,
  },
];
