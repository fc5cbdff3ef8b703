import { LOSS_OUTPUTS, weightedLoss } from '../common/loss';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { lossEmit } from './loss-emission';
import { areasOf, inferOverlap, OVERLAP_EXAMPLES, OVERLAP_INPUTS, overlapFields, overlapLoss } from './overlap';

export const face: Face = {
  id: 'iou-loss',
  version: 1,
  title: 'IoU loss',
  summary: 'The part of both masks together that they do not share.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['jaccard', 'intersection over union', 'segmentation loss', 'overlap'],
  icon: 'layers-intersect',
  fields: overlapFields(),
  inputs: OVERLAP_INPUTS,
  outputs: LOSS_OUTPUTS,
  grad: ['logits'],
  second: true,
  oftenNext: ['loss-sum', 'adam'],
};

export const infer: Infer = (context) => inferOverlap('IoU loss', context);

export const docs: KindDocs = {
  text: 'For masks: the shared area over the area that either covers, taken from 1. It is a smooth form of the intersection over union by which segmentation is judged.',
  formula: 'l = 1 − (Σ p·t + s) / (Σ p + Σ t − Σ p·t + s)',
  source: 'Rahman and Wang, Optimizing intersection-over-union, 2016; Jaccard, 1901',
};

export const examples: KindExample[] = OVERLAP_EXAMPLES;

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const { both, truth, guess } = areasOf(tf, context);
    const perExample = overlapLoss(tf, context, both, tf.sub(tf.add(truth, guess), both));
    return weightedLoss(tf, perExample, context.inputs.sampleWeight?.[0]);
  },
};

export const emit: Emit = lossEmit;
