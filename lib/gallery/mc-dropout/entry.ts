import { buildDocument } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const width = { units: { '=': 'width' }, activation: 'relu' };
const drop = { rate: 0.1, mc: true };
/** Fifty answers of the trained network, and what they have in common. */
const ask = {
  kind: 'iterate',
  params: { block: 'network', set: { width: { '=': 'width' } }, times: 50, carry: 0, collect: 'stack' },
};
const spread = { by: 'variance', over: 'first' };

const document = buildDocument({
  title: 'How sure is it?',
  pitch: 280,
  params: {
    epochs: { title: 'Epochs', default: 400, min: 1 },
    width: { title: 'Hidden units', default: 128, min: 1 },
  },
  presets: { quick: { epochs: 100, width: 64 } },
  expected: [
    { metric: 'val.variance-outside', op: '>=', than: { metric: 'val.variance-inside' }, times: 5 },
    { metric: 'val.variance-outside', op: '>=', than: { metric: 'val.variance-inside' }, times: 5, preset: 'quick' },
  ],
  settings: { batch: 64, lengths: {} },
  blocks: {
    network: {
      title: 'Network with dropout',
      inputs: [{ id: 'x', name: 'x', type: 'tensor' }],
      outputs: [{ id: 'y', name: 'y', type: 'tensor' }],
      params: { width: { title: 'Hidden units', default: 128, min: 1 } },
      rows: [
        {
          nodes: {
            hidden1: { kind: 'dense', params: width, from: { x: '$in.x' } },
            drop1: { kind: 'dropout', params: drop, from: { x: 'hidden1' } },
            hidden2: { kind: 'dense', params: width, from: { x: 'drop1' } },
            drop2: { kind: 'dropout', params: drop, from: { x: 'hidden2' } },
            value: { kind: 'dense', params: { units: 1 }, from: { x: 'drop2' } },
          },
        },
      ],
      gives: { y: 'value' },
    },
  },
  rows: [
    {
      nodes: {
        wave: { kind: 'dataset', params: { dataset: 'wave' } },
        network: {
          kind: 'instance',
          params: { block: 'network', set: { width: { '=': 'width' } } },
          from: { x: 'wave.x' },
        },
        loss: { kind: 'mse', from: { x: 'network', target: 'wave.y' } },
        adam: { kind: 'adam', params: { rate: 0.005 }, from: { loss: 'loss.loss' } },
        training: {
          kind: 'training',
          params: { epochs: { '=': 'epochs' }, validate: 100 },
          from: { steps: ['adam.step'] },
        },
      },
    },
    {
      nodes: {
        ask: { ...ask, from: { x: 'wave.x', weights: 'network.weights' }, at: { column: 1 } },
        mean: { kind: 'reduce', params: { by: 'mean', over: 'first' }, from: { x: 'ask' } },
        variance: { kind: 'reduce', params: spread, from: { x: 'ask' }, at: { column: 2, down: 124 } },
        curve: {
          kind: 'curve',
          params: { every: 100, margin: 0.6 },
          from: { x: 'wave.x', y: 'mean', variance: 'variance', target: 'wave.y' },
        },
        inside: { kind: 'mean-metric', params: { key: 'variance-inside' }, from: { x: 'variance' } },
        answer: { kind: 'output', params: { key: 'answer' }, from: { x: 'mean' }, at: { column: 3, down: 156 } },
        doubt: { kind: 'output', params: { key: 'doubt' }, from: { x: 'variance' }, at: { column: 4, down: 156 } },
      },
    },
    {
      nodes: {
        far: { kind: 'noise', params: { distribution: 'uniform', shape: [1], low: 4, high: 6 } },
        'ask-far': { ...ask, from: { x: 'far', weights: 'network.weights' } },
        'variance-far': { kind: 'reduce', params: spread, from: { x: 'ask-far' } },
        outside: {
          kind: 'mean-metric',
          params: { key: 'variance-outside' },
          from: { x: 'variance-far' },
          at: { column: 4 },
        },
      },
    },
  ],
  frames: [
    { title: 'Within the data', around: ['ask', 'curve', 'inside'], height: 290 },
    { title: 'Far outside', around: ['far', 'outside'], height: 200 },
  ],
});

/** Monte-Carlo dropout: a network that says how sure it is. */
export const entry: GalleryEntry = {
  id: 'mc-dropout',
  title: 'How sure is it?',
  section: 'D',
  summary: 'Dropout as a measure of doubt',
  minutes: 15,
  document,
  thumbnail: { draw: 'band' },
  lesson: [
    {
      text: 'A network learns a wavy line from noisy points between −3 and 3. Beyond them there is nothing to learn from. Ask it about x = 5 all the same and it answers without blinking.',
      nodes: ['wave', 'network'],
    },
    {
      text: 'Dropout silences a random tenth of the units. Usually it rests after training. Here it stays on: ask twice and you get two answers.',
      nodes: ['network'],
    },
    {
      text: 'So ask fifty times. The block is called again and again with the same weights and the same x; only the silenced units differ.',
      nodes: ['ask'],
    },
    {
      text: 'The mean of the answers is the prediction; their variance says how much the network’s parts disagree. Where data held them together they agree.',
      nodes: ['mean', 'variance'],
    },
    {
      text: 'Run it and watch the band: narrow over the points, wide beyond them. The same fifty questions far outside show a variance many times as large.',
      nodes: ['curve', 'inside', 'outside'],
    },
  ],
};
