import { buildDocument } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const document = buildDocument({
  title: 'Will I pass?',
  pitch: 264,
  params: { epochs: { title: 'Epochs', default: 200, min: 1 } },
  presets: { quick: { epochs: 80 } },
  expected: [
    { metric: 'val.accuracy', op: '>=', value: 0.9 },
    { metric: 'val.accuracy', op: '>=', value: 0.9, preset: 'quick' },
  ],
  settings: { batch: 32, lengths: {} },
  blocks: {
    neuron: {
      title: 'One neuron',
      inputs: [{ id: 'x', name: 'Lectures and hours', type: 'tensor' }],
      outputs: [{ id: 'y', name: 'Score', type: 'tensor' }],
      rows: [{ nodes: { dense: { kind: 'dense', params: { units: 1 }, from: { x: '$in.x' } } } }],
      gives: { y: 'dense' },
    },
  },
  rows: [
    {
      height: 260,
      nodes: {
        pupils: { kind: 'dataset', params: { dataset: 'will-i-pass' } },
        network: { kind: 'instance', params: { block: 'neuron' }, from: { x: 'pupils.features' } },
        sigmoid: { kind: 'activation', params: { function: 'sigmoid' }, from: { x: 'network' } },
        pass: { kind: 'output', params: { key: 'pass' }, from: { x: 'sigmoid' } },
      },
    },
    {
      height: 260,
      nodes: {
        me: { kind: 'constant', params: { value: [[4, 5]] } },
        same: { kind: 'instance', params: { block: 'neuron' }, from: { x: 'me', weights: 'network.weights' } },
        mine: { kind: 'activation', params: { function: 'sigmoid' }, from: { x: 'same' } },
        answer: { kind: 'output', params: { key: 'my-chance' }, from: { x: 'mine' } },
      },
    },
    {
      nodes: {
        loss: { kind: 'bce', from: { x: 'network', labels: 'pupils.label' } },
        adam: { kind: 'adam', params: { rate: 0.1 }, from: { loss: 'loss.loss' }, at: { column: 2 } },
        training: {
          kind: 'training',
          // This seed starts with 8 % for [4, 5], as wrong as the lecture's first answer.
          params: { epochs: { '=': 'epochs' }, seed: 19 },
          from: { steps: ['adam.step'], monitor: 'accuracy.metric' },
        },
        accuracy: {
          kind: 'accuracy',
          from: { logits: 'network', labels: 'pupils.label' },
          at: { column: 0, down: 124 },
        },
        map: {
          kind: 'decision-boundary',
          params: { every: 20 },
          from: { x: 'pupils.features', scores: 'network', label: 'pupils.label' },
          at: { column: 4 },
        },
      },
    },
  ],
  frames: [
    { title: 'Your own numbers', around: ['me', 'answer'], height: 180 },
    { title: 'How it learns', around: ['loss', 'accuracy', 'map'], height: 320 },
  ],
});

/** The first example of MIT 6.S191: lectures attended and hours of work against passing. */
export const entry: GalleryEntry = {
  id: 'will-i-pass',
  title: 'Will I pass?',
  section: 'A',
  summary: 'Training mends a wild first guess',
  minutes: 15,
  document,
  thumbnail: { draw: 'points', dataset: 'will-i-pass', boundary: 'line' },
  lesson: [
    {
      text: '1,000 pupils of earlier years: how many lectures they attended, how many hours they spent on their project, and whether they passed.',
      nodes: ['pupils'],
    },
    {
      text: 'One neuron weighs both numbers. You attended 4 lectures and worked 5 hours: the same neuron answers for you below, since both uses share their weights.',
      nodes: ['network', 'same', 'me'],
    },
    {
      text: 'Before training it gives you a chance of 8 %. That is nonsense: nobody has told it anything about the class yet.',
      nodes: ['answer'],
    },
    {
      text: 'The loss says how surprised the network is by what really happened. Each step moves the weights so that the surprise shrinks.',
      nodes: ['loss', 'adam', 'training'],
    },
    {
      text: 'Run it. Of pupils like you about 9 in 10 passed: how close does the answer come? How does the line on the map move?',
      nodes: ['answer', 'map'],
    },
  ],
};
