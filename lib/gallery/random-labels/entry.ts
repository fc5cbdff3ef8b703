import type { Expectation } from '@/lib/graph/document';
import { buildDocument } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

/** Zhang et al. 2017: labels that mean nothing are learned as well as others, and then nothing is known of the rest. */
const results: Omit<Expectation, 'preset'>[] = [
  { metric: 'train.accuracy', variant: 'all', op: '>=', value: 0.95 },
  // Ten classes: chance is a tenth.
  { metric: 'test.accuracy', variant: 'all', op: '<=', value: 0.2 },
  { metric: 'test.accuracy', variant: 'none', op: '>=', value: 0.9 },
  { metric: 'test.accuracy', variant: 'half', op: '<', than: { metric: 'test.accuracy', variant: 'none' } },
];

const document = buildDocument({
  title: 'Random labels',
  params: {
    wrong: { title: 'Share of labels drawn at random', default: 0, min: 0, max: 1 },
    epochs: { title: 'Epochs', default: 200, min: 1 },
  },
  presets: { quick: { epochs: 120 } },
  variants: [
    { id: 'none', title: 'True labels', set: { wrong: 0 } },
    { id: 'half', title: 'Half at random', set: { wrong: 0.5 } },
    { id: 'all', title: 'All at random', set: { wrong: 1 } },
  ],
  expected: [...results, ...results.map((one) => ({ ...one, preset: 'quick' }))],
  settings: { batch: 64, lengths: {} },
  rows: [
    {
      nodes: {
        digits: { kind: 'dataset', params: { dataset: 'digits' } },
        flat: { kind: 'flatten', from: { x: 'digits.image' } },
        hidden1: { kind: 'dense', params: { units: 512, activation: 'relu' }, from: { x: 'flat' } },
        hidden2: { kind: 'dense', params: { units: 512, activation: 'relu' }, from: { x: 'hidden1' } },
        logits: { kind: 'dense', params: { units: 10 }, from: { x: 'hidden2' } },
      },
    },
    {
      nodes: {
        drawn: {
          kind: 'corrupt-labels',
          params: { fraction: { '=': 'wrong' } },
          from: { x: 'digits.label', index: 'digits.index' },
        },
        loss: { kind: 'cross-entropy', from: { logits: 'logits', labels: 'drawn' }, at: { column: 1 } },
        accuracy: {
          kind: 'accuracy',
          from: { logits: 'logits', labels: 'drawn' },
          at: { column: 1, down: 124 },
        },
        adam: { kind: 'adam', from: { loss: 'loss.loss' }, at: { column: 2 } },
        training: {
          kind: 'training',
          params: { epochs: { '=': 'epochs' } },
          from: { steps: ['adam.step'] },
          at: { column: 3 },
        },
        softmax: { kind: 'softmax', from: { x: 'logits' }, at: { column: 4 } },
        digit: { kind: 'output', params: { key: 'digit' }, from: { x: 'softmax' }, at: { column: 5 } },
      },
    },
  ],
  frames: [{ title: 'How it learns', around: ['drawn', 'accuracy', 'training'], height: 320 }],
});

/** The same network on true labels, half of them drawn at random, and all: it fits each, and knows something in one. */
export const entry: GalleryEntry = {
  id: 'random-labels',
  title: 'Random labels',
  section: 'D',
  summary: 'A network learns what cannot be learned',
  minutes: 10,
  document,
  thumbnail: { draw: 'pictures', dataset: 'digits' },
  lesson: [
    {
      text: 'Digits, and a network that tells them apart. Between the labels and the loss stands a node that draws some of them anew, once and for all: the same picture always gets the same wrong label.',
      nodes: ['digits', 'drawn'],
    },
    {
      text: 'Guess before you run: with all labels drawn at random, what will the accuracy be on the pictures that it learns from?',
      nodes: ['accuracy'],
    },
    {
      text: 'Nearly all are right. There is nothing in a picture that tells its label, and still each one is learned: by heart (Zhang et al., 2017).',
      nodes: ['hidden1', 'hidden2', 'loss'],
    },
    {
      text: 'On the test pictures, whose labels are true, it is right by chance. So a network that fits its data need not have learned anything; only data that it has not seen can tell.',
      nodes: ['training', 'digit'],
    },
  ],
};
