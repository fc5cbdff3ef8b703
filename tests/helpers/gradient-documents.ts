import type { Document } from '@/lib/graph/document';
import { buildDocument, type DocumentSketch, type GraphSketch } from './build-document';
import { port } from './caller-documents';

const training = { lengthBy: 'iterations', iterations: 6, validate: 3 };

/** A critic of points, with everything a region may hold: tanh, layer norm, a leaky kink, dropout. */
const critic: NonNullable<DocumentSketch['blocks']>[string] = {
  nodes: {
    f: ['dense', { units: 8, activation: 'tanh' }],
    norm: ['layer-norm'],
    drop: ['dropout', { rate: 0.2 }],
    g: ['dense', { units: 6, activation: 'leaky-relu' }],
    o: ['dense', { units: 1 }],
  },
  wires: [
    ['$in.x', 'f'],
    ['f', 'norm'],
    ['norm', 'drop'],
    ['drop', 'g'],
    ['g', 'o'],
    ['o', '$out.y'],
  ],
  inputs: [port('x')],
  outputs: [port('y')],
};

/**
 * Losses and steps of a critic that is punished for slopes other than 1: it judges real ones as `Dr`, made ones of `G` as
 * `Df` and `xh`, between the two, as `Dx`; `oD`, `oG` and `T` take the steps.
 */
export const penalisedCritic: GraphSketch = {
  nodes: {
    g: ['gradient', { use: 'differentiable' }],
    n: ['reduce', { by: 'norm', over: 'example' }],
    one: ['constant', { value: 1 }],
    off: ['subtract'],
    sq: ['square'],
    P: ['as-loss'],
    W: ['gan-loss', { form: 'wasserstein' }],
    Ld: ['loss-sum', { weights: [1, 10] }],
    Lg: ['gan-loss', { form: 'wasserstein', side: 'generator' }],
  },
  wires: [
    ['Dx', 'g.of'],
    ['xh', 'g.wrt'],
    ['g', 'n'],
    ['n', 'off.a'],
    ['one', 'off.b'],
    ['off', 'sq'],
    ['sq', 'P'],
    ['Df', 'W'],
    ['Dr', 'W.real'],
    ['W.loss', 'Ld.losses'],
    ['P.loss', 'Ld.losses'],
    ['Df', 'Lg'],
    ['Ld.loss', 'oD.loss'],
    ['Lg.loss', 'oG.loss'],
    ['Dr.weights', 'oD.weights'],
    ['G.weights', 'oG.weights'],
    ['oD.step', 'T.steps'],
    ['oG.step', 'T.steps'],
  ],
};

/** Example 5 of the specification on points: Wasserstein with gradient penalty, a generator every fifth iteration. */
export const wganGp = (): Document =>
  buildDocument({
    blocks: {
      gen: {
        nodes: { h: ['dense', { units: 8, activation: 'relu' }], bn: ['batch-norm'], o: ['dense', { units: 2 }] },
        wires: [
          ['$in.z', 'h'],
          ['h', 'bn'],
          ['bn', 'o'],
          ['o', '$out.y'],
        ],
        inputs: [port('z')],
        outputs: [port('y')],
      },
      critic,
    },
    nodes: {
      d: ['dataset', { dataset: 'moons' }],
      z: ['noise', { shape: [2] }],
      e: ['noise', { shape: [1], distribution: 'uniform' }],
      G: ['instance', { block: 'gen' }],
      Dr: ['instance', { block: 'critic' }],
      Df: ['instance', { block: 'critic' }],
      xh: ['lerp'],
      Dx: ['instance', { block: 'critic' }],
      ...penalisedCritic.nodes,
      oD: ['adam'],
      oG: ['adam', { every: 5 }],
      T: ['training', { ...training, iterations: 10 }],
      out: ['output'],
    },
    wires: [
      ['z', 'G.z'],
      ['d.point', 'Dr'],
      ['G', 'Df'],
      ['Dr.weights', 'Df.weights'],
      ['d.point', 'xh.a'],
      ['G', 'xh.b'],
      ['e', 'xh.t'],
      ['xh', 'Dx'],
      ['Dr.weights', 'Dx.weights'],
      ...penalisedCritic.wires,
      ['G', 'out'],
    ],
    rest: { settings: { batch: 32, lengths: {} } },
  });

/** The same, with a critic whose layers are divided by their greatest stretch. */
export function spectralCritic(): Document {
  const document = wganGp();
  for (const node of Object.values(document.blocks.critic?.graph.nodes ?? {}))
    if (node.kind === 'dense') node.params.spectral = true;
  return document;
}

/** A classifier of flowers, as a block: dropout and batch norm stand in what is differentiated. */
const classifier: NonNullable<DocumentSketch['blocks']>[string] = {
  nodes: {
    f: ['dense', { units: 8, activation: 'relu' }],
    bn: ['batch-norm', { momentum: 0.8 }],
    drop: ['dropout', { rate: 0.2 }],
    o: ['dense', { units: 3 }],
  },
  wires: [
    ['$in.x', 'f'],
    ['f', 'bn'],
    ['bn', 'drop'],
    ['drop', 'o'],
    ['o', '$out.y'],
  ],
  inputs: [port('x')],
  outputs: [port('y')],
};

/** Example 9 of the specification on flowers: trained on fast-gradient-sign examples, watched under PGD. */
export const adversarial = (): Document =>
  buildDocument({
    blocks: {
      net: classifier,
      pgd: {
        nodes: {
          C: ['instance', { block: 'net' }],
          J: ['cross-entropy'],
          g: ['gradient'],
          s: ['sign'],
          a: ['rescaling', { scale: 0.05 }],
          sum: ['add'],
          p: ['project', { radius: 0.2, low: null, high: null }],
        },
        wires: [
          ['$in.x', 'C'],
          ['$in.m', 'C.weights'],
          ['C', 'J.logits'],
          ['$in.y', 'J.labels'],
          ['J.loss', 'g.of'],
          ['$in.x', 'g.wrt'],
          ['g', 's'],
          ['s', 'a'],
          ['$in.x', 'sum'],
          ['a', 'sum'],
          ['sum', 'p'],
          ['$in.x0', 'p.x0'],
          ['p', '$out.x'],
        ],
        inputs: [port('x'), port('x0'), port('y'), port('m', 'weights')],
        outputs: [port('x')],
      },
    },
    nodes: {
      d: ['dataset', { dataset: 'iris' }],
      C: ['instance', { block: 'net' }],
      J: ['cross-entropy'],
      g: ['gradient'],
      s: ['sign'],
      eps: ['rescaling', { scale: 0.2 }],
      x: ['add'],
      C2: ['instance', { block: 'net' }],
      J2: ['cross-entropy', {}],
      L: ['loss-sum', { weights: [1, 0.5] }],
      acc: ['accuracy'],
      acc2: ['accuracy', { key: 'fgsm' }],
      p: ['iterate', { block: 'pgd', times: 3, carry: 1 }],
      C3: ['instance', { block: 'net' }],
      robust: ['accuracy', { key: 'robust' }],
      opt: ['adam', { rate: 0.01 }],
      T: ['training', training],
      out: ['output'],
    },
    wires: [
      ['d.features', 'C'],
      ['C', 'J.logits'],
      ['d.label', 'J.labels'],
      ['J.loss', 'g.of'],
      ['d.features', 'g.wrt'],
      ['g', 's'],
      ['s', 'eps'],
      ['d.features', 'x'],
      ['eps', 'x'],
      ['x', 'C2'],
      ['C.weights', 'C2.weights'],
      ['C2', 'J2.logits'],
      ['d.label', 'J2.labels'],
      ['J.loss', 'L.losses'],
      ['J2.loss', 'L.losses'],
      ['C', 'acc.logits'],
      ['d.label', 'acc.labels'],
      ['C2', 'acc2.logits'],
      ['d.label', 'acc2.labels'],
      ['d.features', 'p.x'],
      ['d.features', 'p.x0'],
      ['d.label', 'p.y'],
      ['C.weights', 'p.m'],
      ['p.x', 'C3'],
      ['C.weights', 'C3.weights'],
      ['C3', 'robust.logits'],
      ['d.label', 'robust.labels'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
      ['C', 'out'],
    ],
    rest: { settings: { batch: 32, lengths: {} } },
  });

/**
 * Penalties on gradients of other things than wires of data: of a loss for a layer's kernel that two layers share, and of a
 * recurrence for what goes in, through the block that it calls.
 */
export const kernelGradient = (): Document =>
  buildDocument({
    blocks: {
      step: {
        nodes: { f: ['dense', { units: 4, activation: 'sigmoid' }], mix: ['average'] },
        wires: [
          ['$in.x', 'f'],
          ['$in.x', 'mix'],
          ['f', 'mix'],
          ['mix', '$out.y'],
        ],
        inputs: [port('x')],
        outputs: [port('y')],
      },
    },
    nodes: {
      d: ['dataset', { dataset: 'iris' }],
      f: ['dense', { units: 4, activation: 'tanh' }],
      again: ['dense', { units: 4, activation: 'tanh' }],
      it: ['iterate', { block: 'step', times: 2 }],
      o: ['dense', { units: 3 }],
      J: ['cross-entropy'],
      gk: ['gradient', { use: 'differentiable' }],
      sk: ['square'],
      pk: ['as-loss', { reduce: 'sum' }],
      gx: ['gradient', { use: 'differentiable' }],
      sx: ['square'],
      px: ['as-loss'],
      L: ['loss-sum', { weights: [1, 0.5, 0.5] }],
      opt: ['sgd', { rate: 0.05 }],
      T: ['training', training],
      out: ['output'],
    },
    wires: [
      ['d.features', 'f'],
      ['f', 'again'],
      ['f.weights', 'again.weights'],
      ['again', 'it'],
      ['it', 'o'],
      ['o', 'J.logits'],
      ['d.label', 'J.labels'],
      ['J.loss', 'gk.of'],
      ['f.kernel', 'gk.wrt'],
      ['gk', 'sk'],
      ['sk', 'pk'],
      ['J.loss', 'gx.of'],
      ['again', 'gx.wrt'],
      ['gx', 'sx'],
      ['sx', 'px'],
      ['J.loss', 'L.losses'],
      ['pk.loss', 'L.losses'],
      ['px.loss', 'L.losses'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
      ['o', 'out'],
    ],
    rest: { settings: { batch: 32, lengths: {} } },
  });

/** Two styles are mixed level by level; the kernels of a block and of a frozen layer are penalised, more and more. */
export const penalised = (): Document =>
  buildDocument({
    blocks: {
      map: {
        nodes: { h: ['dense', { units: 4, activation: 'tanh' }], o: ['dense', { units: 3 }] },
        wires: [
          ['$in.x', 'h'],
          ['h', 'o'],
          ['o', '$out.y'],
        ],
        inputs: [port('x')],
        outputs: [port('y')],
      },
    },
    nodes: {
      d: ['dataset', { dataset: 'iris' }],
      w1: ['instance', { block: 'map' }],
      still: ['dense', { units: 3 }, { frozen: true }],
      mix: ['style-mix', { levels: 3, probability: 0.7 }],
      flat: ['flatten'],
      o: ['dense', { units: 3 }],
      J: ['cross-entropy'],
      ramp: ['linear-ramp', { from: 0, to: 0.1, over: 5 }],
      P: ['weight-penalty', { l1: 0.01 }, { promoted: ['l2'] }],
      L: ['loss-sum'],
      acc: ['accuracy'],
      opt: ['sgd', { rate: 0.05 }],
      T: ['training', training],
      out: ['output'],
    },
    wires: [
      ['d.features', 'w1'],
      ['d.features', 'still'],
      ['w1', 'mix'],
      ['still', 'mix.w2'],
      ['mix', 'flat'],
      ['flat', 'o'],
      ['o', 'J.logits'],
      ['d.label', 'J.labels'],
      ['ramp.value', 'P.param:l2'],
      ['w1.weights', 'P.weights'],
      ['still.weights', 'P.weights'],
      ['J.loss', 'L.losses'],
      ['P.loss', 'L.losses'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
      ['o', 'acc.logits'],
      ['d.label', 'acc.labels'],
      ['o', 'out'],
    ],
    rest: { settings: { batch: 32, lengths: {} } },
  });
