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
export function programOf(document: Document, cards = testCards): Program {
  const { program, diagnostics } = compile(document, { kinds, datasets: cards });
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
