import { flagOf } from '../common/params';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { averageOverClasses, CLASS_INPUTS, classFields, inferClasses, measureClasses } from './class-counts';

const { key, from } = classFields('mean-iou');

export const face: Face = {
  id: 'mean-iou',
  version: 1,
  title: 'Mean IoU',
  summary: 'How well predicted areas cover the true ones.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'higher',
  aliases: ['iou', 'jaccard', 'intersection over union', 'miou', 'segmentation'],
  icon: 'layers-intersect',
  fields: {
    ...(key && { key }),
    ...(from && { from }),
    background: {
      type: 'switch',
      title: 'Count class 0',
      default: true,
      help: 'Off leaves the first class out, which usually is the background.',
    },
  },
  inputs: CLASS_INPUTS,
  outputs: [{ id: 'metric', title: 'Mean IoU', type: 'metric' }],
  oftenNext: ['training'],
};

export const infer: Infer = (context) => inferClasses('Mean IoU', context);

export const docs: KindDocs = {
  text: 'For segmentation: of all pixels that are of a class or are called so, the share where both agree; averaged over classes. Pixels of the whole split are counted together.',
  formula: 'mean over classes of hits / (predicted + actual − hits)',
  source: 'Jaccard, 1901; Everingham et al., The Pascal visual object classes challenge, 2010; Keras 3 MeanIoU',
};

export const examples: KindExample[] = [
  {
    title: 'Classes of pixels',
    inputs: {
      logits: [{ shape: ['batch', 4, 4, 3], dtype: 'float32', meaning: 'features' }],
      labels: [{ shape: ['batch', 4, 4], dtype: 'int32', meaning: 'mask', classes: 3 }],
    },
  },
  {
    title: 'One mask',
    params: { from: 'probabilities', background: false },
    inputs: {
      logits: [{ shape: ['batch', 4, 4, 1], dtype: 'float32', meaning: 'probabilities', range: [0, 1] }],
      labels: [{ shape: ['batch', 4, 4], dtype: 'int32', meaning: 'mask', classes: 2 }],
    },
  },
];

export const run: KindRun = {
  as: 'fold',
  fold: {
    measure: measureClasses,
    result: (totals, params) =>
      averageOverClasses(
        flagOf(params, 'background')
          ? totals
          : Object.fromEntries(Object.entries(totals).map(([name, counts]) => [name, counts.slice(1)])),
        'classes',
        (hits, predicted, actual) => hits / (predicted + actual - hits),
      ),
  },
};
