import type { Document } from '@/lib/graph/document';
import { buildDocument, type DocumentSketch } from './build-document';
import { port } from './caller-documents';
import { penalisedCritic } from './gradient-documents';

type Block = NonNullable<DocumentSketch['blocks']>[string];
type Nodes = DocumentSketch['nodes'];

const x = port('x');

const LEVELS = [0, 1, 2, 3];
const ports = [x, port('stage', 'number'), port('alpha', 'number')];

/** What enlarges level `k` to the full 24 pixels, or brings them down to it; level 0 has 3 pixels. */
const factor = (k: number): [number, number] => [2 ** (3 - k), 2 ** (3 - k)];
const shrink = (k: number): Nodes[string] => ['average-pool-2d', { size: factor(k), stride: factor(k) }];
const enlarge = (k: number): Nodes[string] => ['upsampling-2d', { size: factor(k) }];
const pointwise = (filters: number): Nodes[string] => ['conv-2d', { filters, kernel: [1, 1] }];

/** The picture of level `stage`, faded in from the level below; `r(k)` is what shows level k in full size. */
function fades(r: (k: number) => string): Pick<DocumentSketch, 'nodes' | 'wires'> {
  const later = LEVELS.slice(1);
  return {
    nodes: { ...Object.fromEntries(later.map((k) => [`fade${k}`, ['lerp']])), choose: ['switch'] },
    wires: [
      [r(0), 'choose'],
      ...later.flatMap((k): [string, string][] => [
        [r(k - 1), `fade${k}.a`],
        [r(k), `fade${k}.b`],
        ['$in.alpha', `fade${k}.t`],
        [`fade${k}`, 'choose'],
      ]),
      ['$in.stage', 'choose.param:index'],
      ['choose', '$out.y'],
    ],
  };
}

/** Levels of twice the side each; every one can be shown in full size. */
function grower(): Block {
  const end = fades((k) => `r${k}`);
  return {
    nodes: {
      seed: ['dense', { units: 3 * 3 * 4, activation: 'leaky-relu' }],
      h0: ['reshape', { shape: [3, 3, 4] }],
      ...Object.fromEntries(
        LEVELS.slice(1).flatMap((k) => [
          [`up${k}`, ['upsampling-2d', { size: [2, 2] }]],
          [`h${k}`, ['conv-2d', { filters: 4, kernel: [3, 3], activation: 'leaky-relu' }]],
        ]),
      ),
      ...Object.fromEntries(
        LEVELS.flatMap((k) => [
          [`rgb${k}`, pointwise(1)],
          [`r${k}`, enlarge(k)],
        ]),
      ),
      ...end.nodes,
    },
    wires: [
      ['$in.x', 'seed'],
      ['seed', 'h0'],
      ...LEVELS.slice(1).flatMap((k): [string, string][] => [
        [`h${k - 1}`, `up${k}`],
        [`up${k}`, `h${k}`],
      ]),
      ...LEVELS.flatMap((k): [string, string][] => [
        [`h${k}`, `rgb${k}`],
        [`rgb${k}`, `r${k}`],
      ]),
      ...end.wires,
    ],
    inputs: ports,
    outputs: [port('y')],
  };
}

/** From the level of the stage down to level 0, where the score is; a level before the stage repeats its own branch. */
function judge(): Block {
  const nodes: Nodes = { flat: ['flatten'], score: ['dense', { units: 1 }] };
  const wires: DocumentSketch['wires'] = [];
  for (const k of LEVELS) {
    nodes[`p${k}`] = shrink(k);
    nodes[`f${k}`] = pointwise(4);
    wires.push(['$in.x', `p${k}`], [`p${k}`, `f${k}`]);
    if (k === 3) continue;
    const above = k === 2 ? 'f3' : `i${k + 1}`;
    nodes[`conv${k}`] = ['conv-2d', { filters: 4, kernel: [3, 3], activation: 'leaky-relu' }];
    nodes[`down${k}`] = ['average-pool-2d', { size: [2, 2], stride: [2, 2] }];
    nodes[`mix${k}`] = ['lerp'];
    nodes[`i${k}`] = ['switch'];
    wires.push([above, `conv${k}`], [`conv${k}`, `down${k}`]);
    wires.push([`f${k}`, `mix${k}.a`], [`down${k}`, `mix${k}.b`], ['$in.alpha', `mix${k}.t`]);
    for (const stage of LEVELS) wires.push([stage <= k ? `f${k}` : stage === k + 1 ? `mix${k}` : `down${k}`, `i${k}`]);
    wires.push(['$in.stage', `i${k}.param:index`]);
  }
  wires.push(['i0', 'flat'], ['flat', 'score'], ['score', '$out.y']);
  return { nodes, wires, inputs: ports, outputs: [port('y')] };
}

/** Real pictures at the level of the stage, faded as those that are made. */
function faded(): Block {
  const end = fades((k) => (k === 3 ? '$in.x' : `r${k}`));
  return {
    nodes: {
      ...Object.fromEntries(
        [0, 1, 2].flatMap((k) => [
          [`p${k}`, shrink(k)],
          [`r${k}`, enlarge(k)],
        ]),
      ),
      ...end.nodes,
    },
    wires: [
      ...[0, 1, 2].flatMap((k): [string, string][] => [
        ['$in.x', `p${k}`],
        [`p${k}`, `r${k}`],
      ]),
      ...end.wires,
    ],
    inputs: ports,
    outputs: [port('y')],
  };
}

const staged = (id: string): [string, string][] => [
  ['s.stage', `${id}.stage`],
  ['s.alpha', `${id}.alpha`],
];

/** Example 7 of the specification on pictures of 24 pixels: both networks grow stage by stage, the wall shows an average. */
export const progressiveGan = (lengths = [2000, 4000, 4000, 4000]): Document =>
  buildDocument({
    blocks: { 'grow-g': grower(), 'grow-d': judge(), faded: faded() },
    nodes: {
      d: ['dataset', { dataset: 'plain-blobs' }],
      s: ['stages', { lengths, fade: 0.5 }],
      z: ['noise', { shape: [2] }],
      e: ['noise', { shape: [1, 1, 1], distribution: 'uniform' }],
      G: ['instance', { block: 'grow-g' }],
      real: ['instance', { block: 'faded' }],
      Dr: ['instance', { block: 'grow-d' }],
      Df: ['instance', { block: 'grow-d' }],
      xh: ['lerp'],
      Dx: ['instance', { block: 'grow-d' }],
      ...penalisedCritic.nodes,
      oD: ['adam'],
      oG: ['adam'],
      T: [
        'training',
        { lengthBy: 'iterations', iterations: lengths.reduce((sum, length) => sum + length), validate: 4 },
      ],
      E: ['weight-average', { decay: 0.999 }],
      z0: ['noise', { shape: [2] }],
      calm: ['instance', { block: 'grow-g' }],
      wall: ['sample-grid', { every: 100 }],
      out: ['output', { key: 'generate' }],
    },
    wires: [
      ['z', 'G'],
      ['d.image', 'real'],
      ['real', 'Dr'],
      ['G', 'Df'],
      ['Dr.weights', 'Df.weights'],
      ['real', 'xh.a'],
      ['G', 'xh.b'],
      ['e', 'xh.t'],
      ['xh', 'Dx'],
      ['Dr.weights', 'Dx.weights'],
      ...['G', 'real', 'Dr', 'Df', 'Dx', 'calm'].flatMap(staged),
      ...penalisedCritic.wires,
      ['G.weights', 'E.weights'],
      ['E.weights', 'calm.weights'],
      ['z0', 'calm'],
      ['calm', 'wall.image'],
      ['calm', 'out'],
    ],
    rest: { settings: { batch: 4, lengths: {} } },
  });

/** Example 2 of the specification on points: codes are drawn, a schedule warms the divergence up, the wall of made points is emitted. */
export const vae = (): Document =>
  buildDocument({
    blocks: {
      encoder: {
        nodes: {
          h: ['dense', { units: 6, activation: 'tanh' }],
          mean: ['dense', { units: 2 }],
          spread: ['dense', { units: 2 }],
        },
        wires: [
          ['$in.x', 'h'],
          ['h', 'mean'],
          ['h', 'spread'],
          ['mean', '$out.mu'],
          ['spread', '$out.logvar'],
        ],
        inputs: [x],
        outputs: [port('mu'), port('logvar')],
      },
      decoder: {
        nodes: { h: ['dense', { units: 6, activation: 'tanh' }], o: ['dense', { units: 2 }] },
        wires: [
          ['$in.x', 'h'],
          ['h', 'o'],
          ['o', '$out.y'],
        ],
        inputs: [x],
        outputs: [port('y')],
      },
    },
    nodes: {
      d: ['dataset', { dataset: 'moons' }],
      E: ['instance', { block: 'encoder' }],
      z: ['gaussian-sample'],
      X: ['instance', { block: 'decoder' }],
      b: ['linear-ramp', { to: 1, over: 4 }],
      R: ['mse', { reduce: 'sum' }],
      K: ['kl-normal'],
      L: ['loss-sum', { weights: [1, 1] }, { promoted: ['weights.1'] }],
      opt: ['adam', { rate: 0.01 }],
      T: ['training', { lengthBy: 'iterations', iterations: 6, validate: 3 }],
      z0: ['noise', { shape: [2] }],
      made: ['instance', { block: 'decoder' }],
      wall: ['scatter', { every: 3 }],
      map: ['scatter', { every: 3 }],
      encode: ['output', { key: 'encode' }],
      generate: ['output', { key: 'generate' }],
    },
    wires: [
      ['d.point', 'E'],
      ['E.mu', 'z.mu'],
      ['E.logvar', 'z.logvar'],
      ['z.z', 'X'],
      ['X', 'R'],
      ['d.point', 'R.target'],
      ['E.mu', 'K.mu'],
      ['E.logvar', 'K.logvar'],
      ['R.loss', 'L.losses'],
      ['K.loss', 'L.losses'],
      ['b.value', 'L.param:weights.1'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
      ['z0', 'made'],
      ['X.weights', 'made.weights'],
      ['made', 'wall'],
      ['E.mu', 'map'],
      ['d.label', 'map.label'],
      ['E.mu', 'encode'],
      ['made', 'generate'],
    ],
    rest: { settings: { batch: 32, lengths: {} } },
  });

/** Example 6 of the specification on two sets of points: four networks move at the same moment, judges also see older fakes. */
export function cycleGan(): Document {
  const block = (units: number): Block => ({
    nodes: { h: ['dense', { units: 6, activation: 'tanh' }], o: ['dense', { units }] },
    wires: [
      ['$in.x', 'h'],
      ['h', 'o'],
      ['o', '$out.y'],
    ],
    inputs: [x],
    outputs: [port('y')],
  });
  /** Uses of blocks: node, block, what it takes, whose weights. */
  const uses: [id: string, block: string, from: string, weights?: string][] = [
    ['fB', 'ab', 'A.point'],
    ['fA', 'ba', 'B.point'],
    ['cA', 'ba', 'fB', 'fA'],
    ['cB', 'ab', 'fA', 'fB'],
    ['iB', 'ab', 'B.point', 'fB'],
    ['iA', 'ba', 'A.point', 'fA'],
    ['rA', 'da', 'A.point'],
    ['sA', 'da', 'fA', 'rA'],
    ['hA', 'da', 'pastA', 'rA'],
    ['rB', 'db', 'B.point'],
    ['sB', 'db', 'fB', 'rB'],
    ['hB', 'db', 'pastB', 'rB'],
  ];
  const steps: [id: string, loss: string, weights: string][] = [
    ['oAB', 'LG', 'fB'],
    ['oBA', 'LG', 'fA'],
    ['oA', 'LA', 'rA'],
    ['oB', 'LB', 'rB'],
  ];
  const distances: [id: string, of: string, to: string][] = [
    ['cycleA', 'cA', 'A.point'],
    ['cycleB', 'cB', 'B.point'],
    ['sameA', 'iA', 'A.point'],
    ['sameB', 'iB', 'B.point'],
  ];
  const parts = ['gA', 'gB', ...distances.map(([id]) => id)];
  return buildDocument({
    blocks: { ab: block(2), ba: block(2), da: block(1), db: block(1) },
    nodes: {
      A: ['dataset', { dataset: 'moons' }],
      B: ['dataset', { dataset: 'spiral' }],
      pastA: ['history', { size: 20 }],
      pastB: ['history', { size: 20 }],
      ...Object.fromEntries(uses.map(([id, name]) => [id, ['instance', { block: name }]])),
      ...Object.fromEntries(distances.map(([id]) => [id, ['mae']])),
      gA: ['gan-loss', { side: 'generator' }],
      gB: ['gan-loss', { side: 'generator' }],
      LA: ['gan-loss'],
      LB: ['gan-loss'],
      LG: ['loss-sum', { weights: [1, 1, 10, 10, 5, 5] }],
      ...Object.fromEntries(steps.map(([id]) => [id, ['adam', { rate: 0.01 }]])),
      T: ['training', { lengthBy: 'iterations', iterations: 6, validate: 3, updates: 'together' }],
    },
    wires: [
      ...uses.flatMap(([id, , from, weights]): [string, string][] => [
        [from, id],
        ...(weights ? [[`${weights}.weights`, `${id}.weights`] as [string, string]] : []),
      ]),
      ['fA', 'pastA'],
      ['fB', 'pastB'],
      ...distances.flatMap(([id, of, to]): [string, string][] => [
        [of, id],
        [to, `${id}.target`],
      ]),
      ['sA', 'gA'],
      ['sB', 'gB'],
      ['hA', 'LA'],
      ['rA', 'LA.real'],
      ['hB', 'LB'],
      ['rB', 'LB.real'],
      ...parts.map((id): [string, string] => [`${id}.loss`, 'LG.losses']),
      ...steps.flatMap(([id, loss, weights]): [string, string][] => [
        [`${loss}.loss`, `${id}.loss`],
        [`${weights}.weights`, `${id}.weights`],
        [`${id}.step`, 'T.steps'],
      ]),
    ],
    rest: { settings: { batch: 32, lengths: {} } },
  });
}
