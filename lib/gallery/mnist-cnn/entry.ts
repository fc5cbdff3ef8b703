import { buildDocument } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const document = buildDocument({
  title: 'MNIST, convolutional',
  params: { epochs: { title: 'Epochs', default: 5, min: 1 } },
  presets: { quick: { epochs: 1 } },
  expected: [
    { metric: 'test.accuracy', op: '>=', value: 0.99 },
    { metric: 'test.accuracy', op: '>=', value: 0.97, preset: 'quick' },
  ],
  rows: [
    {
      nodes: {
        digits: { kind: 'dataset', params: { dataset: 'mnist' } },
        conv1: {
          kind: 'conv-2d',
          params: { filters: 32, kernel: [3, 3], activation: 'relu' },
          from: { x: 'digits.image' },
        },
        pool1: { kind: 'max-pool-2d', params: { size: [2, 2], stride: [2, 2] }, from: { x: 'conv1' } },
        conv2: { kind: 'conv-2d', params: { filters: 64, kernel: [3, 3], activation: 'relu' }, from: { x: 'pool1' } },
        pool2: { kind: 'max-pool-2d', params: { size: [2, 2], stride: [2, 2] }, from: { x: 'conv2' } },
      },
    },
    {
      nodes: {
        flatten: { kind: 'flatten', from: { x: 'pool2' } },
        dropout: { kind: 'dropout', params: { rate: 0.25 }, from: { x: 'flatten' } },
        dense1: { kind: 'dense', params: { units: 128, activation: 'relu' }, from: { x: 'dropout' } },
        logits: { kind: 'dense', params: { units: 10 }, from: { x: 'dense1' } },
        softmax: { kind: 'softmax', from: { x: 'logits' } },
        digit: { kind: 'output', params: { key: 'digit' }, from: { x: 'softmax' } },
      },
    },
    {
      nodes: {
        loss: { kind: 'cross-entropy', from: { logits: 'logits', labels: 'digits.label' } },
        adam: { kind: 'adam', params: { rate: 0.001 }, from: { loss: 'loss.loss' }, at: { column: 2 } },
        training: {
          kind: 'training',
          params: { epochs: { '=': 'epochs' }, seed: 7 },
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
          at: { column: 1, down: 124 },
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
  frames: [
    { title: 'Classifier', around: ['flatten', 'digit'], height: 200 },
    { title: 'How it learns', around: ['loss', 'accuracy', 'wall'], height: 320 },
  ],
});

/** The convolutional digit classifier of DECISIONS 11. */
export const entry: GalleryEntry = {
  id: 'mnist-cnn',
  title: 'MNIST, convolutional',
  section: 'B',
  summary: 'Read handwritten digits, 99 %',
  minutes: 25,
  document,
  thumbnail: { draw: 'pictures', dataset: 'mnist' },
  lesson: [
    {
      text: '54,000 pictures of 28 by 28 pixels, each with its digit. 10,000 others are kept for the final test.',
      nodes: ['digits'],
    },
    {
      text: 'Each filter of the first convolution looks at 3 by 3 pixels at a time, with the same 9 weights everywhere. Its 32 filters have only 320 parameters, since a stroke looks the same in every corner.',
      nodes: ['conv1'],
    },
    {
      text: 'Max pooling keeps the strongest answer of each 2 by 2 window: the picture shrinks, and a stroke may move by a pixel.',
      nodes: ['pool1', 'pool2'],
    },
    {
      text: 'The second convolution combines strokes to corners and arcs, seen through the pooled picture.',
      nodes: ['conv2'],
    },
    {
      text: 'Two dense layers read the digit from 64 small maps. Most parameters sit here. Dropout silences a quarter of the inputs while training, so that no single one is trusted too much.',
      nodes: ['flatten', 'dropout', 'dense1', 'logits'],
    },
    {
      text: 'Press Run and watch the wall: captions turn right within a few seconds. Then open the confusion matrix: which digits are taken for each other?',
      nodes: ['wall', 'confusion'],
    },
  ],
};
