import type { Document } from '@/lib/graph/document';
import { buildDocument } from './build-document';
import { port } from './caller-documents';

/** Digits that are moved and tinted, some of them under a wrong label that they keep; what filters look for is cut out. */
export const augmentedDocument = (): Document =>
  buildDocument({
    nodes: {
      d: ['dataset', { dataset: 'digits' }],
      more: ['augment', { flip: 'none', shift: 0.2, zoom: 0.1, contrast: 0.3 }, { promoted: ['rotate'] }],
      turn: ['linear-ramp', { from: 0, to: 20, over: 3 }],
      wrong: ['corrupt-labels', { fraction: 0.4 }],
      conv: ['conv-2d', { filters: 3, kernel: [3, 3], activation: 'relu' }],
      see: ['top-patches', { filters: 2, patches: 2, size: 3 }],
      flat: ['flatten'],
      h: ['dense', { units: 10 }],
      L: ['cross-entropy'],
      acc: ['accuracy'],
      opt: ['adam', { rate: 0.01 }],
      T: ['training', { epochs: 2 }],
      out: ['output', { key: 'digit' }],
    },
    wires: [
      ['d.image', 'more'],
      ['turn.value', 'more.param:rotate'],
      ['d.label', 'wrong'],
      ['d.index', 'wrong.index'],
      ['more', 'conv'],
      ['conv', 'flat'],
      ['conv', 'see'],
      ['more', 'see.image'],
      ['flat', 'h'],
      ['h', 'L.logits'],
      ['wrong', 'L.labels'],
      ['h', 'acc.logits'],
      ['wrong', 'acc.labels'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
      ['h', 'out'],
    ],
    rest: { settings: { batch: 500, lengths: {} } },
  });

/** Scenes are segmented; masks move with their pictures while training. */
export const segmentationDocument = (): Document =>
  buildDocument({
    nodes: {
      d: ['dataset', { dataset: 'scenes' }],
      more: ['augment', { rotate: 10, more: 1 }],
      conv: ['conv-2d', { filters: 4, kernel: [3, 3] }],
      L: ['cross-entropy'],
      iou: ['mean-iou'],
      opt: ['adam'],
      T: ['training', { epochs: 1 }],
      out: ['output', { key: 'segment' }],
    },
    wires: [
      ['d.image', 'more'],
      ['d.mask', 'more.x2'],
      ['more', 'conv'],
      ['conv', 'L.logits'],
      ['more.y2', 'L.labels'],
      ['conv', 'iou.logits'],
      ['more.y2', 'iou.labels'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
      ['conv', 'out'],
    ],
  });

/** Example 10 of the specification in small: scenes are described in words of a vocabulary that is read from their captions. */
export const imageCaptioning = (): Document =>
  buildDocument({
    blocks: {
      encoder: {
        nodes: {
          small: ['average-pool-2d', { size: [8, 8], stride: [8, 8] }],
          flat: ['flatten'],
          f: ['dense', { units: 6, activation: 'tanh' }],
        },
        wires: [
          ['$in.x', 'small'],
          ['small', 'flat'],
          ['flat', 'f'],
          ['f', '$out.y'],
        ],
        inputs: [port('x')],
        outputs: [port('y')],
      },
      decoder: {
        nodes: {
          e: ['embedding', { tokens: 18, size: 5 }],
          all: ['repeat', { times: 14 }],
          both: ['concat'],
          r: ['gru', { units: 6, gives: 'every' }],
          scores: ['dense', { units: 18 }],
        },
        wires: [
          ['$in.x', 'e'],
          ['$in.f', 'all'],
          ['e', 'both'],
          ['all', 'both'],
          ['both', 'r'],
          ['r', 'scores'],
          ['scores', '$out.logits'],
        ],
        inputs: [port('x'), port('f')],
        outputs: [port('logits')],
      },
    },
    nodes: {
      d: ['dataset', { dataset: 'scenes' }],
      F: ['instance', { block: 'encoder' }],
      t: ['vectorise', { size: 18, length: 14 }],
      right: ['shift-right'],
      Y: ['instance', { block: 'decoder' }],
      pad: ['not-padding'],
      L: ['cross-entropy'],
      say: ['generate', { block: 'decoder', length: 14, temperature: 0, end: 2 }],
      exact: ['exact-match'],
      cap: ['captions', { every: 2, count: 4 }],
      opt: ['adam', { rate: 0.02 }],
      T: ['training', { lengthBy: 'iterations', iterations: 5, validate: 5 }],
      caption: ['output', { key: 'caption' }],
    },
    wires: [
      ['d.image', 'F'],
      ['d.caption', 't'],
      ['t', 'right'],
      ['right', 'Y.x'],
      ['F', 'Y.f'],
      ['Y.logits', 'L.logits'],
      ['t', 'L.labels'],
      ['t', 'pad'],
      ['pad', 'L.sampleWeight'],
      ['F', 'say.f'],
      ['Y.weights', 'say.weights'],
      ['say', 'exact.x'],
      ['t', 'exact.target'],
      ['d.image', 'cap.image'],
      ['say', 'cap.tokens'],
      ['t', 'cap.target'],
      ['t.vocabulary', 'cap.vocabulary'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
      ['say', 'caption'],
    ],
    rest: { settings: { batch: 125, lengths: {} } },
  });
