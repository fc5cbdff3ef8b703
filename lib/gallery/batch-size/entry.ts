import type { Expectation } from '@/lib/graph/document';
import { buildDocument } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

/** The fewer examples a gradient is a mean of, the more it differs from batch to batch; after the first epoch, before they part. */
const noisier = (more: string, less: string): Omit<Expectation, 'preset'> => ({
  metric: 'val.noise',
  variant: more,
  over: 'first',
  op: '>',
  than: { metric: 'val.noise', variant: less, over: 'first' },
});

const results = [noisier('one', 'mini'), noisier('mini', 'full')];

const document = buildDocument({
  title: 'Batch size',
  params: {
    batch: { title: 'Examples in a batch', default: 32, min: 1, max: 2000 },
    epochs: { title: 'Epochs', default: 40, min: 1 },
  },
  presets: { quick: { epochs: 10 } },
  variants: [
    { id: 'one', title: 'One example', set: { batch: 1 } },
    { id: 'mini', title: 'Batches of 32', set: { batch: 32 } },
    { id: 'full', title: 'All at once', set: { batch: 1600 } },
  ],
  expected: [...results, ...results.map((one) => ({ ...one, preset: 'quick' }))],
  settings: { batch: { '=': 'batch' }, lengths: {} },
  rows: [
    {
      nodes: {
        moons: { kind: 'dataset', params: { dataset: 'moons' } },
        hidden: { kind: 'dense', params: { units: 16, activation: 'relu' }, from: { x: 'moons.point' } },
        logits: { kind: 'dense', params: { units: 2 }, from: { x: 'hidden' } },
        softmax: { kind: 'softmax', from: { x: 'logits' } },
        side: { kind: 'output', params: { key: 'side' }, from: { x: 'softmax' } },
      },
    },
    {
      nodes: {
        loss: { kind: 'cross-entropy', from: { logits: 'logits', labels: 'moons.label' } },
        sgd: { kind: 'sgd', params: { rate: 0.05 }, from: { loss: 'loss.loss' }, at: { column: 3 } },
        training: {
          kind: 'training',
          params: { epochs: { '=': 'epochs' } },
          from: { steps: ['sgd.step'] },
          at: { column: 4 },
        },
        slope: { kind: 'gradient', from: { of: 'loss.loss', wrt: 'hidden.kernel' }, at: { column: 0, down: 124 } },
        noise: {
          kind: 'variance',
          params: { key: 'noise', among: 'batches' },
          from: { x: 'slope' },
          at: { column: 2, down: 124 },
        },
        map: {
          kind: 'decision-boundary',
          params: { every: 50 },
          from: { x: 'moons.point', scores: 'logits', label: 'moons.label' },
          at: { column: 5 },
        },
      },
    },
  ],
  frames: [{ title: 'How it learns', around: ['loss', 'slope', 'map'], height: 320 }],
});

/** One example, a few, or all of them for each step: how much the gradients differ, and what an epoch costs. */
export const entry: GalleryEntry = {
  id: 'batch-size',
  title: 'Batch size',
  section: 'A',
  summary: 'One example, a few, or all for each step',
  minutes: 10,
  document,
  thumbnail: { draw: 'points', dataset: 'moons', boundary: 'curve' },
  lesson: [
    {
      text: 'Two moons, and a small network that tells them apart. The gradient says how each weight should move. But whose gradient: that of one point, of a few, or of all?',
      nodes: ['moons', 'hidden', 'loss'],
    },
    {
      text: 'Here the gradient of the loss for the first kernel is a node of its own, and its variance from batch to batch is a metric: the noise.',
      nodes: ['slope', 'noise'],
    },
    {
      text: 'Run the three variants. With one example at a time every step goes somewhere else, and on the whole they go the right way. A mean of n examples has an n-th of that variance.',
      nodes: ['noise', 'sgd'],
    },
    {
      text: 'Now look at the time. All at once makes one step an epoch, each of which knows exactly where to go, and gets nowhere in as many epochs. A batch of 32 costs hardly more than one example, and makes as many steps as it can: that is why it is what people use.',
      nodes: ['training', 'map'],
    },
  ],
};
