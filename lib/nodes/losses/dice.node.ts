import { LOSS_OUTPUTS, weightedLoss } from '../common/loss';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { lossEmit } from './loss-emission';
import { areasOf, inferOverlap, OVERLAP_EXAMPLES, OVERLAP_INPUTS, overlapFields, overlapLoss } from './overlap';

export const face: Face = {
  id: 'dice',
  version: 1,
  title: 'Dice loss',
  summary: 'How little a predicted mask overlaps the true one.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['sorensen', 'f1 loss', 'segmentation loss', 'v-net', 'overlap'],
  icon: 'circles-relation',
  fields: overlapFields(),
  inputs: OVERLAP_INPUTS,
  outputs: LOSS_OUTPUTS,
  grad: ['logits'],
  second: true,
  oftenNext: ['loss-sum', 'adam'],
};

export const infer: Infer = (context) => inferOverlap('Dice loss', context);

export const docs: KindDocs = {
  text: 'For masks: twice the shared area over the sum of both areas, taken from 1. However small the object is among the background, it counts as much as a large one.',
  formula: 'l = 1 − (2·Σ p·t + s) / (Σ p + Σ t + s)',
  source: 'Milletari et al., V-Net, 2016; Keras 3 Dice',
};

export const examples: KindExample[] = OVERLAP_EXAMPLES;

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const { both, truth, guess } = areasOf(tf, context);
    const perExample = overlapLoss(tf, context, tf.mul(both, 2), tf.add(truth, guess));
    return weightedLoss(tf, perExample, context.inputs.sampleWeight?.[0]);
  },
};

export const emit: Emit = lossEmit;
