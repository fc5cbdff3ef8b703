import { buildDocument, type NodePlan } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const hidden = (x: string, activation: string): NodePlan => ({
  kind: 'dense',
  params: { units: { '=': 'width' }, activation },
  from: { x },
});

const width = { width: { title: 'Width', default: 128, min: 1, max: 1024 } };
const wide = { width: { '=': 'width' } };

const document = buildDocument({
  title: 'Wasserstein GAN with gradient penalty',
  pitch: 296,
  params: { ...width, iterations: { title: 'Iterations', default: 20_000, min: 1 } },
  presets: { quick: { width: 64, iterations: 6000 } },
  expected: [
    { metric: 'test.modes', op: '>=', value: 8 },
    { metric: 'test.modes', op: '>=', value: 8, preset: 'quick' },
    // The penalty keeps the slope of the critic near one.
    { metric: 'test.penalty', op: '<=', value: 0.2 },
    { metric: 'test.penalty', op: '<=', value: 0.2, preset: 'quick' },
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
            hidden1: hidden('$in.z', 'relu'),
            hidden2: hidden('hidden1', 'relu'),
            point: { kind: 'dense', params: { units: 2 }, from: { x: 'hidden2' } },
          },
        },
      ],
      gives: { y: 'point' },
    },
    critic: {
      title: 'Critic',
      params: width,
      inputs: [{ id: 'x', name: 'Points', type: 'tensor' }],
      outputs: [{ id: 'y', name: 'Score', type: 'tensor' }],
      rows: [
        {
          nodes: {
            hidden1: hidden('$in.x', 'leaky-relu'),
            hidden2: hidden('hidden1', 'leaky-relu'),
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
        'C-made': {
          kind: 'instance',
          params: { block: 'critic', set: wide },
          from: { x: 'G', weights: 'C-real.weights' },
        },
        'loss-G': {
          kind: 'gan-loss',
          params: { side: 'generator', form: 'wasserstein' },
          from: { x: 'C-made' },
        },
        'adam-G': {
          kind: 'adam',
          params: { rate: 0.001, beta1: 0.5, beta2: 0.9, every: 3 },
          from: { loss: 'loss-G.loss', weights: ['G.weights'] },
          at: { column: 5 },
        },
        made: { kind: 'output', params: { key: 'made' }, from: { x: 'G' }, at: { column: 1, down: 190 } },
      },
    },
    {
      height: 320,
      nodes: {
        ring: { kind: 'dataset', params: { dataset: 'ring' } },
        'C-real': {
          kind: 'instance',
          params: { block: 'critic', set: wide },
          from: { x: 'ring.point' },
          at: { column: 2 },
        },
        'loss-C': { kind: 'gan-loss', params: { form: 'wasserstein' }, from: { x: 'C-made', real: 'C-real' } },
        whole: {
          kind: 'loss-sum',
          params: { weights: [1, 2] },
          from: { losses: ['loss-C.loss', 'penalty.loss'] },
        },
        'adam-C': {
          kind: 'adam',
          params: { rate: 0.001, beta1: 0.5, beta2: 0.9 },
          from: { loss: 'whole.loss', weights: ['C-real.weights'] },
        },
        training: {
          kind: 'training',
          params: { lengthBy: 'iterations', iterations: { '=': 'iterations' }, seed: 1 },
          from: { steps: ['adam-C.step', 'adam-G.step'] },
        },
      },
    },
    {
      height: 320,
      nodes: {
        share: { kind: 'noise', params: { shape: [1], distribution: 'uniform' } },
        between: { kind: 'lerp', from: { a: 'ring.point', b: 'G', t: 'share' } },
        'C-between': {
          kind: 'instance',
          params: { block: 'critic', set: wide },
          from: { x: 'between', weights: 'C-real.weights' },
        },
        slope: {
          kind: 'gradient',
          params: { use: 'differentiable' },
          from: { of: 'C-between', wrt: 'between' },
        },
        length: { kind: 'reduce', params: { by: 'norm', over: 'example' }, from: { x: 'slope' } },
        one: { kind: 'constant', params: { value: 1 }, at: { column: 4, down: 124 } },
        off: { kind: 'subtract', from: { a: 'length', b: 'one' }, at: { column: 5 } },
        squared: { kind: 'square', from: { x: 'off' } },
        penalty: { kind: 'as-loss', from: { x: 'squared' } },
      },
    },
    {
      nodes: {
        modes: { kind: 'mode-coverage', from: { x: 'G', real: 'ring.point', labels: 'ring.label' } },
        steepness: { kind: 'mean-metric', params: { key: 'penalty' }, from: { x: 'squared' } },
        points: { kind: 'scatter', params: { count: 200 }, from: { x: ['ring.point', 'G'] } },
        map: {
          kind: 'decision-boundary',
          params: { every: 100 },
          from: { x: 'ring.point', scores: 'C-real' },
        },
      },
    },
  ],
  frames: [
    { title: 'The gradient penalty', around: ['share', 'penalty'], height: 300 },
    { title: 'How it goes', around: ['modes', 'points', 'map'], height: 300 },
  ],
});

/** A critic instead of a judge, held to a slope of one by the gradient of its own score. */
export const entry: GalleryEntry = {
  id: 'wgan-gp',
  title: 'Wasserstein GAN with gradient penalty',
  section: 'C',
  summary: 'A gradient that is learned through',
  minutes: 25,
  document,
  thumbnail: { draw: 'points', dataset: 'ring', boundary: 'curve' },
  lesson: [
    {
      text: 'A judge that is always right teaches a forger nothing. A critic gives scores without end: how far apart are real and made ones?',
      nodes: ['C-real', 'C-made', 'loss-C'],
    },
    {
      text: 'For that its score may not rise faster than one per step. Points between real and made ones are where it is looked at.',
      nodes: ['share', 'between', 'C-between'],
    },
    {
      text: 'How steep the critic is there is a gradient: of its score, for the point. Its length should be one; what it lacks or has too much is squared.',
      nodes: ['slope', 'length', 'off', 'squared'],
    },
    {
      text: 'The penalty is a loss like any other. To make it small, training takes the gradient of a gradient.',
      nodes: ['penalty', 'whole', 'adam-C'],
    },
    {
      text: 'The critic takes three steps for each of the generator’s. Run it, and watch all eight clouds being found.',
      nodes: ['adam-G', 'modes', 'points', 'map'],
    },
  ],
};
