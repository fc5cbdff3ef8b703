import type { Document } from '@/lib/graph/document';
import { buildDocument } from './build-document';

/** Digits that are moved and tinted, some of them under a wrong label that they keep. */
export const augmentedDocument = (): Document =>
  buildDocument({
    nodes: {
      d: ['dataset', { dataset: 'digits' }],
      more: ['augment', { flip: 'none', shift: 0.2, zoom: 0.1, contrast: 0.3 }, { promoted: ['rotate'] }],
      turn: ['linear-ramp', { from: 0, to: 20, over: 3 }],
      wrong: ['corrupt-labels', { fraction: 0.4 }],
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
      ['more', 'flat'],
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
