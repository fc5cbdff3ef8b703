import { buildDocument } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const hidden = (from: string, units: number) => ({
  kind: 'dense',
  params: { units, activation: 'relu' },
  from: { x: from },
});

const document = buildDocument({
  title: 'Autoencoder',
  params: {
    code: { title: 'Numbers in the code', default: 2, min: 1, max: 64 },
    epochs: { title: 'Epochs', default: 150, min: 1 },
  },
  presets: { quick: { epochs: 50 } },
  variants: [
    { id: 'two', title: 'A code of 2 numbers', set: { code: 2 } },
    { id: 'five', title: 'A code of 5 numbers', set: { code: 5 } },
  ],
  expected: [
    { metric: 'test.loss', variant: 'two', op: '>=', value: 0.03 },
    { metric: 'test.loss', variant: 'five', op: '<', value: 0.03 },
    { metric: 'test.loss', variant: 'two', op: '>=', value: 0.03, preset: 'quick' },
    { metric: 'test.loss', variant: 'five', op: '<', value: 0.03, preset: 'quick' },
  ],
  settings: { batch: 64, lengths: {} },
  rows: [
    {
      nodes: {
        digits: { kind: 'dataset', params: { dataset: 'digits' } },
        row: { kind: 'flatten', from: { x: 'digits.image' } },
        encode: hidden('row', 128),
        narrow: hidden('encode', 64),
        code: { kind: 'dense', params: { units: { '=': 'code' } }, from: { x: 'narrow' } },
        latent: { kind: 'output', params: { key: 'code' }, from: { x: 'code' } },
      },
    },
    {
      nodes: {
        widen: hidden('code', 64),
        decode: hidden('widen', 128),
        pixels: { kind: 'dense', params: { units: 64, activation: 'sigmoid' }, from: { x: 'decode' } },
        picture: { kind: 'reshape', params: { shape: [8, 8, 1] }, from: { x: 'pixels' } },
        answer: { kind: 'output', params: { key: 'reconstruction' }, from: { x: 'picture' } },
      },
    },
    {
      nodes: {
        loss: { kind: 'mse', from: { x: 'picture', target: 'digits.image' } },
        adam: { kind: 'adam', params: { rate: 0.002 }, from: { loss: 'loss.loss' }, at: { column: 2 } },
        training: { kind: 'training', params: { epochs: { '=': 'epochs' } }, from: { steps: ['adam.step'] } },
        given: {
          kind: 'sample-grid',
          params: { count: 16, every: 0 },
          from: { image: 'digits.image' },
          at: { column: 4 },
        },
        made: { kind: 'sample-grid', params: { count: 16, every: 50 }, from: { image: 'picture' }, at: { column: 5 } },
      },
    },
  ],
  frames: [{ title: 'How it learns', around: ['loss', 'training', 'made'], height: 300 }],
});

/** A digit through a code of two or five numbers and back: ‖x − x̂‖². */
export const entry: GalleryEntry = {
  id: 'autoencoder',
  title: 'Autoencoder',
  section: 'C',
  summary: 'A picture through a bottleneck and back',
  minutes: 15,
  document,
  thumbnail: { draw: 'pictures', dataset: 'digits' },
  lesson: [
    {
      text: 'Each digit has 64 pixels. Could two numbers say which digit it is, and how it was written?',
      nodes: ['digits'],
    },
    {
      text: 'The encoder squeezes the picture into a code. Nobody tells it what the numbers should mean.',
      nodes: ['encode', 'narrow', 'code'],
    },
    {
      text: 'The decoder sees only the code and paints the picture again. The sigmoid keeps its pixels between 0 and 1.',
      nodes: ['widen', 'decode', 'pixels', 'picture'],
    },
    {
      text: 'The loss compares each pixel with the original: the picture is its own label. No one had to name the digits.',
      nodes: ['loss'],
    },
    {
      text: 'Run both variants and compare the walls. What do five numbers keep that two have to drop?',
      nodes: ['given', 'made'],
    },
  ],
};
