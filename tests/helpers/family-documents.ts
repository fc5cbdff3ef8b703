import type { Document } from '@/lib/graph/document';
import { buildDocument, type GraphSketch } from './build-document';

/** One small document for each family of models, with everything a run may hold between two iterations. */
const settings = (batch: number) => ({ settings: { batch, lengths: {} } });

/** Dropout, gathered and clipped gradients, a watched metric whose best weights come back. */
export const mlpFamily = (): Document =>
  buildDocument({
    nodes: {
      d: ['dataset', { dataset: 'digits' }],
      flat: ['flatten'],
      drop: ['dropout', { rate: 0.3 }],
      h: ['dense', { units: 12, activation: 'relu' }],
      o: ['dense', { units: 10 }],
      L: ['cross-entropy'],
      acc: ['accuracy'],
      opt: ['adam', { rate: 0.01, accumulate: 3, clip: 'global-norm', clipAt: 0.8 }],
      T: ['training', { epochs: 3, restoreBest: true, patience: 2 }],
      wall: ['sample-grid', { every: 5 }],
    },
    wires: [
      ['d.image', 'flat'],
      ['flat', 'drop'],
      ['drop', 'h'],
      ['h', 'o'],
      ['o', 'L.logits'],
      ['d.label', 'L.labels'],
      ['o', 'acc.logits'],
      ['d.label', 'acc.labels'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
      ['acc.metric', 'T.monitor'],
      ['d.image', 'wall.image'],
      ['d.label', 'wall.label'],
      ['o', 'wall.scores'],
    ],
    rest: settings(160),
  });

/** Convolution, batch norm, pooling, dropout; momentum under a schedule. */
export const cnnFamily = (): Document =>
  buildDocument({
    nodes: {
      d: ['dataset', { dataset: 'digits' }],
      conv: ['conv-2d', { filters: 4, kernel: [3, 3] }],
      bn: ['batch-norm', { momentum: 0.9 }],
      relu: ['activation'],
      pool: ['max-pool-2d', { size: [2, 2] }],
      flat: ['flatten'],
      drop: ['dropout', { rate: 0.25 }],
      o: ['dense', { units: 10 }],
      L: ['cross-entropy'],
      confusion: ['confusion'],
      cosine: ['cosine', { from: 0.1, to: 0.01, over: 2, unit: 'epochs' }],
      opt: ['momentum', { accumulate: 2 }, { promoted: ['rate'] }],
      T: ['training', { epochs: 2 }],
    },
    wires: [
      ['d.image', 'conv'],
      ['conv', 'bn'],
      ['bn', 'relu'],
      ['relu', 'pool'],
      ['pool', 'flat'],
      ['flat', 'drop'],
      ['drop', 'o'],
      ['o', 'L.logits'],
      ['d.label', 'L.labels'],
      ['o', 'confusion.logits'],
      ['d.label', 'confusion.labels'],
      ['cosine.value', 'opt.param:rate'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
    ],
    rest: settings(128),
  });

/** Digits read row by row, with dropout between the steps. */
export const lstmFamily = (): Document =>
  buildDocument({
    nodes: {
      d: ['dataset', { dataset: 'digits' }],
      rows: ['reshape', { shape: [8, 8] }],
      lstm: ['lstm', { units: 8, dropout: 0.1 }],
      o: ['dense', { units: 10 }],
      L: ['cross-entropy'],
      acc: ['accuracy'],
      opt: ['nadam', { rate: 0.01, accumulate: 2 }],
      T: ['training', { epochs: 2 }],
    },
    wires: [
      ['d.image', 'rows'],
      ['rows', 'lstm'],
      ['lstm', 'o'],
      ['o', 'L.logits'],
      ['d.label', 'L.labels'],
      ['o', 'acc.logits'],
      ['d.label', 'acc.labels'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
    ],
    rest: settings(160),
  });

/** A latent sample, a weight of the loss that follows a ramp, and a wall of decoded noise. */
export const vaeFamily = (): Document =>
  buildDocument({
    nodes: {
      d: ['dataset', { dataset: 'digits' }],
      flat: ['flatten'],
      h: ['dense', { units: 12, activation: 'relu' }],
      mu: ['dense', { units: 2 }],
      logvar: ['dense', { units: 2 }],
      z: ['gaussian-sample'],
      g: ['dense', { units: 12, activation: 'relu' }],
      pixels: ['dense', { units: 64 }],
      picture: ['reshape', { shape: [8, 8, 1] }],
      R: ['bce', { from: 'logits', reduce: 'sum' }],
      K: ['kl-normal'],
      ramp: ['linear-ramp', { from: 0.1, to: 1, over: 12 }],
      L: ['loss-sum', { weights: [1, 1] }, { promoted: ['weights.1'] }],
      opt: ['adamw', { rate: 0.005, accumulate: 2 }],
      T: ['training', { epochs: 2 }],
      map: ['scatter', { count: 50, every: 4 }],
    },
    wires: [
      ['d.image', 'flat'],
      ['flat', 'h'],
      ['h', 'mu'],
      ['h', 'logvar'],
      ['mu', 'z.mu'],
      ['logvar', 'z.logvar'],
      ['z.z', 'g'],
      ['g', 'pixels'],
      ['pixels', 'picture'],
      ['picture', 'R.x'],
      ['d.image', 'R.labels'],
      ['mu', 'K.mu'],
      ['logvar', 'K.logvar'],
      ['R.loss', 'L.losses'],
      ['K.loss', 'L.losses'],
      ['ramp.value', 'L.param:weights.1'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
      ['mu', 'map.x'],
    ],
    rest: settings(160),
  });

const net = (units: number): GraphSketch => ({
  nodes: {
    h: ['dense', { units: 10, activation: 'relu' }],
    bn: ['batch-norm', { momentum: 0.8 }],
    o: ['dense', { units }],
  },
  wires: [
    ['$in.x', 'h'],
    ['h', 'bn'],
    ['bn', 'o'],
    ['o', '$out.y'],
  ],
});

/**
 * Two optimizers with rhythms of their own; the discriminator also sees points of earlier iterations; a third network is
 * the generator's average.
 */
export const ganFamily = (): Document => {
  const port = (id: string) => [{ id, name: id, type: 'tensor' as const }];
  return buildDocument({
    blocks: {
      gen: { ...net(2), inputs: port('x'), outputs: port('y') },
      disc: { ...net(1), inputs: port('x'), outputs: port('y') },
    },
    nodes: {
      d: ['dataset', { dataset: 'moons' }],
      z: ['noise', { shape: [2] }],
      G: ['instance', { block: 'gen' }],
      past: ['history', { size: 300 }],
      Dr: ['instance', { block: 'disc' }],
      Dp: ['instance', { block: 'disc' }],
      Df: ['instance', { block: 'disc' }],
      Ld: ['gan-loss', { side: 'discriminator' }],
      Lg: ['gan-loss', { side: 'generator' }],
      oD: ['adam', { rate: 0.01 }],
      oG: ['rmsprop', { rate: 0.01, every: 2, accumulate: 2 }],
      slow: ['weight-average', { decay: 0.9 }],
      E: ['instance', { block: 'gen' }],
      made: ['scatter', { count: 40, every: 5 }],
      T: ['training', { epochs: 2 }],
    },
    wires: [
      ['z', 'G'],
      ['G', 'past'],
      ['d.point', 'Dr'],
      ['past', 'Dp'],
      ['G', 'Df'],
      ['Dr.weights', 'Dp.weights'],
      ['Dr.weights', 'Df.weights'],
      ['Dp', 'Ld.x'],
      ['Dr', 'Ld.real'],
      ['Df', 'Lg.x'],
      ['Ld.loss', 'oD.loss'],
      ['Dr.weights', 'oD.weights'],
      ['past.weights', 'oD.weights'],
      ['Lg.loss', 'oG.loss'],
      ['G.weights', 'oG.weights'],
      ['G.weights', 'slow.weights'],
      ['z', 'E'],
      ['slow.weights', 'E.weights'],
      ['E', 'made.x'],
      ['oD.step', 'T.steps'],
      ['oG.step', 'T.steps'],
    ],
    rest: settings(200),
  });
};

/** Three optimizers on one problem; the wildest is retired when its loss explodes. */
export const raceFamily = (): Document => {
  const lanes = ['calm', 'brisk', 'wild'];
  const rates: Record<string, number> = { calm: 0.01, brisk: 0.1, wild: 30 };
  return buildDocument({
    nodes: {
      d: ['dataset', { dataset: 'wave' }],
      T: ['training', { lengthBy: 'iterations', iterations: 24, validate: 10 }],
      ...Object.fromEntries(
        lanes.flatMap((lane): [string, GraphSketch['nodes'][string]][] => [
          [`${lane}H`, ['dense', { units: 6, activation: 'relu' }]],
          [`${lane}O`, ['dense', { units: 1 }]],
          [`${lane}L`, ['mse']],
          [lane, ['momentum', { rate: rates[lane] ?? 0, nonFinite: 'retire' }]],
        ]),
      ),
    },
    wires: lanes.flatMap((lane): [string, string][] => [
      ['d.x', `${lane}H`],
      [`${lane}H`, `${lane}O`],
      [`${lane}O`, `${lane}L.x`],
      ['d.y', `${lane}L.target`],
      [`${lane}L.loss`, `${lane}.loss`],
      [`${lane}.step`, 'T.steps'],
    ]),
    rest: settings(32),
  });
};

/** A line through a wave, at a rate that makes its error seventeen times larger with every step. */
export const explodingFamily = (): Document =>
  buildDocument({
    nodes: {
      d: ['dataset', { dataset: 'wave' }],
      o: ['dense', { units: 1 }],
      L: ['mse'],
      opt: ['sgd', { rate: 3 }],
      T: ['training', { epochs: 4 }],
    },
    wires: [
      ['d.x', 'o'],
      ['o', 'L.x'],
      ['d.y', 'L.target'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
    ],
    rest: settings(100),
  });
