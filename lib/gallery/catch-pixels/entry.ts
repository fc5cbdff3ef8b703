import { buildDocument } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const set = { width: { '=': 'width' } };

const document = buildDocument({
  title: 'Catch the ball',
  params: {
    iterations: { title: 'Iterations', default: 400, min: 1 },
    episodes: { title: 'Episodes each time', default: 128, min: 1 },
    width: { title: 'Hidden units', default: 64, min: 1 },
  },
  presets: { quick: { iterations: 150, episodes: 64, width: 32 } },
  // A catch pays 1 and a miss costs 1: nine of ten caught is a mean of 0.8.
  expected: [
    { metric: 'test.return', op: '>=', value: 0.8 },
    { metric: 'test.return', op: '>=', value: 0.8, preset: 'quick' },
  ],
  settings: { batch: 64, lengths: {} },
  blocks: {
    policy: {
      title: 'Policy',
      inputs: [{ id: 'x', name: 'The screen', type: 'tensor' }],
      outputs: [{ id: 'y', name: 'Score of each action', type: 'tensor' }],
      params: { width: { title: 'Hidden units', default: 64, min: 1 } },
      rows: [
        {
          nodes: {
            pixels: { kind: 'flatten', from: { x: '$in.x' } },
            hidden: { kind: 'dense', params: { units: { '=': 'width' }, activation: 'relu' }, from: { x: 'pixels' } },
            scores: { kind: 'dense', params: { units: 3 }, from: { x: 'hidden' } },
          },
        },
      ],
      gives: { y: 'scores' },
    },
  },
  rows: [
    {
      nodes: {
        play: {
          kind: 'rollout',
          params: { environment: 'catch', block: 'policy', set, envs: { '=': 'episodes' }, horizon: 9 },
          from: { weights: 'policy.weights' },
        },
        policy: { kind: 'instance', params: { block: 'policy', set }, from: { x: 'play.observation' } },
        loss: {
          kind: 'policy-gradient',
          params: { entropy: 0.01 },
          from: { logits: 'policy', action: 'play.action', advantage: 'advantage', mask: 'play.mask' },
          at: { column: 3 },
        },
        adam: { kind: 'adam', params: { rate: 0.01 }, from: { loss: 'loss.loss' } },
        training: {
          kind: 'training',
          params: {
            lengthBy: 'iterations',
            iterations: { '=': 'iterations' },
            validate: 50,
            validationBatches: 4,
            better: 'higher',
          },
          from: { steps: ['adam.step'], monitor: 'return.metric' },
        },
      },
    },
    {
      nodes: {
        advantage: { kind: 'normalise-batch', from: { x: 'play.return', mask: 'play.mask' }, at: { column: 1 } },
        return: {
          kind: 'mean-metric',
          params: { key: 'return' },
          from: { x: 'play.episodeReturn' },
          at: { column: 3 },
        },
        chances: { kind: 'softmax', from: { x: 'policy' } },
        act: { kind: 'output', params: { key: 'act' }, from: { x: 'chances', inputs: ['play.observation'] } },
      },
    },
  ],
  frames: [{ title: 'How it learns', around: ['loss', 'return', 'training'] }],
});

/** The same policy gradient as for the pole, from pixels and with a reward only at the end. */
export const entry: GalleryEntry = {
  id: 'catch-pixels',
  title: 'Catch the ball',
  section: 'E',
  summary: 'Learning to play from the screen alone',
  minutes: 15,
  document,
  thumbnail: { draw: 'catch' },
  lesson: [
    {
      text: 'A ball falls down a screen of 10 × 5 pixels. The network moves a paddle of one pixel left, right or not at all. It is told neither where the ball is nor what a paddle is: it sees fifty numbers.',
      nodes: ['play', 'policy'],
    },
    {
      text: 'For eight steps nothing happens. Only then comes the reward: 1 for a catch, −1 for a miss. Which of the moves deserves it? All of them get a share: the return of each step is the reward that followed.',
      nodes: ['play', 'advantage'],
    },
    {
      text: 'Moves of episodes that went better than usual become likelier. A small bonus for staying undecided keeps the policy from making up its mind too early.',
      nodes: ['loss'],
    },
    {
      text: 'Run it. Whoever stays in the middle catches one ball in five. A mean of 0.8 means nine caught out of ten.',
      nodes: ['return', 'training'],
    },
  ],
};
