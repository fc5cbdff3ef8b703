import type { AssetCard } from '@/lib/compile/asset-card';
import { compile } from '@/lib/compile/compile';
import type { Program } from '@/lib/compile/program';
import type { DatasetCard } from '@/lib/datasets/card';
import { datasets } from '@/lib/datasets/datasets.generated';
import { type Document, emptyDocument, type Params } from '@/lib/graph/document';
import { kinds } from '@/lib/nodes/kinds.generated';

export type Wire = [from: `${string}.${string}`, to: `${string}.${string}`];

/** A document from short node and wire lists; nodes are called by their ids, variadic wires keep their order. */
export function documentOf(
  nodes: Record<string, { kind: string; params?: Params; promoted?: string[]; frozen?: true }>,
  wires: Wire[],
  batch = 64,
): Document {
  const document = emptyDocument('Test');
  document.settings.batch = batch;
  for (const [id, { params, ...node }] of Object.entries(nodes))
    document.graph.nodes[id] = { version: 1, name: id, ...node, params: params ?? {} };
  wires.forEach(([from, to], i) => {
    document.graph.edges[`e${i}`] = {
      from: split(from),
      to: split(to),
      order: `a${String.fromCharCode(65 + i)}`,
    };
  });
  return document;
}

function split(end: string): [string, string] {
  const at = end.indexOf('.');
  return [end.slice(0, at), end.slice(at + 1)];
}

export const testCards: Record<string, DatasetCard> = Object.fromEntries(
  Object.entries(datasets).map(([id, { card }]) => [id, card]),
);

/** The program of a document that must compile. */
export function programOf(document: Document, cards = testCards, assets: Record<string, AssetCard> = {}): Program {
  const { program, diagnostics } = compile(document, { kinds, datasets: cards, assets });
  if (program) return program;
  throw new Error(diagnostics.map(({ code, message, at }) => `${code}: ${message} ${JSON.stringify(at)}`).join('\n'));
}

/** A classifier of pictures or features: dense layers with relu, cross-entropy, Adam. */
export function mlpDocument(
  dataset: string,
  field: string,
  units: number[],
  options: { batch?: number; epochs?: number; dropout?: number; training?: Params; sample?: Params } = {},
): Document {
  const last = units.length - 1;
  return documentOf(
    {
      data: { kind: 'dataset', params: { dataset } },
      flat: { kind: 'flatten' },
      ...(options.dropout === undefined ? {} : { drop: { kind: 'dropout', params: { rate: options.dropout } } }),
      ...Object.fromEntries(
        units.map((count, i) => [
          `dense${i}`,
          { kind: 'dense', params: { units: count, activation: i === last ? 'linear' : 'relu' } },
        ]),
      ),
      loss: { kind: 'cross-entropy' },
      accuracy: { kind: 'accuracy' },
      adam: { kind: 'adam' },
      training: { kind: 'training', params: { epochs: options.epochs ?? 1, ...options.training } },
      ...(options.sample ? { wall: { kind: 'sample-grid', params: options.sample } } : {}),
      answer: { kind: 'output' },
    },
    [
      [`data.${field}`, 'flat.x'],
      ['flat.y', options.dropout === undefined ? 'dense0.x' : 'drop.x'],
      ...(options.dropout === undefined ? [] : [['drop.y', 'dense0.x'] as Wire]),
      ...units.slice(1).map((_, i): Wire => [`dense${i}.y`, `dense${i + 1}.x`]),
      [`dense${last}.y`, 'loss.logits'],
      ['data.label', 'loss.labels'],
      [`dense${last}.y`, 'accuracy.logits'],
      ['data.label', 'accuracy.labels'],
      ['loss.loss', 'adam.loss'],
      ['adam.step', 'training.steps'],
      ['accuracy.metric', 'training.monitor'],
      ...(options.sample
        ? ([
            ['data.image', 'wall.image'],
            ['data.label', 'wall.label'],
            [`dense${last}.y`, 'wall.scores'],
          ] as Wire[])
        : []),
      [`dense${last}.y`, 'answer.x'],
    ],
    options.batch,
  );
}

/** The gallery's mnist-cnn without its looks. */
export const cnnDocument = (dataset = 'mnist', epochs = 1, batch = 64): Document =>
  documentOf(
    {
      data: { kind: 'dataset', params: { dataset } },
      conv1: { kind: 'conv-2d', params: { filters: 32, kernel: [3, 3], activation: 'relu' } },
      pool1: { kind: 'max-pool-2d', params: { size: [2, 2] } },
      conv2: { kind: 'conv-2d', params: { filters: 64, kernel: [3, 3], activation: 'relu' } },
      pool2: { kind: 'max-pool-2d', params: { size: [2, 2] } },
      flat: { kind: 'flatten' },
      drop: { kind: 'dropout', params: { rate: 0.25 } },
      dense1: { kind: 'dense', params: { units: 128, activation: 'relu' } },
      dense2: { kind: 'dense', params: { units: 10, activation: 'linear' } },
      loss: { kind: 'cross-entropy' },
      accuracy: { kind: 'accuracy' },
      confusion: { kind: 'confusion' },
      adam: { kind: 'adam' },
      training: { kind: 'training', params: { epochs } },
      wall: { kind: 'sample-grid' },
      answer: { kind: 'output' },
    },
    [
      ['data.image', 'conv1.x'],
      ['conv1.y', 'pool1.x'],
      ['pool1.y', 'conv2.x'],
      ['conv2.y', 'pool2.x'],
      ['pool2.y', 'flat.x'],
      ['flat.y', 'drop.x'],
      ['drop.y', 'dense1.x'],
      ['dense1.y', 'dense2.x'],
      ['dense2.y', 'loss.logits'],
      ['data.label', 'loss.labels'],
      ['dense2.y', 'accuracy.logits'],
      ['data.label', 'accuracy.labels'],
      ['dense2.y', 'confusion.logits'],
      ['data.label', 'confusion.labels'],
      ['loss.loss', 'adam.loss'],
      ['adam.step', 'training.steps'],
      ['accuracy.metric', 'training.monitor'],
      ['data.image', 'wall.image'],
      ['data.label', 'wall.label'],
      ['dense2.y', 'wall.scores'],
      ['dense2.y', 'answer.x'],
    ],
    batch,
  );

/** Batch norm, a schedule, gathered and clipped gradients. */
export const batchNormDocument = (): Document =>
  documentOf(
    {
      data: { kind: 'dataset', params: { dataset: 'iris' } },
      first: { kind: 'dense', params: { units: 6 } },
      norm: { kind: 'batch-norm', params: { momentum: 0.8 } },
      relu: { kind: 'activation' },
      dense: { kind: 'dense', params: { units: 3 } },
      loss: { kind: 'cross-entropy', params: { smoothing: 0.1 } },
      accuracy: { kind: 'accuracy' },
      confusion: { kind: 'confusion' },
      cosine: { kind: 'cosine', params: { from: 0.1, to: 0.01, over: 2, unit: 'epochs' } },
      momentum: {
        kind: 'momentum',
        params: { accumulate: 2, clip: 'global-norm', clipAt: 0.5 },
        promoted: ['rate'],
      },
      training: { kind: 'training', params: { lengthBy: 'iterations', iterations: 5, validate: 3 } },
    },
    [
      ['data.features', 'first.x'],
      ['first.y', 'norm.x'],
      ['norm.y', 'relu.x'],
      ['relu.y', 'dense.x'],
      ['dense.y', 'loss.logits'],
      ['data.label', 'loss.labels'],
      ['dense.y', 'accuracy.logits'],
      ['data.label', 'accuracy.labels'],
      ['dense.y', 'confusion.logits'],
      ['data.label', 'confusion.labels'],
      ['cosine.value', 'momentum.param:rate'],
      ['loss.loss', 'momentum.loss'],
      ['momentum.step', 'training.steps'],
    ],
    32,
  );

/** Two optimizers in turn over shared weights: a critic every iteration, a generator every second. */
export const ganDocument = (updates: 'in-order' | 'together' = 'in-order'): Document =>
  documentOf(
    {
      data: { kind: 'dataset', params: { dataset: 'moons' } },
      noise: { kind: 'noise', params: { shape: [2] } },
      make1: { kind: 'dense', params: { units: 8, activation: 'relu' } },
      makeNorm: { kind: 'batch-norm' },
      make2: { kind: 'dense', params: { units: 2 } },
      real1: { kind: 'dense', params: { units: 8, activation: 'relu' } },
      realNorm: { kind: 'batch-norm' },
      real2: { kind: 'dense', params: { units: 1 } },
      fake1: { kind: 'dense', params: { units: 8, activation: 'relu' } },
      fakeNorm: { kind: 'batch-norm' },
      fake2: { kind: 'dense', params: { units: 1 } },
      minus: { kind: 'constant', params: { value: -1 } },
      turned: { kind: 'multiply' },
      realLoss: { kind: 'as-loss' },
      fakeLoss: { kind: 'as-loss' },
      makeTurned: { kind: 'multiply' },
      makeLoss: { kind: 'as-loss' },
      critic: { kind: 'loss-sum' },
      stepD: { kind: 'adam', params: { rate: 0.01 } },
      stepG: { kind: 'rmsprop', params: { rate: 0.01, ...(updates === 'in-order' ? { every: 2 } : {}) } },
      training: { kind: 'training', params: { lengthBy: 'iterations', iterations: 6, updates, validate: 3 } },
    },
    [
      ['noise.y', 'make1.x'],
      ['make1.y', 'makeNorm.x'],
      ['makeNorm.y', 'make2.x'],
      ['data.point', 'real1.x'],
      ['real1.y', 'realNorm.x'],
      ['realNorm.y', 'real2.x'],
      ['make2.y', 'fake1.x'],
      ['fake1.y', 'fakeNorm.x'],
      ['fakeNorm.y', 'fake2.x'],
      ['real1.weights', 'fake1.weights'],
      ['realNorm.weights', 'fakeNorm.weights'],
      ['real2.weights', 'fake2.weights'],
      ['real2.y', 'turned.x'],
      ['minus.y', 'turned.x'],
      ['fake2.y', 'makeTurned.x'],
      ['minus.y', 'makeTurned.x'],
      ['turned.y', 'realLoss.x'],
      ['fake2.y', 'fakeLoss.x'],
      ['makeTurned.y', 'makeLoss.x'],
      ['realLoss.loss', 'critic.losses'],
      ['fakeLoss.loss', 'critic.losses'],
      ['critic.loss', 'stepD.loss'],
      ['makeLoss.loss', 'stepG.loss'],
      ['real1.weights', 'stepD.weights'],
      ['realNorm.weights', 'stepD.weights'],
      ['real2.weights', 'stepD.weights'],
      ['make1.weights', 'stepG.weights'],
      ['makeNorm.weights', 'stepG.weights'],
      ['make2.weights', 'stepG.weights'],
      ['stepD.step', 'training.steps'],
      ['stepG.step', 'training.steps'],
    ],
    48,
  );

/** An autoencoder whose decoder is the encoder's kernel turned round: one layer's variable is a tensor elsewhere. */
export const tiedDocument = (): Document =>
  documentOf(
    {
      data: { kind: 'dataset', params: { dataset: 'iris' } },
      encode: { kind: 'dense', params: { units: 2 } },
      decode: { kind: 'matmul', params: { transposeB: true } },
      loss: { kind: 'mse' },
      sgd: { kind: 'sgd', params: { rate: 0.001 } },
      training: { kind: 'training', params: { lengthBy: 'iterations', iterations: 5, validate: 3 } },
    },
    [
      ['data.features', 'encode.x'],
      ['encode.y', 'decode.a'],
      ['encode.kernel', 'decode.b'],
      ['decode.y', 'loss.x'],
      ['data.features', 'loss.target'],
      ['loss.loss', 'sgd.loss'],
      ['sgd.step', 'training.steps'],
    ],
    32,
  );
