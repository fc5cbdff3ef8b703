import type { Json } from '@/lib/base/json';
import { buildDocument } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const constant = (value: Json) => ({ kind: 'constant', params: { value } });
const output = (key: string, from: string, at: { column: number; down?: number }) => ({
  kind: 'output',
  params: { key },
  from: { x: from },
  at,
});

/** Within a millionth of what can be worked out by hand. */
const equals = (metric: string, value: number) =>
  [
    { metric, op: '>=', value: value - 1e-6 },
    { metric, op: '<=', value: value + 1e-6 },
  ] as const;

const document = buildDocument({
  title: 'Losses',
  pitch: 232,
  expected: [
    ...equals('yes-or-no', 0.2200948493),
    ...equals('one-of-three', 0.7531091265),
    ...equals('final-grade', 0.00265),
  ],
  settings: { batch: 2, lengths: {} },
  rows: [
    {
      height: 240,
      nodes: {
        passing: constant([[2], [-1]]),
        bce: { kind: 'bce', from: { x: 'passing', labels: 'passed' }, at: { column: 1 } },
        yes: output('yes-or-no', 'bce.loss', { column: 2 }),
        passed: { ...constant([1, 0]), at: { column: 0, down: 110 } },
      },
    },
    {
      height: 240,
      nodes: {
        scores: constant([
          [1, 2, 3],
          [0, 0, 0],
        ]),
        entropy: { kind: 'cross-entropy', from: { logits: 'scores', labels: 'right' }, at: { column: 1 } },
        three: output('one-of-three', 'entropy.loss', { column: 2 }),
        right: { ...constant([2, 1]), at: { column: 0, down: 110 } },
      },
    },
    {
      nodes: {
        guesses: constant([[0.78], [0.91]]),
        mse: { kind: 'mse', from: { x: 'guesses', target: 'grades' }, at: { column: 1 } },
        error: output('final-grade', 'mse.loss', { column: 2 }),
        grades: { ...constant([[0.85], [0.89]]), at: { column: 0, down: 110 } },
      },
    },
  ],
});

/** Three losses on two examples each, small enough for paper. */
export const entry: GalleryEntry = {
  id: 'losses',
  title: 'Losses',
  section: 'A',
  summary: 'How wrong is an answer?',
  minutes: 15,
  document,
  thumbnail: { draw: 'neuron', inputs: ['2', '−1'], output: '.22' },
  lesson: [
    {
      text: 'A loss turns answers and truths into one number: how wrong is the network, on average over the examples? Learning makes it small.',
      nodes: ['bce', 'entropy', 'mse'],
    },
    {
      text: 'Will I pass? The scores are 2 and −1, and the truth is yes and no. The sigmoid gives probabilities 0.881 and 0.269; the loss is the mean of −log 0.881 and −log 0.731, which is 0.220.',
      nodes: ['passing', 'passed', 'yes'],
    },
    {
      text: 'One of three classes: softmax gives the right class 0.665 in the first row and 1/3 in the second. −log of both, averaged: 0.753. Guessing among three costs log 3 = 1.099.',
      nodes: ['scores', 'right', 'three'],
    },
    {
      text: 'A final grade is a number, so its loss is the squared distance: (0.78 − 0.85)² and (0.91 − 0.89)², averaged: 0.00265.',
      nodes: ['guesses', 'grades', 'error'],
    },
    {
      text: 'Change a score and watch its loss. Which mistake costs most: being unsure, or being sure and wrong?',
      nodes: ['passing', 'scores'],
    },
  ],
};
