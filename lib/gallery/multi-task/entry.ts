import { type BlockPlan, buildDocument, type NodePlan } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const instance = (block: 'down' | 'up', from: string, factor: number): NodePlan => ({
  kind: 'instance',
  params: { block, copies: 1, set: { filters: { '=': `${factor} * width` } } },
  from: { x: from },
});

/** A convolution that halves or doubles the size, batch norm and ReLU. */
const stage = (title: string, kind: string): BlockPlan => ({
  title,
  pitch: 248,
  inputs: [{ id: 'x', name: 'Maps', type: 'tensor' }],
  outputs: [{ id: 'y', name: 'Maps', type: 'tensor' }],
  params: { filters: { title: 'Filters', default: 16, min: 1 } },
  rows: [
    {
      nodes: {
        conv: {
          kind,
          params: { filters: { '=': 'filters' }, kernel: [3, 3], stride: [2, 2], padding: 'same', bias: false },
          from: { x: '$in.x' },
        },
        norm: { kind: 'batch-norm', params: { momentum: 0.9 }, from: { x: 'conv' } },
        relu: { kind: 'activation', params: { function: 'relu' }, from: { x: 'norm' } },
      },
    },
  ],
  gives: { y: 'relu' },
});

/** Each task has one transposed convolution of its own; all that is before it is common. */
const head = (filters: number): NodePlan => ({
  kind: 'conv-2d-transpose',
  params: { filters, kernel: [4, 4], stride: [2, 2], padding: 'same' },
  from: { x: 'trunk' },
});

const document = buildDocument({
  title: 'Three tasks, one network',
  pitch: 264,
  params: {
    width: { title: 'Filters at half size', default: 24, min: 2, max: 128 },
    epochs: { title: 'Epochs', default: 20, min: 1 },
    learn: { title: 'Learn the weights', default: true },
  },
  presets: { quick: { width: 12, epochs: 3 } },
  variants: [
    { id: 'equal', title: 'Equal weights', set: { learn: false } },
    { id: 'learned', title: 'Learned weights', set: { learn: true } },
  ],
  expected: ['quick', undefined].flatMap((preset) => {
    const when = { variant: 'learned', ...(preset === undefined ? {} : { preset }) };
    const than = (metric: string) => ({ metric, variant: 'equal' });
    return [
      { metric: 'test.mean-iou', op: '>=' as const, than: than('test.mean-iou'), plus: -0.05, ...when },
      { metric: 'test.depth-error', op: '<' as const, than: than('test.depth-error'), times: 1.25, ...when },
      { metric: 'test.offset-error', op: '<' as const, than: than('test.offset-error'), ...when },
    ];
  }),
  settings: { batch: 16, lengths: {} },
  blocks: { down: stage('Half size', 'conv-2d'), up: stage('Double size', 'conv-2d-transpose') },
  rows: [
    {
      height: 352,
      nodes: {
        scenes: { kind: 'dataset', params: { dataset: 'scenes' } },
        half: instance('down', 'scenes.image', 1),
        quarter: instance('down', 'half', 2),
        eighth: instance('down', 'quarter', 4),
        up1: instance('up', 'eighth', 2),
        skip1: { kind: 'add', from: { x: ['up1', 'quarter'] } },
        up2: instance('up', 'skip1', 1),
        trunk: { kind: 'add', from: { x: ['up2', 'half'] } },
      },
    },
    {
      nodes: {
        classes: head(4),
        softmax: { kind: 'softmax', from: { x: 'classes' } },
        mask: { kind: 'output', params: { key: 'mask' }, from: { x: 'softmax' } },
        depth: head(1),
        far: { kind: 'output', params: { key: 'depth' }, from: { x: 'depth' } },
        offset: head(2),
        where: { kind: 'output', params: { key: 'offset' }, from: { x: 'offset' } },
      },
    },
    {
      nodes: {
        'class-loss': { kind: 'cross-entropy', from: { logits: 'classes', labels: 'scenes.mask' } },
        'depth-loss': { kind: 'mae', from: { x: 'depth', target: 'scenes.depth' } },
        'offset-loss': {
          kind: 'mae',
          from: { x: 'offset', target: 'scenes.offset', sampleWeight: 'scenes.inside' },
        },
        loss: {
          kind: 'uncertainty-sum',
          params: { learn: { '=': 'learn' }, forms: ['softmax', 'gaussian', 'gaussian'] },
          from: { losses: ['class-loss.loss', 'depth-loss.loss', 'offset-loss.loss'] },
        },
        cosine: { kind: 'cosine', params: { from: 0.005, to: 0 }, at: { column: 4, down: 110 } },
        adam: {
          kind: 'adam',
          params: { rate: 0.005 },
          promoted: ['rate'],
          from: { loss: 'loss.loss', 'param:rate': 'cosine.value' },
        },
        training: { kind: 'training', params: { epochs: { '=': 'epochs' } }, from: { steps: ['adam.step'] } },
      },
    },
    {
      nodes: {
        iou: { kind: 'mean-iou', from: { logits: 'classes', labels: 'scenes.mask' } },
        'depth-error': {
          kind: 'mean-error',
          params: { key: 'depth-error' },
          from: { x: 'depth', target: 'scenes.depth' },
        },
        'offset-error': {
          kind: 'mean-error',
          params: { key: 'offset-error' },
          from: { x: 'offset', target: 'scenes.offset', sampleWeight: 'scenes.inside' },
        },
      },
    },
  ],
});

/** Segmentation, depth and instances at once, after Kendall, Gal and Cipolla (2018). */
export const entry: GalleryEntry = {
  id: 'multi-task',
  title: 'Three tasks, one network',
  section: 'D',
  summary: 'How much should each loss count?',
  minutes: 20,
  document,
  thumbnail: { draw: 'pictures', dataset: 'scenes' },
  lesson: [
    {
      text: 'One network looks at a scene and answers three questions for every pixel: what is it, how far away is it, and where is the middle of the object it belongs to?',
      nodes: ['scenes', 'trunk', 'classes', 'depth', 'offset'],
    },
    {
      text: 'The three losses are of different kinds and sizes. A cross-entropy starts above 1, a distance of a few pixels is a hundredth. Simply added, the large one takes all attention.',
      nodes: ['class-loss', 'depth-loss', 'offset-loss'],
    },
    {
      text: 'The uncertainty sum learns a log-variance s for each task. Each loss is divided by e^s, and s itself is added, so that no task can be given up for free.',
      nodes: ['loss'],
    },
    {
      text: 'Run both variants. With learned weights, depth and offset come out more exactly, while the segmentation hardly changes.',
      nodes: ['iou', 'depth-error', 'offset-error'],
    },
  ],
};
