import { boxCount, boxProblems } from '../common/box-ports';
import { DETECTION } from '../common/boxes';
import { specOn } from '../common/inference';
import { keyField } from '../common/metric-key';
import { floatOn } from '../common/operands';
import { numberOf } from '../common/params';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { meanAveragePrecision } from './average-precision';

export const face: Face = {
  id: 'mean-ap',
  version: 1,
  title: 'Mean AP',
  summary: 'How well objects are found, over all scores.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'higher',
  aliases: ['map', 'mean average precision', 'object detection', 'voc', 'coco'],
  icon: 'chart-area-line',
  fields: {
    key: keyField('mean-ap'),
    overlap: {
      type: 'number',
      title: 'Overlap',
      default: 0.5,
      min: 0,
      max: 1,
      step: 0.05,
      essential: true,
      help: 'From which intersection over union with a true box on a detection is right.',
    },
  },
  inputs: [
    { id: 'detections', title: 'Detections', type: 'tensor' },
    { id: 'boxes', title: 'True boxes', type: 'tensor' },
    { id: 'classes', title: 'True classes', type: 'tensor' },
  ],
  outputs: [{ id: 'metric', title: 'Mean AP', type: 'metric' }],
  oftenNext: ['training'],
};

export const infer: Infer = ({ inputs }) => ({
  outputs: {},
  problems: [
    ...boxProblems('Mean AP', 'detections', specOn(inputs, 'detections'), DETECTION),
    ...boxProblems('Mean AP', 'boxes', specOn(inputs, 'boxes')),
  ],
});

export const docs: KindDocs = {
  text: 'Sorts the detections of a class by their score and asks, for every share of objects that are found, how many detections so far were right. The mean over classes is 1 if all objects come first and nothing else.',
  formula: 'mean over classes of ∫ precision d recall',
  source: 'Everingham et al., The Pascal visual object classes challenge, 2010: area under the curve',
};

export const examples: KindExample[] = [
  {
    title: 'Three detections, two objects',
    inputs: {
      detections: [{ shape: ['batch', 3, 6], dtype: 'float32', meaning: 'boxes', range: [0, 1] }],
      boxes: [{ shape: ['batch', 2, 4], dtype: 'float32', meaning: 'boxes', range: [0, 1] }],
      classes: [{ shape: ['batch', 2], dtype: 'int32', meaning: 'class', classes: 3 }],
    },
  },
];

export const run: KindRun = {
  as: 'fold',
  fold: {
    combine: 'concat',
    measure: (tf, { inputs }) => ({
      detections: tf.reshape(floatOn(tf, inputs, 'detections'), [-1]),
      boxes: tf.reshape(floatOn(tf, inputs, 'boxes'), [-1]),
      classes: tf.reshape(floatOn(tf, inputs, 'classes'), [-1]),
    }),
    result({ detections = [], boxes = [], classes = [] }, params, specs) {
      const perPicture = boxCount(specs.boxes?.[0]) ?? 1;
      const most = boxCount(specs.detections?.[0]) ?? 1;
      return meanAveragePrecision({ detections, most, boxes, classes, perPicture }, numberOf(params, 'overlap'));
    },
  },
};
