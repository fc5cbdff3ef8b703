import { buildDocument } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const document = buildDocument({
  title: 'Balance a pole',
  params: {
    iterations: { title: 'Iterations', default: 200, min: 1 },
    episodes: { title: 'Episodes each time', default: 32, min: 1 },
    width: { title: 'Hidden units', default: 32, min: 1 },
  },
  presets: { quick: { iterations: 80, episodes: 16 } },
  expected: [
    { metric: 'test.return', op: '>=', value: 150 },
    { metric: 'test.return', op: '>=', value: 150, preset: 'quick' },
  ],
  settings: { batch: 32, lengths: {} },
  blocks: {
    policy: {
      title: 'Policy',
      inputs: [{ id: 'x', name: 'What it sees', type: 'tensor' }],
      outputs: [{ id: 'y', name: 'Score of each action', type: 'tensor' }],
      params: { width: { title: 'Hidden units', default: 32, min: 1 } },
      rows: [
        {
          nodes: {
            hidden: {
              kind: 'dense',
              params: { units: { '=': 'width' }, activation: 'tanh' },
              from: { x: '$in.x' },
            },
            scores: { kind: 'dense', params: { units: 2 }, from: { x: 'hidden' } },
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
          params: {
            environment: 'cartpole',
            block: 'policy',
            set: { width: { '=': 'width' } },
            envs: { '=': 'episodes' },
          },
          from: { weights: 'policy.weights' },
        },
        policy: {
          kind: 'instance',
          params: { block: 'policy', set: { width: { '=': 'width' } } },
          from: { x: 'play.observation' },
        },
        loss: {
          kind: 'policy-gradient',
          from: { logits: 'policy', action: 'play.action', advantage: 'advantage', mask: 'play.mask' },
          at: { column: 3 },
        },
        adam: { kind: 'adam', params: { rate: 0.02 }, from: { loss: 'loss.loss' } },
        training: {
          kind: 'training',
          params: {
            lengthBy: 'iterations',
            iterations: { '=': 'iterations' },
            validate: 10,
            validationBatches: 2,
            restoreBest: true,
            better: 'higher',
          },
          from: { steps: ['adam.step'], monitor: 'return.metric' },
        },
      },
    },
    {
      nodes: {
        advantage: {
          kind: 'normalise-batch',
          from: { x: 'play.return', mask: 'play.mask' },
          at: { column: 1 },
        },
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

/** A policy gradient by hand: play, look which actions led to long episodes, make those likelier. */
export const entry: GalleryEntry = {
  id: 'cartpole',
  title: 'Balance a pole',
  section: 'E',
  summary: 'Learning by doing, without a teacher',
  minutes: 20,
  document,
  thumbnail: { draw: 'cart' },
  lesson: [
    {
      text: 'A pole stands on a cart. Every fiftieth of a second somebody must decide: push left or push right? Nobody knows the right answer, so there is no data set. The network makes its own data by playing.',
      nodes: ['play'],
    },
    {
      text: 'The policy sees four numbers (position, speed, angle, angular speed) and scores the two pushes. While training it throws dice by these scores: without trying, it would never find out what works.',
      nodes: ['policy', 'play'],
    },
    {
      text: 'The return of a step is how long the pole stayed up afterwards. Returns above the mean are good news, those below are bad news: that is the advantage.',
      nodes: ['advantage'],
    },
    {
      text: 'The loss makes the actions of good steps likelier and those of bad steps rarer. Averaged over a few thousand steps, luck cancels out and skill remains.',
      nodes: ['loss', 'adam'],
    },
    {
      text: 'Run it. 200 steps are a perfect game. In validation the policy takes its best action each time: how soon does the mean return pass 150?',
      nodes: ['return', 'training'],
    },
  ],
};
