import type { BlockPort, Document } from '@/lib/graph/document';
import type { PortType } from '@/lib/graph/port-type';
import { buildDocument, type DocumentSketch } from './build-document';

export const port = (id: string, type: PortType = 'tensor'): BlockPort => ({ id, name: id, type });

/** Iris through what `wires` leads to `o` (three scores), trained by gradient descent for five iterations. */
function iris({ nodes, wires, ...more }: DocumentSketch): Document {
  return buildDocument({
    ...more,
    nodes: {
      d: ['dataset', { dataset: 'iris' }],
      ...nodes,
      L: ['cross-entropy'],
      acc: ['accuracy'],
      opt: ['sgd', { rate: 0.05 }],
      T: ['training', { lengthBy: 'iterations', iterations: 5, validate: 3 }],
      out: ['output'],
    },
    wires: [
      ...wires,
      ['d.label', 'L.labels'],
      ['d.label', 'acc.labels'],
      ['o', 'L.logits'],
      ['o', 'acc.logits'],
      ['o', 'out'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
    ],
    rest: { settings: { batch: 32, lengths: {} } },
  });
}

/** One step of a recurrence with everything that a body may hold: dropout, carried statistics, noise, a schedule. */
const step: NonNullable<DocumentSketch['blocks']>[string] = {
  nodes: {
    f: ['dense', { units: 4, activation: 'tanh' }],
    drop: ['dropout', { rate: 0.25 }],
    bn: ['batch-norm', { momentum: 0.8 }],
    e: ['noise', { shape: [4], deviation: 0.1 }],
    sum: ['add'],
    rate: ['linear-ramp', { from: 0.1, to: 0.5, over: 4 }],
    mix: ['lerp'],
  },
  wires: [
    ['$in.x', 'f'],
    ['f', 'drop'],
    ['drop', 'bn'],
    ['bn', 'sum'],
    ['e', 'sum'],
    ['$in.x', 'mix.a'],
    ['sum', 'mix.b'],
    ['rate.value', 'mix.t'],
    ['rate.value', 'drop.param:rate'],
    ['mix', '$out.y'],
  ],
  inputs: [port('x')],
  outputs: [port('y')],
};

/** Three steps of a recurrence, trained through. */
export const recurrence = (): Document =>
  iris({
    blocks: { step },
    nodes: { it: ['iterate', { block: 'step', times: 3 }], o: ['dense', { units: 3 }] },
    wires: [
      ['d.features', 'it'],
      ['it', 'o'],
    ],
  });

/** The four measurements as a sequence of two steps, each through a block with dropout and carried statistics. */
export const everyStep = (): Document =>
  iris({
    blocks: { step },
    nodes: {
      steps: ['reshape', { shape: [2, 2] }],
      wide: ['dense', { units: 4 }],
      it: ['time-distributed', { block: 'step' }],
      read: ['simple-rnn', { units: 4 }],
      o: ['dense', { units: 3 }],
    },
    wires: [
      ['d.features', 'steps'],
      ['steps', 'wide'],
      ['wide', 'it'],
      ['it', 'read'],
      ['read', 'o'],
    ],
  });

/** Layers that go on where they stopped in the batch before, over pieces of sequences; one block has one state for two uses. */
export const stateful = (order = 'rows'): Document =>
  iris({
    blocks: {
      reader: {
        nodes: { read: ['gru', { units: 3, gives: 'every', stateful: true, dropout: 0.2 }] },
        wires: [
          ['$in.x', 'read'],
          ['read', '$out.y'],
        ],
        inputs: [port('x')],
        outputs: [port('y')],
      },
    },
    nodes: {
      d: ['dataset', { dataset: 'iris', order }],
      steps: ['reshape', { shape: [2, 2] }],
      one: ['instance', { block: 'reader' }],
      two: ['instance', { block: 'reader' }],
      both: ['add'],
      last: ['lstm', { units: 4, stateful: true }],
      o: ['dense', { units: 3 }],
    },
    wires: [
      ['d.features', 'steps'],
      ['steps', 'one'],
      ['steps', 'two'],
      ['one.weights', 'two.weights'],
      ['one', 'both'],
      ['two', 'both'],
      ['both', 'last'],
      ['last', 'o'],
    ],
  });

/** A network trained as an instance; a caller shares its weights and asks it six times with dropout on. */
export const monteCarlo = (): Document =>
  iris({
    blocks: {
      net: {
        nodes: {
          f: ['dense', { units: 8, activation: 'relu' }],
          drop: ['dropout', { rate: 0.5, mc: true }],
          scores: ['dense', { units: 3 }],
        },
        wires: [
          ['$in.x', 'f'],
          ['f', 'drop'],
          ['drop', 'scores'],
          ['scores', '$out.y'],
        ],
        inputs: [port('x')],
        outputs: [port('y')],
      },
    },
    nodes: {
      o: ['instance', { block: 'net' }],
      ask: ['iterate', { block: 'net', times: 6, carry: 0, collect: 'stack' }],
      spread: ['reduce', { by: 'variance', over: 'first' }],
      unsure: ['mean-metric', { key: 'variance' }],
    },
    wires: [
      ['d.features', 'o'],
      ['d.features', 'ask'],
      ['o.weights', 'ask.weights'],
      ['ask', 'spread'],
      ['spread', 'unsure'],
    ],
  });

/**
 * A caller in the block of a caller: the inner one calls a network whose weights came in as an argument, driven by a
 * schedule that came in too.
 */
export const nested = (): Document =>
  iris({
    blocks: {
      net: {
        nodes: { f: ['dense', { units: 4, activation: 'tanh' }], drop: ['dropout', { rate: 0.2 }] },
        wires: [
          ['$in.x', 'f'],
          ['f', 'drop'],
          ['drop', '$out.y'],
        ],
        inputs: [port('x')],
        outputs: [port('y')],
      },
      small: {
        nodes: { net: ['instance', { block: 'net' }], mix: ['lerp'] },
        wires: [
          ['$in.x', 'net'],
          ['$in.m', 'net.weights'],
          ['$in.x', 'mix.a'],
          ['net', 'mix.b'],
          ['$in.t', 'mix.t'],
          ['mix', '$out.y'],
        ],
        inputs: [port('x'), port('m', 'weights'), port('t', 'number')],
        outputs: [port('y')],
      },
      big: {
        nodes: { inner: ['iterate', { block: 'small', times: 2 }], sum: ['add'] },
        wires: [
          ['$in.x', 'inner'],
          ['$in.m', 'inner.m'],
          ['$in.t', 'inner.t'],
          ['inner', 'sum'],
          ['$in.x', 'sum'],
          ['sum', '$out.y'],
        ],
        inputs: [port('x'), port('m', 'weights'), port('t', 'number')],
        outputs: [port('y')],
      },
    },
    nodes: {
      first: ['instance', { block: 'net' }],
      ramp: ['linear-ramp', { from: 0, to: 1, over: 4 }],
      outer: ['iterate', { block: 'big', times: 2 }],
      o: ['dense', { units: 3 }],
    },
    wires: [
      ['d.features', 'first'],
      ['first', 'outer'],
      ['first.weights', 'outer.m'],
      ['ramp.value', 'outer.t'],
      ['outer', 'o'],
    ],
  });

/** PROGRAMS section 5, example 12: the policy's gradient from episodes that it played itself. */
export const reinforce = (environment = 'cartpole', actions = 2): Document =>
  buildDocument({
    blocks: {
      policy: {
        nodes: {
          flat: ['flatten'],
          f: ['dense', { units: 6, activation: 'tanh' }],
          drop: ['dropout', { rate: 0.2 }],
          scores: ['dense', { units: actions }],
        },
        wires: [
          ['$in.x', 'flat'],
          ['flat', 'f'],
          ['f', 'drop'],
          ['drop', 'scores'],
          ['scores', '$out.y'],
        ],
        inputs: [port('x')],
        outputs: [port('y')],
      },
    },
    nodes: {
      r: ['rollout', { block: 'policy', environment, envs: 3, horizon: 12 }],
      P: ['instance', { block: 'policy' }],
      good: ['normalise-batch'],
      L: ['policy-gradient', { entropy: 0.01 }],
      m: ['mean-metric', { key: 'return' }],
      opt: ['adam', { rate: 0.05 }],
      T: ['training', { lengthBy: 'iterations', iterations: 5, validate: 3, validationBatches: 2 }],
      out: ['output'],
    },
    wires: [
      ['P.weights', 'r.weights'],
      ['r.observation', 'P'],
      ['P', 'L.logits'],
      ['r.action', 'L.action'],
      ['r.return', 'good'],
      ['r.mask', 'good.mask'],
      ['good', 'L.advantage'],
      ['r.mask', 'L.mask'],
      ['r.episodeReturn', 'm'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
      ['P', 'out'],
    ],
  });

/** Tokens 0 to 3 in rows of five, drawn anew each time. */
const TOKENS: Pick<DocumentSketch, 'nodes' | 'wires'> = {
  nodes: { chance: ['noise', { shape: [5, 4] }], t: ['argmax'], right: ['shift-right'] },
  wires: [
    ['chance', 't'],
    ['t', 'right'],
  ],
};

const TRAINED: Pick<DocumentSketch, 'nodes' | 'wires'> = {
  nodes: {
    L: ['cross-entropy'],
    opt: ['adam', { rate: 0.05 }],
    T: ['training', { lengthBy: 'iterations', iterations: 4, validate: 2, validationBatches: 2 }],
  },
  wires: [
    ['t', 'L.labels'],
    ['L.loss', 'opt.loss'],
    ['opt.step', 'T.steps'],
  ],
};

/** A network learns sequences and continues their first two tokens; it can read them piece by piece. */
export const writing = (layer: 'gru' | 'lstm' | 'simple-rnn' = 'gru'): Document =>
  buildDocument({
    blocks: {
      decoder: {
        nodes: {
          e: ['embedding', { tokens: 4, size: 3 }],
          r: [layer, { units: 4, gives: 'every' }],
          drop: ['dropout', { rate: 0.2 }],
          scores: ['dense', { units: 4 }],
        },
        wires: [
          ['$in.x', 'e'],
          ['e', 'r'],
          ['r', 'drop'],
          ['drop', 'scores'],
          ['scores', '$out.y'],
        ],
        inputs: [port('x')],
        outputs: [port('y')],
      },
    },
    nodes: {
      ...TOKENS.nodes,
      ...TRAINED.nodes,
      Y: ['instance', { block: 'decoder' }],
      begin: ['slice', { axis: 1, size: 2 }],
      warm: ['linear-ramp', { from: 0.5, to: 1.5, over: 4 }],
      say: ['generate', { block: 'decoder', length: 5, topK: 3, end: 3 }],
      exact: ['exact-match'],
      written: ['mean-metric', { key: 'written' }],
      ppl: ['perplexity'],
      text: ['output', { key: 'text' }],
    },
    wires: [
      ...TOKENS.wires,
      ...TRAINED.wires,
      ['right', 'Y'],
      ['Y', 'L.logits'],
      ['t', 'begin'],
      ['begin', 'say.prompt'],
      ['Y.weights', 'say.weights'],
      ['warm.value', 'say.param:temperature'],
      ['say', 'exact.x'],
      ['t', 'exact.target'],
      ['say.mask', 'written.x'],
      ['Y', 'ppl.logits'],
      ['t', 'ppl.labels'],
      ['say', 'text'],
    ],
    rest: { settings: { batch: 6, lengths: {} } },
  });

/** PROGRAMS section 5, example 10 in small: the decoder also sees features of a picture, repeated at each step. */
export const captioning = (): Document =>
  buildDocument({
    blocks: {
      decoder: {
        nodes: {
          e: ['embedding', { tokens: 4, size: 3 }],
          all: ['repeat', { times: 5 }],
          both: ['concat'],
          r: ['lstm', { units: 4, gives: 'every' }],
          scores: ['dense', { units: 4 }],
        },
        wires: [
          ['$in.x', 'e'],
          ['$in.f', 'all'],
          ['e', 'both'],
          ['all', 'both'],
          ['both', 'r'],
          ['r', 'scores'],
          ['scores', '$out.logits'],
          ['both', '$out.attention'],
        ],
        inputs: [port('x'), port('f')],
        outputs: [port('logits'), port('attention')],
      },
    },
    nodes: {
      ...TOKENS.nodes,
      ...TRAINED.nodes,
      picture: ['noise', { shape: [6] }],
      F: ['dense', { units: 2, activation: 'tanh' }],
      pad: ['not-padding'],
      Y: ['instance', { block: 'decoder' }],
      say: ['generate', { block: 'decoder', length: 5, temperature: 0 }],
      exact: ['exact-match'],
      caption: ['output', { key: 'caption' }],
    },
    wires: [
      ...TOKENS.wires,
      ...TRAINED.wires,
      ['picture', 'F'],
      ['right', 'Y.x'],
      ['F', 'Y.f'],
      ['Y.logits', 'L.logits'],
      ['t', 'pad'],
      ['pad', 'L.sampleWeight'],
      ['F', 'say.f'],
      ['Y.weights', 'say.weights'],
      ['say', 'exact.x'],
      ['t', 'exact.target'],
      ['say', 'caption'],
    ],
    rest: { settings: { batch: 4, lengths: {} } },
  });

/** PROGRAMS section 5, example 12b without its children: what a controller wrote in fetch is what its gradient is taken of. */
export const controller = (): Document =>
  buildDocument({
    blocks: {
      controller: {
        nodes: {
          e: ['embedding', { tokens: 3, size: 3 }],
          r: ['simple-rnn', { units: 4, gives: 'every' }],
          scores: ['dense', { units: 3 }],
        },
        wires: [
          ['$in.x', 'e'],
          ['e', 'r'],
          ['r', 'scores'],
          ['scores', '$out.y'],
        ],
        inputs: [port('x')],
        outputs: [port('y')],
      },
    },
    nodes: {
      k: ['generate', { block: 'controller', count: 6, length: 4 }],
      right: ['shift-right'],
      Q: ['instance', { block: 'controller' }],
      set: ['not-padding'],
      R: ['reduce', { by: 'mean', over: 'last' }],
      good: ['normalise-batch'],
      L: ['policy-gradient'],
      reward: ['mean-metric', { key: 'reward' }],
      opt: ['adam', { rate: 0.05 }],
      T: ['training', { lengthBy: 'iterations', iterations: 4, validate: 2, validationBatches: 2 }],
    },
    wires: [
      ['Q.weights', 'k.weights'],
      ['k', 'right'],
      ['right', 'Q'],
      ['k', 'set'],
      ['set', 'R'],
      ['R', 'good'],
      ['R', 'reward'],
      ['Q', 'L.logits'],
      ['k', 'L.action'],
      ['good', 'L.advantage'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
    ],
  });

/** A network of flowers whose width and rate are for others to choose. */
export const child = (): Document =>
  buildDocument({
    nodes: {
      d: ['dataset', { dataset: 'iris' }],
      h: ['dense', { units: { '=': 'units' }, activation: 'tanh' }],
      o: ['dense', { units: 3 }],
      L: ['cross-entropy'],
      acc: ['accuracy'],
      opt: ['sgd', { rate: { '=': 'rate' } }],
      T: ['training', { epochs: 3 }],
    },
    wires: [
      ['d.features', 'h'],
      ['h', 'o'],
      ['o', 'L.logits'],
      ['d.label', 'L.labels'],
      ['o', 'acc.logits'],
      ['d.label', 'acc.labels'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
    ],
    rest: {
      params: { units: { title: 'Units', default: 4 }, rate: { title: 'Rate', default: 0.1 } },
      settings: { batch: 32, lengths: {} },
    },
  });

/** PROGRAMS section 5, example 12b: a controller writes networks, which are trained, and learns from how good they are. */
export const architectureSearch = (budget = 4): Document => {
  const document = controller();
  const { nodes, edges } = document.graph;
  const of = (kind: string, params: Document['graph']['nodes'][string]['params'] = {}) => ({
    kind,
    version: 1,
    name: kind,
    params,
  });
  for (const gone of ['set', 'good']) delete nodes[gone];
  for (const [id, { from, to }] of Object.entries(edges))
    if ([from[0], to[0]].some((end) => end === 'set' || end === 'good' || end === 'R')) delete edges[id];
  const space = [
    { param: 'units', values: [2, 4, 8] },
    { param: 'rate', values: [0.3, 0.1, 0.01] },
  ];
  nodes.R = of('child-score', { document: JSON.parse(JSON.stringify(child())), space, budget });
  nodes.base = of('running-mean', { momentum: 0.5 });
  nodes.better = of('subtract');
  if (nodes.T) nodes.T.params.iterations = 6;
  if (nodes.k) nodes.k.params = { ...nodes.k.params, count: 4, length: space.length };
  edges.n1 = { from: ['k', 'y'], to: ['R', 'tokens'] };
  edges.n2 = { from: ['R', 'y'], to: ['base', 'x'] };
  edges.n3 = { from: ['R', 'y'], to: ['better', 'a'] };
  edges.n4 = { from: ['base', 'y'], to: ['better', 'b'] };
  edges.n5 = { from: ['better', 'y'], to: ['L', 'advantage'] };
  edges.n6 = { from: ['R', 'y'], to: ['reward', 'x'] };
  nodes.pop = of('population', { every: 2 });
  edges.n7 = { from: ['R', 'y'], to: ['pop', 'scores'] };
  return document;
};
