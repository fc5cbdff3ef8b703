import { buildDocument } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const hidden = { units: { '=': 'width' }, activation: { '=': 'activation' } };

const document = buildDocument({
  title: 'Linear or not',
  params: {
    activation: { title: 'Activation', default: 'relu', choices: ['linear', 'relu'] },
    width: { title: 'Width', default: 8, min: 1, max: 128 },
    epochs: { title: 'Epochs', default: 60, min: 1 },
  },
  presets: { quick: { epochs: 30 } },
  variants: [
    { id: 'linear', title: 'Linear layers only', set: { activation: 'linear' } },
    { id: 'relu', title: 'With ReLU', set: { activation: 'relu' } },
  ],
  expected: [
    { metric: 'test.accuracy', variant: 'linear', op: '<=', value: 0.8 },
    { metric: 'test.accuracy', variant: 'relu', op: '>=', value: 0.98 },
    { metric: 'test.accuracy', variant: 'linear', op: '<=', value: 0.8, preset: 'quick' },
    { metric: 'test.accuracy', variant: 'relu', op: '>=', value: 0.98, preset: 'quick' },
  ],
  settings: { batch: 32, lengths: {} },
  rows: [
    {
      nodes: {
        points: { kind: 'dataset', params: { dataset: 'circle' } },
        hidden1: { kind: 'dense', params: hidden, from: { x: 'points.point' } },
        hidden2: { kind: 'dense', params: hidden, from: { x: 'hidden1' } },
        logits: { kind: 'dense', params: { units: 2 }, from: { x: 'hidden2' } },
        softmax: { kind: 'softmax', from: { x: 'logits' } },
        side: { kind: 'output', params: { key: 'side' }, from: { x: 'softmax' } },
      },
    },
    {
      nodes: {
        loss: { kind: 'cross-entropy', from: { logits: 'logits', labels: 'points.label' } },
        adam: { kind: 'adam', params: { rate: 0.01 }, from: { loss: 'loss.loss' }, at: { column: 2 } },
        training: {
          kind: 'training',
          params: { epochs: { '=': 'epochs' } },
          from: { steps: ['adam.step'], monitor: 'accuracy.metric' },
        },
        accuracy: {
          kind: 'accuracy',
          from: { logits: 'logits', labels: 'points.label' },
          at: { column: 0, down: 124 },
        },
        map: {
          kind: 'decision-boundary',
          params: { every: 25 },
          from: { x: 'points.point', scores: 'logits', label: 'points.label' },
          at: { column: 4 },
        },
      },
    },
  ],
  frames: [{ title: 'How it learns', around: ['loss', 'accuracy', 'map'], height: 320 }],
});

/** Any depth of linear layers gives a line; ReLU bends it. */
export const entry: GalleryEntry = {
  id: 'linear-vs-nonlinear',
  title: 'Linear or not',
  section: 'A',
  summary: 'Why a network has to bend',
  minutes: 15,
  document,
  thumbnail: { draw: 'points', dataset: 'circle', boundary: 'curve' },
  lesson: [
    { text: 'A disc of points inside a ring. Could you separate them with one straight cut?', nodes: ['points'] },
    {
      text: 'Three layers without activation functions: a weighted sum of weighted sums is again a weighted sum. However many layers you add, the boundary stays a straight line.',
      nodes: ['hidden1', 'hidden2', 'logits'],
    },
    {
      text: 'ReLU lets positive numbers through and turns negative ones to zero. That kink is all it takes: each hidden unit adds a fold to the boundary.',
      nodes: ['hidden1', 'hidden2'],
    },
    {
      text: 'Run both variants and watch the map. Then try fewer units: how many folds does a ring need?',
      nodes: ['map'],
    },
  ],
};
