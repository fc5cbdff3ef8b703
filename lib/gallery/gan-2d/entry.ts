import { buildDocument, type NodePlan } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const hidden = (x: string): NodePlan => ({
  kind: 'dense',
  params: { units: { '=': 'width' }, activation: 'leaky-relu' },
  from: { x },
});

const width = { width: { title: 'Width', default: 128, min: 1, max: 1024 } };
const wide = { width: { '=': 'width' } };

const document = buildDocument({
  title: 'GAN in two dimensions',
  params: { ...width, iterations: { title: 'Iterations', default: 8000, min: 1 } },
  presets: { quick: { iterations: 3000 } },
  expected: [
    { metric: 'test.modes', op: '>=', value: 8 },
    { metric: 'test.modes', op: '>=', value: 8, preset: 'quick' },
  ],
  settings: { batch: 128, lengths: {} },
  blocks: {
    generator: {
      title: 'Generator',
      params: width,
      inputs: [{ id: 'z', name: 'Noise', type: 'tensor' }],
      outputs: [{ id: 'y', name: 'Points', type: 'tensor' }],
      rows: [
        {
          nodes: {
            hidden1: hidden('$in.z'),
            hidden2: hidden('hidden1'),
            point: { kind: 'dense', params: { units: 2 }, from: { x: 'hidden2' } },
          },
        },
      ],
      gives: { y: 'point' },
    },
    discriminator: {
      title: 'Discriminator',
      params: width,
      inputs: [{ id: 'x', name: 'Points', type: 'tensor' }],
      outputs: [{ id: 'y', name: 'Score', type: 'tensor' }],
      rows: [
        {
          nodes: {
            hidden1: hidden('$in.x'),
            hidden2: hidden('hidden1'),
            score: { kind: 'dense', params: { units: 1 }, from: { x: 'hidden2' } },
          },
        },
      ],
      gives: { y: 'score' },
    },
  },
  rows: [
    {
      nodes: {
        noise: { kind: 'noise', params: { shape: [8] } },
        G: { kind: 'instance', params: { block: 'generator', set: wide }, from: { z: 'noise' } },
        'D-made': {
          kind: 'instance',
          params: { block: 'discriminator', set: wide },
          from: { x: 'G', weights: 'D-real.weights' },
        },
        'loss-G': { kind: 'gan-loss', params: { side: 'generator' }, from: { x: 'D-made' } },
        'adam-G': {
          kind: 'adam',
          params: { rate: 0.001, beta1: 0.5 },
          from: { loss: 'loss-G.loss', weights: ['G.weights'] },
        },
        made: { kind: 'output', params: { key: 'made' }, from: { x: 'G' }, at: { column: 1, down: 190 } },
      },
    },
    {
      height: 320,
      nodes: {
        ring: { kind: 'dataset', params: { dataset: 'ring' } },
        'D-real': {
          kind: 'instance',
          params: { block: 'discriminator', set: wide },
          from: { x: 'ring.point' },
          at: { column: 2 },
        },
        'loss-D': { kind: 'gan-loss', from: { x: 'D-made', real: 'D-real' } },
        'adam-D': {
          kind: 'adam',
          params: { rate: 0.001, beta1: 0.5 },
          from: { loss: 'loss-D.loss', weights: ['D-real.weights'] },
        },
        training: {
          kind: 'training',
          params: { lengthBy: 'iterations', iterations: { '=': 'iterations' }, seed: 1 },
          from: { steps: ['adam-D.step', 'adam-G.step'] },
        },
      },
    },
    {
      nodes: {
        modes: { kind: 'mode-coverage', from: { x: 'G', real: 'ring.point', labels: 'ring.label' } },
        points: { kind: 'scatter', params: { count: 200 }, from: { x: ['ring.point', 'G'] } },
        map: {
          kind: 'decision-boundary',
          params: { every: 50 },
          from: { x: 'ring.point', scores: 'D-real' },
        },
      },
    },
  ],
  frames: [{ title: 'How it goes', around: ['modes', 'points', 'map'], height: 300 }],
});

/** Two networks, one game: min_G max_D E log D(x) + E log(1 − D(G(z))), in its non-saturating form. */
export const entry: GalleryEntry = {
  id: 'gan-2d',
  title: 'GAN in two dimensions',
  section: 'C',
  summary: 'Watch a mode go missing',
  minutes: 20,
  document,
  thumbnail: { draw: 'points', dataset: 'ring', boundary: 'curve' },
  lesson: [
    { text: 'Eight small clouds of points on a circle: these are the real ones.', nodes: ['ring'] },
    {
      text: 'The generator turns eight random numbers into a point. It has never seen the real ones and never will.',
      nodes: ['noise', 'G'],
    },
    {
      text: 'The discriminator scores points: high for real, low for made. It stands here twice, with the same weights, once for each kind.',
      nodes: ['D-real', 'D-made'],
    },
    {
      text: 'Two losses, two optimizers, and each may move only its own network: the wires into “weights” say so. Training runs them in turn.',
      nodes: ['loss-D', 'loss-G', 'adam-D', 'adam-G', 'training'],
    },
    {
      text: 'Run and watch the made points. At first they huddle in one place, since fooling the judge there is enough. The judge learns, and they must move on, until all eight clouds are found.',
      nodes: ['points', 'modes', 'map'],
    },
  ],
};
