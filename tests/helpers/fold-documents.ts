import type { Document } from '@/lib/graph/document';
import { buildDocument, type GraphSketch } from './build-document';
import { port } from './caller-documents';
import { documentOf } from './programs';

/**
 * Chemistry of very different sizes, normalised to the data and again behind a layer that is; classes weighed by how rare they
 * are; rows drawn by their rarity in a latent space that learns.
 */
export const heldDocument = (): Document =>
  documentOf(
    {
      data: { kind: 'dataset', params: { dataset: 'wine' } },
      normalise: { kind: 'normalise' },
      encode: { kind: 'dense', params: { units: 2 } },
      again: { kind: 'normalise' },
      scores: { kind: 'dense', params: { units: 3 } },
      classes: { kind: 'class-weight' },
      weight: { kind: 'gather' },
      rare: { kind: 'latent-resampling', params: { bins: 5, smoothing: 0.05 } },
      loss: { kind: 'cross-entropy' },
      accuracy: { kind: 'accuracy' },
      sgd: { kind: 'sgd', params: { rate: 0.1 } },
      training: { kind: 'training', params: { epochs: 2 } },
    },
    [
      ['rare.y', 'data.sampling'],
      ['data.features', 'normalise.x'],
      ['normalise.y', 'encode.x'],
      ['encode.y', 'again.x'],
      ['again.y', 'scores.x'],
      ['again.y', 'rare.mu'],
      ['data.label', 'classes.labels'],
      ['classes.y', 'weight.x'],
      ['data.label', 'weight.index'],
      ['scores.y', 'loss.logits'],
      ['data.label', 'loss.labels'],
      ['weight.y', 'loss.sampleWeight'],
      ['scores.y', 'accuracy.logits'],
      ['data.label', 'accuracy.labels'],
      ['loss.loss', 'sgd.loss'],
      ['sgd.step', 'training.steps'],
    ],
    50,
  );

/** Two averages of one network, one following the other with a schedule; gradients gathered over two iterations. */
export const averageDocument = (): Document =>
  buildDocument({
    blocks: {
      net: {
        inputs: [{ id: 'x', name: 'x', type: 'tensor' }],
        outputs: [{ id: 'y', name: 'y', type: 'tensor' }],
        nodes: {
          fit: ['normalise'],
          h: ['dense', { units: 4 }],
          bn: ['batch-norm', { momentum: 0.7 }],
          o: ['dense', { units: 3 }],
        },
        wires: [
          ['$in.x', 'fit'],
          ['fit', 'h'],
          ['h', 'bn'],
          ['bn', 'o'],
          ['o', '$out.y'],
        ],
      },
    },
    nodes: {
      d: ['dataset', { dataset: 'iris' }],
      G: ['instance', { block: 'net' }],
      slow: ['weight-average', { decay: 0.8 }],
      slower: ['weight-average', {}, { promoted: ['decay'] }],
      ramp: ['linear-ramp', { from: 0.1, to: 0.9, over: 5 }],
      E: ['instance', { block: 'net' }],
      F: ['instance', { block: 'net' }],
      L: ['cross-entropy'],
      accE: ['accuracy', { key: 'slow' }],
      accF: ['accuracy', { key: 'slower' }],
      opt: ['sgd', { rate: 0.2, accumulate: 2 }],
      T: ['training', { lengthBy: 'iterations', iterations: 7, validate: 3 }],
      out: ['output', { key: 'calm' }],
    },
    wires: [
      ['d.features', 'G'],
      ['d.features', 'E'],
      ['d.features', 'F'],
      ['G.weights', 'slow.weights'],
      ['slow.weights', 'E.weights'],
      ['slow.weights', 'slower.weights'],
      ['slower.weights', 'F.weights'],
      ['ramp.value', 'slower.param:decay'],
      ['G', 'L.logits'],
      ['d.label', 'L.labels'],
      ['E', 'accE.logits'],
      ['d.label', 'accE.labels'],
      ['F', 'accF.logits'],
      ['d.label', 'accF.labels'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
      ['F', 'out'],
    ],
    rest: { settings: { batch: 32, lengths: {} } },
  });

/** Two stages: the second grows a branch with statistics of its own out of the first, fades it in, and stays with it. */
const grows: GraphSketch = {
  nodes: {
    base: ['dense', { units: 4, activation: 'tanh' }],
    first: ['dense', { units: 3 }],
    deeper: ['dense', { units: 5, activation: 'relu' }],
    bn: ['batch-norm', { momentum: 0.7 }],
    second: ['dense', { units: 3 }],
    fade: ['lerp'],
    choose: ['switch'],
  },
  wires: [
    ['$in.x', 'base'],
    ['base', 'first'],
    ['base', 'deeper'],
    ['deeper', 'bn'],
    ['bn', 'second'],
    ['first', 'fade.a'],
    ['second', 'fade.b'],
    ['$in.alpha', 'fade.t'],
    ['first', 'choose'],
    ['fade', 'choose'],
    ['second', 'choose'],
    ['$in.stage', 'choose.param:index'],
    ['choose', '$out.y'],
  ],
};

/** A classifier that grows over three stages, its average, and a block with a switch that is called twice. */
export const growingDocument = (): Document =>
  buildDocument({
    blocks: {
      net: { ...grows, inputs: [port('x'), port('stage', 'number'), port('alpha', 'number')], outputs: [port('y')] },
      step: {
        nodes: {
          when: ['stages', { lengths: [4, 4], fade: 0 }],
          less: ['dense', { units: 4 }],
          more: ['dense', { units: 4, activation: 'tanh' }],
          choose: ['switch'],
        },
        wires: [
          ['$in.x', 'less'],
          ['$in.x', 'more'],
          ['less', 'choose'],
          ['more', 'choose'],
          ['when.stage', 'choose.param:index'],
          ['choose', '$out.y'],
        ],
        inputs: [port('x')],
        outputs: [port('y')],
      },
    },
    nodes: {
      d: ['dataset', { dataset: 'iris' }],
      s: ['stages', { lengths: [3, 3, 3], fade: 1 }],
      twice: ['iterate', { block: 'step', times: 2 }],
      G: ['instance', { block: 'net' }],
      ema: ['weight-average', { decay: 0.5 }],
      E: ['instance', { block: 'net' }],
      L: ['cross-entropy'],
      acc: ['accuracy'],
      calm: ['accuracy', { key: 'calm' }],
      opt: ['adam', { rate: 0.02 }],
      T: ['training', { lengthBy: 'iterations', iterations: 9, validate: 2 }],
      out: ['output'],
    },
    wires: [
      ['d.features', 'twice'],
      ['twice', 'G'],
      ['twice', 'E'],
      ['s.stage', 'G.stage'],
      ['s.alpha', 'G.alpha'],
      ['s.stage', 'E.stage'],
      ['s.alpha', 'E.alpha'],
      ['G.weights', 'ema.weights'],
      ['ema.weights', 'E.weights'],
      ['G', 'L.logits'],
      ['d.label', 'L.labels'],
      ['G', 'acc.logits'],
      ['d.label', 'acc.labels'],
      ['E', 'calm.logits'],
      ['d.label', 'calm.labels'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
      ['E', 'out'],
    ],
    rest: { settings: { batch: 32, lengths: {} } },
  });

/** A critic that sees what was made before beside what is made now, and a baseline: carries that only their step writes. */
export const carriesDocument = (): Document =>
  buildDocument({
    nodes: {
      d: ['dataset', { dataset: 'iris' }],
      make: ['dense', { units: 3 }],
      past: ['history', { size: 40 }],
      critic: ['dense', { units: 1 }],
      now: ['dense', { units: 1 }],
      base: ['running-mean', { momentum: 0.5 }],
      better: ['subtract'],
      L: ['as-loss'],
      M: ['as-loss'],
      oC: ['sgd', { rate: 0.01 }],
      oM: ['sgd', { rate: 0.01 }],
      T: ['training', { lengthBy: 'iterations', iterations: 6, validate: 3, updates: 'together' }],
    },
    wires: [
      ['d.features', 'make'],
      ['make', 'past'],
      ['past', 'critic'],
      ['make', 'now'],
      ['critic.weights', 'now.weights'],
      ['now', 'base'],
      ['now', 'better.a'],
      ['base', 'better.b'],
      ['critic', 'L'],
      ['better', 'M'],
      ['L.loss', 'oC.loss'],
      ['critic.weights', 'oC.weights'],
      ['past.weights', 'oC.weights'],
      ['M.loss', 'oM.loss'],
      ['make.weights', 'oM.weights'],
      ['oC.step', 'T.steps'],
      ['oM.step', 'T.steps'],
    ],
    rest: { settings: { batch: 25, lengths: {} } },
  });

/** A rate that falls where a metric stands still, as does the weight of a penalty that hangs on the loss itself. */
export const plateauDocument = (): Document =>
  buildDocument({
    nodes: {
      d: ['dataset', { dataset: 'iris' }],
      h: ['dense', { units: 3 }],
      L: ['cross-entropy'],
      P: ['weight-penalty', { l2: 0.1 }],
      S: ['loss-sum', { weights: [1, 1] }, { promoted: ['weights.1'] }],
      acc: ['accuracy'],
      slow: ['plateau', { from: 0.3, factor: 0.5, patience: 1, minDelta: 0.03 }],
      light: ['plateau', { from: 1, factor: 0.1, patience: 2, minDelta: 0.1, cooldown: 1 }],
      opt: ['sgd', {}, { promoted: ['rate'] }],
      T: ['training', { lengthBy: 'iterations', iterations: 12, validate: 2 }],
      out: ['output'],
    },
    wires: [
      ['d.features', 'h'],
      ['h', 'L.logits'],
      ['d.label', 'L.labels'],
      ['h.weights', 'P.weights'],
      ['L.loss', 'S.losses'],
      ['P.loss', 'S.losses'],
      ['h', 'acc.logits'],
      ['d.label', 'acc.labels'],
      ['acc.metric', 'slow.metric'],
      ['S.loss', 'light.metric'],
      ['slow.value', 'opt.param:rate'],
      ['light.value', 'S.param:weights.1'],
      ['S.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
      ['h', 'out'],
    ],
    rest: { settings: { batch: 32, lengths: {} } },
  });
