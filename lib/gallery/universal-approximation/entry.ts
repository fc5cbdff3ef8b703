import { buildDocument } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const widths = [2, 8, 32, 128];

const document = buildDocument({
  title: 'Universal approximation',
  params: {
    width: { title: 'Hidden units', default: 128, min: 1, max: 1024 },
    epochs: { title: 'Epochs', default: 800, min: 1 },
  },
  presets: { quick: { epochs: 400 } },
  variants: widths.map((width) => ({ id: `w${width}`, title: `${width} units`, set: { width } })),
  expected: [undefined, 'quick'].flatMap((preset) => {
    const only = preset === undefined ? {} : { preset };
    return [
      { metric: 'test.loss', variant: 'w2', op: '>=' as const, value: 0.05, ...only },
      { metric: 'test.loss', variant: 'w8', op: '<=' as const, value: 0.05, ...only },
      { metric: 'test.loss', variant: 'w32', op: '<=' as const, value: 0.005, ...only },
      { metric: 'test.loss', variant: 'w128', op: '<=' as const, value: 0.001, ...only },
    ];
  }),
  settings: { batch: 32, lengths: {} },
  rows: [
    {
      nodes: {
        wave: { kind: 'dataset', params: { dataset: 'wave', options: { noise: 0 } } },
        hidden: {
          kind: 'dense',
          params: { units: { '=': 'width' }, activation: 'tanh', kernelInit: 'he_normal' },
          from: { x: 'wave.x' },
        },
        guess: { kind: 'dense', params: { units: 1 }, from: { x: 'hidden' } },
        y: { kind: 'output', params: { key: 'y' }, from: { x: 'guess' } },
      },
    },
    {
      nodes: {
        loss: { kind: 'mse', from: { x: 'guess', target: 'wave.y' } },
        cosine: { kind: 'cosine', params: { from: 0.01, to: 0 }, at: { column: 1, down: 64 } },
        adam: {
          kind: 'adam',
          params: { rate: 0.01 },
          promoted: ['rate'],
          from: { loss: 'loss.loss', 'param:rate': 'cosine.value' },
          at: { column: 2 },
        },
        training: {
          kind: 'training',
          params: { epochs: { '=': 'epochs' } },
          from: { steps: ['adam.step'], monitor: 'r2.metric' },
        },
        r2: { kind: 'r2', from: { x: 'guess', target: 'wave.y' }, at: { column: 0, down: 124 } },
        curve: {
          kind: 'curve',
          params: { every: 25, margin: 0.5 },
          from: { x: 'wave.x', y: 'guess', target: 'wave.y' },
          at: { column: 4 },
        },
      },
    },
  ],
  frames: [{ title: 'How it learns', around: ['loss', 'r2', 'curve'], height: 320 }],
});

/** One hidden layer of growing width on a wavy function of one number. */
export const entry: GalleryEntry = {
  id: 'universal-approximation',
  title: 'Universal approximation',
  section: 'A',
  summary: 'One hidden layer can draw any curve',
  minutes: 15,
  document,
  thumbnail: { draw: 'wave', dataset: 'wave' },
  lesson: [
    {
      text: 'A wavy line: for each number x between −3 and 3 there is one y. No noise, nothing hidden.',
      nodes: ['wave'],
    },
    {
      text: 'Each hidden unit makes one S-shaped step, somewhere on the line, as steep and as high as its weights say. The output adds the steps up.',
      nodes: ['hidden', 'guess'],
    },
    {
      text: 'Cybenko and Hornik proved in 1989 that with enough steps any smooth curve is met as closely as you like. Run the variants: 2, 8, 32 and 128 units. When is the error small enough?',
      nodes: ['loss', 'r2'],
    },
    {
      text: 'Now look at the curve outside −3 and 3. The theorem promises nothing there, and nothing is there: without data the steps have all been taken.',
      nodes: ['curve'],
    },
  ],
};
