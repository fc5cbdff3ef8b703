import type { DatasetCard } from '@/lib/datasets/card';
import { buildDocument, type NodePlan } from '@/lib/gallery/build-document';
import type { Document } from '@/lib/graph/document';
import { documentForMasks, segmentationOf } from './document-for-masks';

const FRAMES = (last: string) => [{ title: 'How it learns', around: ['loss', last], height: 320 }];

/** A field of a card that this page knows a network for. */
const fieldWhere = (card: DatasetCard, test: (field: DatasetCard['fields'][string]) => boolean): string | undefined =>
  Object.entries(card.fields).find(([, field]) => test(field))?.[0];

const sizeOf = (card: DatasetCard, field: string, axis: number): number => {
  const size = card.fields[field]?.spec.shape?.[axis];
  return typeof size === 'number' ? size : 0;
};

/** Whether `documentForDataset` has a network for these fields. */
export const hasNetwork = (card: DatasetCard): boolean =>
  segmentationOf(card) !== undefined || (inputOf(card) !== undefined && answerOf(card) !== undefined);

function inputOf(card: DatasetCard): { name: string; image: boolean } | undefined {
  const image = fieldWhere(card, ({ spec }) => spec.meaning === 'image' && spec.shape?.length === 4);
  if (image) return { name: image, image: true };
  const table = fieldWhere(
    card,
    ({ spec, classes }) => !classes && spec.dtype === 'float32' && spec.shape?.length === 2,
  );
  return table ? { name: table, image: false } : undefined;
}

function answerOf(card: DatasetCard): { name: string; classes: number } | undefined {
  const label = fieldWhere(card, ({ spec, classes }) => classes !== undefined && spec.shape?.length === 1);
  if (label) return { name: label, classes: card.fields[label]?.classes?.length ?? 0 };
  const input = inputOf(card)?.name;
  const target = Object.entries(card.fields).find(
    ([name, { spec }]) => name !== input && spec.dtype === 'float32' && (spec.shape?.length ?? 9) <= 2,
  )?.[0];
  return target ? { name: target, classes: 0 } : undefined;
}

/** Numbers of very different sizes come to mean 0 and spread 1 first: raw columns would drown each other. */
function tableRows(input: string, units: number): Record<string, NodePlan> {
  return {
    normalise: { kind: 'batch-norm', params: { momentum: 0.9 }, from: { x: `data.${input}` } },
    hidden1: { kind: 'dense', params: { units: 32, activation: 'relu' }, from: { x: 'normalise' } },
    hidden2: { kind: 'dense', params: { units: 16, activation: 'relu' }, from: { x: 'hidden1' } },
    scores: { kind: 'dense', params: { units }, from: { x: 'hidden2' } },
  };
}

/** Two or three halvings, until what is left is about 8 × 8; then each map is averaged, whatever the picture's size. */
function imageRows(card: DatasetCard, input: string, units: number): Record<string, NodePlan> {
  const side = Math.min(sizeOf(card, input, 1), sizeOf(card, input, 2));
  const halvings = Math.max(0, Math.min(4, Math.round(Math.log2(side / 7))));
  const nodes: Record<string, NodePlan> = {};
  let before = `data.${input}`;
  for (let stage = 1; stage <= Math.max(1, halvings); stage++) {
    const filters = 16 * 2 ** (stage - 1);
    nodes[`conv${stage}`] = {
      kind: 'conv-2d',
      params: { filters, kernel: [3, 3], padding: 'same', activation: 'relu' },
      from: { x: before },
    };
    before = `conv${stage}`;
    if (stage > halvings) continue;
    nodes[`pool${stage}`] = { kind: 'max-pool-2d', params: { size: [2, 2], stride: [2, 2] }, from: { x: before } };
    before = `pool${stage}`;
  }
  nodes.flatten = { kind: 'flatten', from: { x: before } };
  nodes.dropout = { kind: 'dropout', params: { rate: 0.25 }, from: { x: 'flatten' } };
  nodes.dense = { kind: 'dense', params: { units: 64, activation: 'relu' }, from: { x: 'dropout' } };
  nodes.scores = { kind: 'dense', params: { units }, from: { x: 'dense' } };
  return nodes;
}

/** Enough iterations to learn something from a small table, few enough for a big one. */
function epochsFor(card: DatasetCard, batch: number, image: boolean): { full: number; quick: number } {
  const steps = Math.max(1, Math.ceil(card.counts.train / batch));
  const full = Math.round(Math.min(200, Math.max(image ? 5 : 10, (image ? 600 : 2_000) / steps)));
  return { full, quick: Math.max(1, Math.round(full / 4)) };
}

/**
 * A document that is ready to run on this data set: a class for each pixel where there are masks, a classifier with one
 * unit a class, or a regression where the answer is a number. Undefined where there is no field to learn from.
 */
export function documentForDataset(card: DatasetCard): Document | undefined {
  const segmentation = segmentationOf(card);
  if (segmentation) return documentForMasks(card, segmentation);
  const input = inputOf(card);
  const answer = answerOf(card);
  if (!input || !answer) return undefined;
  const classes = answer.classes > 0;
  const units = classes ? Math.max(2, answer.classes) : Math.max(1, sizeOf(card, answer.name, 1));
  const batch = card.counts.train < 2_000 ? 16 : 64;
  const epochs = epochsFor(card, batch, input.image);
  const network = input.image ? imageRows(card, input.name, units) : tableRows(input.name, units);
  const truth = `data.${answer.name}`;
  const { top, below } = splitRow(network);

  const learning: Record<string, NodePlan> = {
    loss: classes
      ? { kind: 'cross-entropy', from: { logits: 'scores', labels: truth } }
      : { kind: 'mse', from: { x: 'scores', target: truth } },
    adam: {
      kind: 'adam',
      params: { rate: input.image ? 0.001 : 0.005 },
      from: { loss: 'loss.loss' },
      at: { column: 2 },
    },
    training: {
      kind: 'training',
      params: { epochs: { '=': 'epochs' } },
      from: { steps: ['adam.step'], ...(classes ? { monitor: 'accuracy.metric' } : {}) },
    },
  };
  if (classes) {
    learning.accuracy = { kind: 'accuracy', from: { logits: 'scores', labels: truth }, at: { column: 0, down: 124 } };
    learning.confusion = { kind: 'confusion', from: { logits: 'scores', labels: truth }, at: { column: 1, down: 124 } };
  }
  if (input.image)
    learning.wall = {
      kind: 'sample-grid',
      params: { count: 24 },
      from: { image: `data.${input.name}`, ...(classes ? { label: truth, scores: 'scores' } : {}) },
      at: { column: 4 },
    };
  const output: Record<string, NodePlan> = classes
    ? {
        softmax: { kind: 'softmax', from: { x: 'scores' } },
        answer: { kind: 'output', params: { key: 'answer' }, from: { x: 'softmax' } },
      }
    : { answer: { kind: 'output', params: { key: 'answer' }, from: { x: 'scores' } } };

  return buildDocument({
    title: card.title,
    params: { epochs: { title: 'Epochs', default: epochs.full, min: 1 } },
    presets: { quick: { epochs: epochs.quick } },
    settings: { batch, lengths: {} },
    rows: [
      { nodes: { data: { kind: 'dataset', params: { dataset: card.id } }, ...top } },
      { nodes: { ...below, ...output } },
      { nodes: learning },
    ],
    frames: FRAMES(input.image ? 'wall' : 'training'),
  });
}

/** At most five nodes beside the data; the rest goes on in the row below. */
function splitRow(nodes: Record<string, NodePlan>) {
  const entries = Object.entries(nodes);
  const cut = entries.length > 6 ? entries.findIndex(([id]) => id === 'flatten') : 3;
  return { top: Object.fromEntries(entries.slice(0, cut)), below: Object.fromEntries(entries.slice(cut)) };
}
