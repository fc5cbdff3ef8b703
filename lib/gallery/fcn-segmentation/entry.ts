import { type BlockPlan, buildDocument, type NodePlan } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const instance = (block: 'same' | 'down' | 'up', from: string, factor: number): NodePlan => ({
  kind: 'instance',
  params: { block, copies: 1, set: { filters: { '=': `${factor} * width` } } },
  from: { x: from },
});

/** A convolution, batch norm and ReLU. */
const stage = (title: string, kind: string, stride: number[]): BlockPlan => ({
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
          params: { filters: { '=': 'filters' }, kernel: [3, 3], stride, padding: 'same', bias: false },
          from: { x: '$in.x' },
        },
        norm: { kind: 'batch-norm', params: { momentum: 0.9 }, from: { x: 'conv' } },
        relu: { kind: 'activation', params: { function: 'relu' }, from: { x: 'norm' } },
      },
    },
  ],
  gives: { y: 'relu' },
});

const document = buildDocument({
  title: 'Fully convolutional segmentation',
  pitch: 264,
  params: {
    width: { title: 'Filters at half size', default: 32, min: 2, max: 128 },
    epochs: { title: 'Epochs', default: 20, min: 1 },
  },
  presets: { quick: { width: 16, epochs: 6 } },
  expected: [
    { metric: 'test.mean-iou', op: '>=', value: 0.92 },
    { metric: 'test.mean-iou', op: '>=', value: 0.8, preset: 'quick' },
  ],
  settings: { batch: 16, lengths: {} },
  blocks: {
    same: stage('Same size', 'conv-2d', [1, 1]),
    down: stage('Half size', 'conv-2d', [2, 2]),
    up: stage('Double size', 'conv-2d-transpose', [2, 2]),
  },
  rows: [
    {
      height: 352,
      nodes: {
        scenes: { kind: 'dataset', params: { dataset: 'scenes' } },
        half: instance('down', 'scenes.image', 1),
        quarter: instance('down', 'half', 2),
        eighth: instance('down', 'quarter', 4),
        bottom: instance('same', 'eighth', 4),
      },
    },
    {
      nodes: {
        up1: instance('up', 'bottom', 2),
        skip1: { kind: 'add', from: { x: ['up1', 'quarter'] } },
        up2: instance('up', 'skip1', 1),
        skip2: { kind: 'add', from: { x: ['up2', 'half'] } },
        scores: {
          kind: 'conv-2d-transpose',
          params: { filters: 4, kernel: [4, 4], stride: [2, 2], padding: 'same' },
          from: { x: 'skip2' },
        },
        softmax: { kind: 'softmax', from: { x: 'scores' } },
        answer: { kind: 'output', params: { key: 'mask' }, from: { x: 'softmax' } },
      },
    },
    {
      nodes: {
        loss: { kind: 'cross-entropy', from: { logits: 'scores', labels: 'scenes.mask' } },
        cosine: { kind: 'cosine', params: { from: 0.005, to: 0 }, at: { column: 1, down: 64 } },
        adam: {
          kind: 'adam',
          params: { rate: 0.005 },
          promoted: ['rate'],
          from: { loss: 'loss.loss', 'param:rate': 'cosine.value' },
          at: { column: 2 },
        },
        training: {
          kind: 'training',
          params: { epochs: { '=': 'epochs' } },
          from: { steps: ['adam.step'], monitor: 'iou.metric' },
        },
        iou: { kind: 'mean-iou', from: { logits: 'scores', labels: 'scenes.mask' }, at: { column: 0, down: 124 } },
        overlay: {
          kind: 'masks',
          params: { count: 12, every: 50 },
          from: { image: 'scenes.image', scores: 'scores', mask: 'scenes.mask' },
          at: { column: 4 },
        },
      },
    },
  ],
  frames: [{ title: 'How it learns', around: ['loss', 'iou', 'overlay'], height: 320 }],
});

/** A small network of convolutions only, after Long, Shelhamer and Darrell (2015). */
export const entry: GalleryEntry = {
  id: 'fcn-segmentation',
  title: 'Fully convolutional segmentation',
  section: 'B',
  summary: 'A class for every pixel',
  minutes: 20,
  document,
  thumbnail: { draw: 'pictures', dataset: 'scenes' },
  lesson: [
    {
      text: 'Drawn scenes: discs, squares and triangles before a wall. The task is not what is in the picture, but which pixel belongs to what.',
      nodes: ['scenes'],
    },
    {
      text: 'On the way down, each stride of 2 halves the picture and doubles the filters. At the bottom a unit sees a large part of the scene, enough to tell a square from a triangle, but only to the nearest 8 pixels.',
      nodes: ['half', 'quarter', 'eighth', 'bottom'],
    },
    {
      text: 'Transposed convolutions go back up: each learns how to spread one pixel over four. No layer is dense, so the same network takes pictures of any size.',
      nodes: ['up1', 'up2', 'scores'],
    },
    {
      text: 'What is known exactly about edges was lost on the way down. The skip wires bring it back: they add the maps of the same size from before.',
      nodes: ['skip1', 'skip2'],
    },
    {
      text: 'The last one gives four scores for each pixel, and the loss is a cross-entropy for each of the 2,304 pixels.',
      nodes: ['scores', 'loss'],
    },
    {
      text: 'Most pixels are wall, so accuracy says little. The mean IoU divides, for each class, the pixels that are right by those that are true or claimed. Run it: which shape is found last, and where do mistakes stay?',
      nodes: ['iou', 'overlay'],
    },
  ],
};
