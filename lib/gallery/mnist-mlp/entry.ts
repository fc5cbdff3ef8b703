import { buildDocument } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const document = buildDocument({
  title: 'MNIST, fully connected',
  params: {
    width: { title: 'Width of the first layer', default: 512, min: 1, max: 4096 },
    epochs: { title: 'Epochs', default: 12, min: 1 },
  },
  presets: { quick: { width: 256, epochs: 3 } },
  expected: [
    { metric: 'test.accuracy', op: '>=', value: 0.98 },
    { metric: 'test.accuracy', op: '>=', value: 0.95, preset: 'quick' },
  ],
  settings: { batch: 128, lengths: {} },
  rows: [
    {
      nodes: {
        digits: { kind: 'dataset', params: { dataset: 'mnist' } },
        flatten: { kind: 'flatten', from: { x: 'digits.image' } },
        dense1: { kind: 'dense', params: { units: { '=': 'width' }, activation: 'relu' }, from: { x: 'flatten' } },
        dropout1: { kind: 'dropout', params: { rate: 0.2 }, from: { x: 'dense1' } },
        dense2: {
          kind: 'dense',
          params: { units: { '=': 'width // 2' }, activation: 'relu' },
          from: { x: 'dropout1' },
        },
      },
    },
    {
      nodes: {
        dropout2: { kind: 'dropout', params: { rate: 0.2 }, from: { x: 'dense2' } },
        logits: { kind: 'dense', params: { units: 10 }, from: { x: 'dropout2' } },
        softmax: { kind: 'softmax', from: { x: 'logits' } },
        digit: { kind: 'output', params: { key: 'digit' }, from: { x: 'softmax' } },
      },
    },
    {
      nodes: {
        loss: { kind: 'cross-entropy', from: { logits: 'logits', labels: 'digits.label' } },
        cosine: { kind: 'cosine', params: { from: 0.002, to: 0 }, at: { column: 1, down: 64 } },
        adam: {
          kind: 'adam',
          params: { rate: 0.002 },
          promoted: ['rate'],
          from: { loss: 'loss.loss', 'param:rate': 'cosine.value' },
          at: { column: 2 },
        },
        training: {
          kind: 'training',
          params: { epochs: { '=': 'epochs' } },
          from: { steps: ['adam.step'], monitor: 'accuracy.metric' },
        },
        accuracy: {
          kind: 'accuracy',
          from: { logits: 'logits', labels: 'digits.label' },
          at: { column: 0, down: 124 },
        },
        confusion: {
          kind: 'confusion',
          from: { logits: 'logits', labels: 'digits.label' },
          at: { column: 0, down: 248 },
        },
        wall: {
          kind: 'sample-grid',
          params: { count: 24, every: 50 },
          from: { image: 'digits.image', label: 'digits.label', scores: 'logits' },
          at: { column: 4 },
        },
      },
    },
  ],
  frames: [{ title: 'How it learns', around: ['loss', 'confusion', 'wall'], height: 440 }],
});

/** The fully connected rival of mnist-cnn. */
export const entry: GalleryEntry = {
  id: 'mnist-mlp',
  title: 'MNIST, fully connected',
  section: 'B',
  summary: 'Digits without looking at shapes',
  minutes: 20,
  document,
  thumbnail: { draw: 'pictures', dataset: 'mnist' },
  lesson: [
    {
      text: 'The picture is laid out as one row of 784 numbers. The network is not told which pixels are neighbours.',
      nodes: ['digits', 'flatten'],
    },
    {
      text: 'Every unit looks at all pixels at once. With 512 units that makes 401,920 parameters in the first layer alone.',
      nodes: ['dense1'],
    },
    { text: 'Dropout silences a fifth of the units at random while training.', nodes: ['dropout1', 'dropout2'] },
    {
      text: 'The learning rate falls along a cosine: large steps first, then ever finer ones.',
      nodes: ['cosine', 'adam'],
    },
    {
      text: 'Compare with the convolutional network: it has fewer parameters and makes half as many mistakes. What does it know that this one does not?',
      nodes: ['logits'],
    },
  ],
};
