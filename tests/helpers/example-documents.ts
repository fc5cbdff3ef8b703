import type { Document } from '@/lib/graph/document';
import { buildDocument, type GraphSketch } from './build-document';

/** Dense, batch norm, dense: what generator and discriminator of the toy below are made of. */
const network = (units: number): GraphSketch => ({
  nodes: { h: ['dense', { units: 16, activation: 'relu' }], bn: ['batch-norm'], o: ['dense', { units }] },
  wires: [
    ['$in.x', 'h'],
    ['h', 'bn'],
    ['bn', 'o'],
    ['o', '$out.y'],
  ],
});

/**
 * A generative adversarial network on points with Wasserstein losses, wired from the basic kinds: the critic is one
 * block on real and fake points; the generator's step is due every fifth iteration.
 */
export function gan(): Document {
  const port = (id: string) => [{ id, name: id, type: 'tensor' as const }];
  const document = buildDocument({
    blocks: {
      gen: { ...network(2), inputs: port('x'), outputs: port('y') },
      disc: { ...network(1), inputs: port('x'), outputs: port('y') },
    },
    nodes: {
      d: ['dataset', { dataset: 'gauss' }],
      z: ['noise', { shape: [2] }],
      G: ['instance', { block: 'gen' }],
      Dr: ['instance', { block: 'disc' }],
      Df: ['instance', { block: 'disc' }],
      gap: ['subtract'],
      Ld: ['as-loss'],
      minus: ['constant', { value: -1 }],
      fooled: ['multiply'],
      Lg: ['as-loss'],
      oD: ['rmsprop'],
      oG: ['adam', { every: 5 }],
      T: ['training', { lengthBy: 'iterations', iterations: 4000 }],
      out: ['output', { key: 'generate' }],
    },
    wires: [
      ['z', 'G'],
      ['d.point', 'Dr'],
      ['G', 'Df'],
      ['Dr.weights', 'Df.weights'],
      ['Df', 'gap.a'],
      ['Dr', 'gap.b'],
      ['gap', 'Ld'],
      ['Df', 'fooled'],
      ['minus', 'fooled'],
      ['fooled', 'Lg'],
      ['Ld.loss', 'oD.loss'],
      ['Dr.weights', 'oD.weights'],
      ['Lg.loss', 'oG.loss'],
      ['G.weights', 'oG.weights'],
      ['oD.step', 'T.steps'],
      ['oG.step', 'T.steps'],
      ['G', 'out'],
    ],
  });
  return document;
}
