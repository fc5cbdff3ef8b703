import type { Face, Infer, KindDocs, KindExample } from '../kind';

export const face: Face = {
  id: 'weight-average',
  version: 1,
  title: 'Weight average',
  summary: 'Weights that follow others slowly, as a moving average.',
  category: 'optimizers',
  makes: 'step',
  role: 'average',
  aliases: ['ema', 'exponential moving average', 'polyak', 'average weights', 'target network', 'teacher'],
  icon: 'wave-sine',
  fields: {
    decay: {
      type: 'number',
      title: 'Decay',
      default: 0.999,
      min: 0,
      max: 1,
      step: 0.001,
      live: true,
      essential: true,
      help: 'What remains of the average at each update. 0.999 looks back about a thousand updates.',
    },
  },
  inputs: [{ id: 'weights', title: 'Weights', type: 'weights' }],
  outputs: [{ id: 'weights', title: 'Averaged weights', type: 'weights' }],
  oftenNext: ['instance', 'output', 'sample-grid'],
};

export const infer: Infer = () => ({ outputs: {} });

export const docs: KindDocs = {
  text: 'Wire the weights of a layer or block in, and the averaged ones into a second layer or block of the same kind: it computes with the average, which is calmer than the weights at any one moment. The average starts equal and moves with each update of the weights; moving statistics, such as those of batch norm, are copied.',
  formula: 'a ← decay·a + (1 − decay)·w',
  source: 'Polyak and Juditsky, Acceleration of stochastic approximation by averaging, 1992; Keras 3 use_ema',
};

export const examples: KindExample[] = [
  { title: 'Defaults', inputs: {} },
  { title: 'A short memory', params: { decay: 0.9 }, inputs: {} },
];
