import type { Expectation } from '@/lib/graph/document';
import { buildDocument } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

/** Each remedy's loss on data that were not learned from, against what memorising ends with. */
const beats = (variant: string, over: 'last' | 'best'): Omit<Expectation, 'preset'> => ({
  metric: 'val.cross-entropy',
  variant,
  over,
  op: '<',
  than: { metric: 'val.cross-entropy', variant: 'plain', over: 'last' },
});

const results = [beats('dropout', 'last'), beats('l2', 'last'), beats('early', 'best')];

const document = buildDocument({
  title: 'Overfitting',
  params: {
    drop: { title: 'Dropout', default: 0, min: 0, max: 0.9 },
    l2: { title: 'Penalty on weights', default: 0, min: 0, max: 1 },
    patience: { title: 'Patience', default: 0, min: 0, max: 1000 },
    epochs: { title: 'Epochs', default: 400, min: 1 },
  },
  presets: { quick: { epochs: 150 } },
  variants: [
    { id: 'plain', title: 'Nothing done', set: {} },
    { id: 'dropout', title: 'Dropout 0.5', set: { drop: 0.5 } },
    { id: 'l2', title: 'Penalty on weights', set: { l2: 0.003 } },
    { id: 'early', title: 'Early stopping', set: { patience: 10 } },
  ],
  expected: [...results, ...results.map((one) => ({ ...one, preset: 'quick' }))],
  settings: { batch: 16, lengths: {} },
  rows: [
    {
      nodes: {
        digits: { kind: 'dataset', params: { dataset: 'digits', holdOut: 0.9 } },
        flat: { kind: 'flatten', from: { x: 'digits.image' } },
        hidden1: { kind: 'dense', params: { units: 256, activation: 'relu' }, from: { x: 'flat' } },
        drop1: { kind: 'dropout', params: { rate: { '=': 'drop' } }, from: { x: 'hidden1' } },
        hidden2: { kind: 'dense', params: { units: 256, activation: 'relu' }, from: { x: 'drop1' } },
        drop2: { kind: 'dropout', params: { rate: { '=': 'drop' } }, from: { x: 'hidden2' } },
        logits: { kind: 'dense', params: { units: 10 }, from: { x: 'drop2' } },
      },
    },
    {
      nodes: {
        loss: { kind: 'cross-entropy', from: { logits: 'logits', labels: 'digits.label' } },
        accuracy: {
          kind: 'accuracy',
          from: { logits: 'logits', labels: 'digits.label' },
          at: { column: 0, down: 124 },
        },
        small: {
          kind: 'weight-penalty',
          params: { l2: { '=': 'l2' } },
          from: { weights: ['hidden1.weights', 'hidden2.weights', 'logits.weights'] },
          at: { column: 1 },
        },
        sum: { kind: 'loss-sum', from: { losses: ['loss.loss', 'small.loss'] }, at: { column: 2 } },
        adam: { kind: 'adam', from: { loss: 'sum.loss' }, at: { column: 3 } },
        training: {
          kind: 'training',
          params: { epochs: { '=': 'epochs' }, patience: { '=': 'patience' } },
          from: { steps: ['adam.step'], monitor: 'loss.loss' },
          at: { column: 4 },
        },
        softmax: { kind: 'softmax', from: { x: 'logits' }, at: { column: 5 } },
        digit: { kind: 'output', params: { key: 'digit' }, from: { x: 'softmax' }, at: { column: 6 } },
      },
    },
  ],
  frames: [{ title: 'How it learns', around: ['loss', 'accuracy', 'training'], height: 320 }],
});

/** A large network and little data: what each remedy does to the loss on data that it has not seen. */
export const entry: GalleryEntry = {
  id: 'overfitting',
  title: 'Overfitting',
  section: 'A',
  summary: 'Learning by heart, and what helps',
  minutes: 15,
  document,
  thumbnail: { draw: 'pictures', dataset: 'digits' },
  lesson: [
    {
      text: 'A hundred and forty digits to learn from: the data set holds the rest out for validation. Before them stands a network with 85,000 numbers to learn, hundreds for each picture.',
      nodes: ['digits', 'hidden1', 'hidden2'],
    },
    {
      text: 'Run it and watch two curves. On the pictures that it learns from the loss goes to zero. On the others it falls, turns, and rises again: the network learns by heart, and becomes ever surer of its mistakes. Where does it turn?',
      nodes: ['loss', 'training'],
    },
    {
      text: 'Dropout leaves out half of the units at random in every step, so that none may rely on another (Srivastava et al., 2014).',
      nodes: ['drop1', 'drop2'],
    },
    {
      text: 'A penalty makes large weights cost something, so that only those stay which the data ask for.',
      nodes: ['small', 'sum'],
    },
    {
      text: 'Early stopping changes nothing about learning. It ends it when the validation loss has not fallen for ten epochs, and puts the weights of the best one back.',
      nodes: ['training', 'accuracy'],
    },
  ],
};
