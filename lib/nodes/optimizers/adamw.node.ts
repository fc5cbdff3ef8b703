import { adam } from '../common/adam-update';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import {
  epsilonField,
  fractionField,
  OPTIMIZER_INPUTS,
  OPTIMIZER_OUTPUTS,
  rateField,
  scheduleFields,
} from './optimizer-fields';
import { decayField, withDecay } from './weight-decay';

export const face: Face = {
  id: 'adamw',
  version: 1,
  title: 'AdamW',
  summary: 'Adam that also pulls weights towards zero.',
  category: 'optimizers',
  makes: 'step',
  role: 'optimizer',
  aliases: ['optimizer', 'optimiser', 'weight decay', 'decoupled', 'adam'],
  icon: 'trending-down',
  fields: {
    rate: rateField(0.001),
    decay: { ...decayField(0.004), essential: true },
    beta1: fractionField('Beta 1', 0.9, 'How long past gradients are remembered.'),
    beta2: fractionField('Beta 2', 0.999, 'How long their squares are remembered.'),
    epsilon: epsilonField(),
    amsgrad: { type: 'switch', title: 'AMSGrad', default: false, help: 'Never lets a step size grow again.' },
    ...scheduleFields(),
  },
  inputs: OPTIMIZER_INPUTS,
  outputs: OPTIMIZER_OUTPUTS,
  keeps: ({ amsgrad }) => (amsgrad === true ? 3 : 2),
  oftenNext: ['training', 'cosine'],
};

export const infer: Infer = () => ({ outputs: {} });

export const docs: KindDocs = {
  text: 'Adam with honest weight decay: before each step every weight shrinks a little, whatever its gradient. The usual choice for transformers.',
  formula: 'w ← w·(1 − rate·λ) − rate · m̂ / (√v̂ + ε)',
  source: 'Loshchilov and Hutter, Decoupled weight decay regularization, 2019; Keras 3 AdamW',
};

export const examples: KindExample[] = [{ title: 'Defaults', inputs: {} }];

export const run: KindRun = { as: 'optimizer', optimizer: withDecay(adam) };
