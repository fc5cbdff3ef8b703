import { buildDocument } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const latent = { latent: { title: 'Latent numbers', default: 2, min: 1, max: 64 } };
const shared = { latent: { '=': 'latent' } };
const dense = (x: string, units: number, activation = 'relu') => ({
  kind: 'dense',
  params: { units, activation },
  from: { x },
});

const document = buildDocument({
  title: 'Variational autoencoder',
  pitch: 232,
  params: { ...latent, epochs: { title: 'Epochs', default: 20, min: 1 } },
  presets: { quick: { epochs: 2 } },
  expected: [
    { metric: 'test.loss', op: '<=', value: 155 },
    { metric: 'test.loss', op: '<=', value: 170, preset: 'quick' },
  ],
  settings: { batch: 128, lengths: {} },
  blocks: {
    encoder: {
      title: 'Encoder',
      params: latent,
      inputs: [{ id: 'x', name: 'Picture', type: 'tensor' }],
      outputs: [
        { id: 'mu', name: 'Mean', type: 'tensor' },
        { id: 'logvar', name: 'Log-variance', type: 'tensor' },
      ],
      rows: [
        {
          nodes: {
            flatten: { kind: 'flatten', from: { x: '$in.x' } },
            hidden1: dense('flatten', 512),
            hidden2: dense('hidden1', 256),
            mean: { kind: 'dense', params: { units: { '=': 'latent' } }, from: { x: 'hidden2' } },
          },
        },
        {
          nodes: {
            logvar: {
              kind: 'dense',
              params: { units: { '=': 'latent' } },
              from: { x: 'hidden2' },
              at: { column: 3 },
            },
          },
        },
      ],
      gives: { mu: 'mean', logvar: 'logvar' },
    },
    decoder: {
      title: 'Decoder',
      inputs: [{ id: 'z', name: 'Code', type: 'tensor' }],
      outputs: [{ id: 'y', name: 'Logits', type: 'tensor' }],
      rows: [
        {
          nodes: {
            hidden1: dense('$in.z', 256),
            hidden2: dense('hidden1', 512),
            pixels: dense('hidden2', 784, 'linear'),
            picture: { kind: 'reshape', params: { shape: [28, 28, 1] }, from: { x: 'pixels' } },
          },
        },
      ],
      gives: { y: 'picture' },
    },
  },
  rows: [
    {
      nodes: {
        digits: { kind: 'dataset', params: { dataset: 'mnist' } },
        encoder: { kind: 'instance', params: { block: 'encoder', set: shared }, from: { x: 'digits.image' } },
        z: { kind: 'gaussian-sample', from: { mu: 'encoder.mu', logvar: 'encoder.logvar' } },
        decoder: { kind: 'instance', params: { block: 'decoder' }, from: { z: 'z.z' } },
        reconstruction: {
          kind: 'bce',
          params: { from: 'logits', reduce: 'sum' },
          from: { x: 'decoder', labels: 'digits.image' },
        },
      },
    },
    {
      nodes: {
        warmth: {
          kind: 'linear-ramp',
          params: { from: 0.1, to: 1, over: 400, unit: 'iterations' },
          at: { column: 1 },
        },
        divergence: {
          kind: 'kl-normal',
          from: { mu: 'encoder.mu', logvar: 'encoder.logvar' },
        },
        elbo: {
          kind: 'loss-sum',
          params: { weights: [1, 1] },
          promoted: ['weights.1'],
          from: { losses: ['reconstruction.loss', 'divergence.loss'], 'param:weights.1': 'warmth.value' },
        },
        adam: { kind: 'adam', params: { rate: 0.001 }, from: { loss: 'elbo.loss' } },
        training: {
          kind: 'training',
          params: { epochs: { '=': 'epochs' }, seed: 3 },
          from: { steps: ['adam.step'] },
        },
      },
    },
    {
      nodes: {
        noise: { kind: 'noise', params: { shape: [2] } },
        imagine: {
          kind: 'instance',
          params: { block: 'decoder' },
          from: { z: 'noise', weights: 'decoder.weights' },
        },
        pictures: { kind: 'activation', params: { function: 'sigmoid' }, from: { x: 'imagine' } },
        wall: { kind: 'sample-grid', params: { count: 24, every: 100 }, from: { image: 'pictures' } },
        map: {
          kind: 'scatter',
          params: { count: 1000, every: 100 },
          from: { x: ['encoder.mu'], label: 'digits.label' },
        },
      },
    },
    {
      nodes: {
        generate: { kind: 'output', params: { key: 'generate' }, from: { x: 'pictures' }, at: { column: 2 } },
        encode: { kind: 'output', params: { key: 'encode' }, from: { x: 'encoder.mu' } },
      },
    },
  ],
  frames: [{ title: 'What it imagines', around: ['noise', 'wall'], height: 270 }],
});

/** Kingma and Welling, Auto-encoding variational Bayes, 2014: the reparametrization as visible nodes. */
export const entry: GalleryEntry = {
  id: 'vae',
  title: 'Variational autoencoder',
  section: 'C',
  summary: 'Walk between digits',
  minutes: 30,
  document,
  thumbnail: { draw: 'pictures', dataset: 'mnist' },
  lesson: [
    {
      text: 'The encoder squeezes a picture into two numbers, and does not even say them exactly: it gives a mean and how unsure it is.',
      nodes: ['digits', 'encoder'],
    },
    {
      text: 'A code is drawn: z = μ + σ ⊙ ε. The chance sits in ε, which nobody learns; so the gradient gets through to μ and σ.',
      nodes: ['z'],
    },
    {
      text: 'The decoder paints the picture again. How well it does is the first loss.',
      nodes: ['decoder', 'reconstruction'],
    },
    {
      text: 'The second loss, the KL divergence, keeps the codes near a normal distribution, so that any code drawn from it means something. Its weight rises slowly: too early, and nothing is learned at all.',
      nodes: ['divergence', 'warmth', 'elbo'],
    },
    {
      text: 'Draw codes from nowhere and the decoder paints digits that nobody wrote. The map shows where each digit lives.',
      nodes: ['noise', 'imagine', 'wall', 'map'],
    },
  ],
};
