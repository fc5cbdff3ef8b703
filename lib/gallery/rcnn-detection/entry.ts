import { buildDocument } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const pool = (from: string) => ({
  kind: 'max-pool-2d',
  params: { size: [2, 2], stride: [2, 2] },
  from: { x: from },
});

const conv = (from: string, filters: string) => ({
  kind: 'conv-2d',
  params: { filters: { '=': filters }, kernel: [3, 3], padding: 'same', activation: 'relu' },
  from: { x: from },
});

const document = buildDocument({
  title: 'R-CNN detection',
  pitch: 280,
  params: {
    width: { title: 'Filters of the first layer', default: 32, min: 2, max: 128 },
    epochs: { title: 'Epochs', default: 20, min: 1 },
  },
  presets: { quick: { width: 12, epochs: 2 } },
  expected: [
    { metric: 'test.mean-ap', op: '>=', value: 0.85 },
    { metric: 'test.mean-ap', op: '>=', value: 0.6, preset: 'quick' },
  ],
  settings: { batch: 16, lengths: {} },
  blocks: {
    head: {
      title: 'What is in a crop',
      inputs: [{ id: 'x', name: 'Crops', type: 'tensor' }],
      outputs: [
        { id: 'logits', name: 'Scores', type: 'tensor' },
        { id: 'delta', name: 'Correction', type: 'tensor' },
      ],
      params: { width: { title: 'Filters of the first layer', default: 16, min: 1 } },
      rows: [
        {
          nodes: {
            conv1: conv('$in.x', 'width'),
            pool1: pool('conv1'),
            conv2: conv('pool1', '2 * width'),
            pool2: pool('conv2'),
            flatten: { kind: 'flatten', from: { x: 'pool2' } },
            dense: { kind: 'dense', params: { units: 64, activation: 'relu' }, from: { x: 'flatten' } },
            logits: { kind: 'dense', params: { units: 4 }, from: { x: 'dense' } },
            delta: { kind: 'dense', params: { units: 4 }, from: { x: 'dense' }, at: { column: 6, down: 160 } },
          },
        },
      ],
      gives: { logits: 'logits', delta: 'delta' },
    },
  },
  rows: [
    {
      nodes: {
        scenes: { kind: 'dataset', params: { dataset: 'scenes' } },
        proposals: { kind: 'propose-regions', params: { max: 24 }, from: { image: 'scenes.image' } },
        targets: {
          kind: 'assign-targets',
          params: { keep: 12 },
          from: { boxes: 'proposals.boxes', truth: 'scenes.boxes', classes: 'scenes.classes' },
        },
        crops: {
          kind: 'crop-resize',
          params: { size: [16, 16] },
          from: { x: 'scenes.image', boxes: 'targets.rois' },
        },
        head: {
          kind: 'instance',
          params: { block: 'head', copies: 1, set: { width: { '=': 'width' } } },
          from: { x: 'crops' },
        },
      },
    },
    {
      nodes: {
        all: {
          kind: 'crop-resize',
          params: { size: [16, 16] },
          from: { x: 'scenes.image', boxes: 'proposals.boxes' },
          at: { column: 3 },
        },
        same: {
          kind: 'instance',
          params: { block: 'head', copies: 1, set: { width: { '=': 'width' } } },
          from: { x: 'all', weights: 'head.weights' },
        },
        found: {
          kind: 'nms',
          params: { max: 6 },
          from: { boxes: 'proposals.boxes', scores: 'same.logits', delta: 'same.delta' },
        },
        detect: { kind: 'output', params: { key: 'detect' }, from: { x: 'found.detections' } },
      },
    },
    {
      nodes: {
        what: {
          kind: 'cross-entropy',
          from: { logits: 'head.logits', labels: 'targets.class', sampleWeight: 'targets.weight' },
        },
        sum: { kind: 'loss-sum', from: { losses: ['what.loss', 'where.loss'] }, at: { column: 1, down: 64 } },
        adam: { kind: 'adam', params: { rate: 0.002 }, from: { loss: 'sum.loss' }, at: { column: 2 } },
        training: {
          kind: 'training',
          params: { epochs: { '=': 'epochs' } },
          from: { steps: ['adam.step'], monitor: 'map.metric' },
        },
        where: {
          kind: 'huber',
          from: { x: 'head.delta', target: 'targets.delta', sampleWeight: 'targets.fg' },
          at: { column: 0, down: 140 },
        },
        map: {
          kind: 'mean-ap',
          from: { detections: 'found.detections', boxes: 'scenes.boxes', classes: 'scenes.classes' },
          at: { column: 4 },
        },
        see: {
          kind: 'boxes',
          params: { count: 12, every: 50 },
          from: {
            image: 'scenes.image',
            detections: 'found.detections',
            boxes: 'scenes.boxes',
            classes: 'scenes.classes',
          },
          at: { column: 5 },
        },
      },
    },
  ],
  frames: [{ title: 'How it learns', around: ['what', 'where', 'see'], height: 400 }],
});

/** Regions with CNN features, after Girshick et al. (2014): propose, warp, classify, correct, suppress. */
export const entry: GalleryEntry = {
  id: 'rcnn-detection',
  title: 'R-CNN detection',
  section: 'B',
  summary: 'What is where: boxes around objects',
  minutes: 25,
  document,
  thumbnail: { draw: 'pictures', dataset: 'scenes' },
  lesson: [
    {
      text: 'A detector says what is in a picture and where. How many objects there are is not known before, so the network cannot simply have one output for each.',
      nodes: ['scenes'],
    },
    {
      text: 'R-CNN asks in two steps. First a program without learning proposes boxes: it cuts the picture into regions of like colour and merges neighbours. Most proposals are wrong, but an object is rarely missed.',
      nodes: ['proposals'],
    },
    {
      text: 'For learning, each proposal is compared with the true boxes. If it covers at least half of their common area, it should answer the class of the object and how to move onto it; otherwise it is background.',
      nodes: ['targets'],
    },
    {
      text: 'Every box is warped to 16 by 16 pixels and goes through one small CNN. It gives four scores, background and three shapes, and four numbers that correct the box.',
      nodes: ['crops', 'head'],
    },
    {
      text: 'Two losses are added: what it is, and where. The second counts only for boxes that lie on an object.',
      nodes: ['what', 'where', 'sum'],
    },
    {
      text: 'In use, all proposals go through the same CNN. Several lie on one object; non-maximum suppression keeps the surest and drops those that overlap it.',
      nodes: ['all', 'same', 'found'],
    },
    {
      text: 'Mean AP looks at all scores at once: how many objects are found, and how many false alarms come before them. Run it and watch the boxes move onto the shapes.',
      nodes: ['map', 'see'],
    },
  ],
};
