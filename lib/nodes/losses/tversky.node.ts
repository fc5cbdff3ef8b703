import { liveNumber } from '../common/live';
import { LOSS_OUTPUTS, weightedLoss } from '../common/loss';
import type { Field } from '../field';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { lossEmit } from './loss-emission';
import { areasOf, inferOverlap, OVERLAP_EXAMPLES, OVERLAP_INPUTS, overlapFields, overlapLoss } from './overlap';

const share = (title: string, help: string): Field => ({
  type: 'number',
  title,
  default: 0.5,
  min: 0,
  max: 10,
  soft: [0, 1],
  step: 0.01,
  live: true,
  essential: true,
  help,
});

export const face: Face = {
  id: 'tversky',
  version: 1,
  title: 'Tversky loss',
  summary: 'Dice that minds misses more than false alarms, or less.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['dice', 'segmentation loss', 'false positives', 'false negatives', 'imbalance'],
  icon: 'circles',
  fields: {
    alpha: share('Alpha', 'What a missed pixel costs.'),
    beta: share('Beta', 'What a falsely marked pixel costs.'),
    ...overlapFields(),
  },
  inputs: OVERLAP_INPUTS,
  outputs: LOSS_OUTPUTS,
  grad: ['logits'],
  second: true,
  oftenNext: ['loss-sum', 'adam'],
};

export const infer: Infer = (context) => inferOverlap('Tversky loss', context);

export const docs: KindDocs = {
  text: 'The Dice loss with a price for each kind of mistake: with 0.5 and 0.5 it is Dice, with 1 and 1 the IoU loss. A higher alpha finds more of a small object, at the price of false alarms.',
  formula: 'l = 1 − (Σ p·t + s) / (Σ p·t + α·Σ (1 − p)·t + β·Σ p·(1 − t) + s)',
  source: 'Salehi et al., Tversky loss function for image segmentation, 2017; Keras 3 Tversky',
};

export const examples: KindExample[] = OVERLAP_EXAMPLES;

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const { both, truth, guess } = areasOf(tf, context);
    const missed = tf.mul(tf.sub(truth, both), liveNumber(context, 'alpha'));
    const extra = tf.mul(tf.sub(guess, both), liveNumber(context, 'beta'));
    const perExample = overlapLoss(tf, context, both, tf.add(both, tf.add(missed, extra)));
    return weightedLoss(tf, perExample, context.inputs.sampleWeight?.[0]);
  },
};

export const emit: Emit = lossEmit;
