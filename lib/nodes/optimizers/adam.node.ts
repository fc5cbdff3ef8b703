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
  id: 'adam',
  version: 1,
  title: 'Adam',
  summary: 'Gives each weight a step size of its own.',
  category: 'optimizers',
  makes: 'step',
  role: 'optimizer',
  aliases: ['optimizer', 'optimiser', 'amsgrad', 'gradient descent'],
  icon: 'trending-down',
  fields: {
    rate: rateField(0.001),
    beta1: fractionField('Beta 1', 0.9, 'How long past gradients are remembered.'),
    beta2: fractionField('Beta 2', 0.999, 'How long their squares are remembered.'),
    epsilon: epsilonField(),
    amsgrad: { type: 'switch', title: 'AMSGrad', default: false, help: 'Never lets a step size grow again.' },
    decay: decayField(),
    ...scheduleFields(),
  },
  inputs: OPTIMIZER_INPUTS,
  outputs: OPTIMIZER_OUTPUTS,
  keeps: ({ amsgrad }) => (amsgrad === true ? 3 : 2),
  oftenNext: ['training', 'cosine'],
};

export const infer: Infer = () => ({ outputs: {} });

export const docs: KindDocs = {
  text: 'Keeps a running mean of each gradient and of its square, and divides one by the root of the other: weights with small, steady gradients take larger steps. A good first choice.',
  formula: 'w ← w − rate · m̂ / (√v̂ + ε)',
  source: 'Kingma and Ba, Adam, 2015; Reddi et al. 2018 (AMSGrad); Keras 3 Adam',
};

export const examples: KindExample[] = [
  { title: 'Defaults', inputs: {} },
  { title: 'AMSGrad', params: { amsgrad: true, rate: 0.01 }, inputs: {} },
];

export const run: KindRun = { as: 'optimizer', optimizer: withDecay(adam) };
