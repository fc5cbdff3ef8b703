import { required } from '@/lib/base/invariant';
import { compile } from '@/lib/compile/compile';
import { residualNetwork } from '@/lib/gallery/residual-network';
import type { Document } from '@/lib/graph/document';
import type { HostTensor } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { buildDocument, type DocumentSketch } from '@/tests/helpers/build-document';
import { tensorOperations } from '@/tests/helpers/tensor-documents';
import { seededTensor, seededWeights } from '../keras/seeded';
import { parityCard, seededModels } from '../keras/seeded-models';
import type { EmittedModel } from './emitted-model';

const data: DocumentSketch['nodes'][string] = ['dataset', { dataset: 'parity' }];

const tensors = tensorOperations(['reshape', { shape: [12, 30] }], 3);

const sketches: Record<string, DocumentSketch> = {
  // Upwards from noise, as in a DCGAN.
  generator: {
    nodes: {
      z: ['noise', { shape: [6] }],
      seed: ['dense', { units: 3 * 2 * 8, bias: false }],
      grid: ['reshape', { shape: [3, 2, 8] }],
      norm: ['batch-norm'],
      relu: ['activation', { function: 'leaky-relu', slope: 0.1 }],
      up1: ['conv-2d-transpose', { filters: 5, kernel: [4, 4], stride: [2, 2] }],
      norm2: ['batch-norm', { scale: false }],
      up2: ['conv-2d-transpose', { filters: 4, kernel: [3, 3], stride: [2, 2], activation: 'relu' }],
      blur: ['upsampling-2d', { interpolation: 'bilinear' }],
      image: ['conv-2d', { filters: 3, activation: 'tanh' }],
      picture: ['output', { key: 'picture' }],
    },
    wires: [
      ['z', 'seed'],
      ['seed', 'grid'],
      ['grid', 'norm'],
      ['norm', 'relu'],
      ['relu', 'up1'],
      ['up1', 'norm2'],
      ['norm2', 'up2'],
      ['up2', 'blur'],
      ['blur', 'image'],
      ['image', 'picture'],
    ],
  },
  // Two pictures through one tower.
  siamese: {
    blocks: {
      tower: {
        inputs: [{ id: 'x', name: 'x', type: 'tensor' }],
        outputs: [{ id: 'y', name: 'y', type: 'tensor' }],
        nodes: {
          conv: ['conv-2d', { filters: 4, stride: [2, 2], activation: 'relu' }],
          norm: ['layer-norm'],
          pool: ['max-pool-2d', { size: [3, 3], padding: 'same' }],
          flat: ['flatten'],
          code: ['dense', { units: 5 }],
        },
        wires: [
          ['$in.x', 'conv'],
          ['conv', 'norm'],
          ['norm', 'pool'],
          ['pool', 'flat'],
          ['flat', 'code'],
          ['code', '$out.y'],
        ],
      },
    },
    nodes: {
      left: data,
      right: data,
      one: ['instance', { block: 'tower' }],
      other: ['instance', { block: 'tower' }],
      apart: ['subtract'],
      distance: ['abs'],
      same: ['dense', { units: 1, activation: 'sigmoid' }],
      pair: ['output', { key: 'pair' }],
    },
    wires: [
      ['left.image', 'one'],
      ['right.image', 'other'],
      ['one.weights', 'other.weights'],
      ['one', 'apart.a'],
      ['other', 'apart.b'],
      ['apart', 'distance'],
      ['distance', 'same'],
      ['same', 'pair'],
    ],
  },
  // Reads text with its padding left out, from both ends and again to a row.
  text: {
    nodes: {
      data,
      real: ['not-padding'],
      words: ['embedding', { tokens: 11, size: 6 }],
      both: ['bidirectional', { units: 4, cell: 'gru', gives: 'every' }],
      drop: ['dropout'],
      read: ['lstm', { units: 5 }],
      scores: ['dense', { units: 3, activation: 'softmax' }],
      mood: ['output', { key: 'mood' }],
    },
    wires: [
      ['data.tokens', 'real'],
      ['data.tokens', 'words'],
      ['words', 'both'],
      ['both', 'drop'],
      ['drop', 'read'],
      ['real', 'read.mask'],
      ['read', 'scores'],
      ['scores', 'mood'],
    ],
  },
  // Skips that cross pictures, rows and an axis of one, and a transposition that nothing needs.
  skips: {
    nodes: {
      data,
      conv: ['conv-2d', { filters: 4 }],
      squeeze: ['global-average-pool-2d'],
      gate: ['dense', { units: 4, activation: 'sigmoid' }],
      wide: ['reshape', { shape: [1, 1, 4] }],
      excite: ['multiply'],
      softmax: ['softmax'],
      join: ['concat'],
      turned: ['permute', { order: [2, 1, 3] }],
      back: ['permute', { order: [2, 1, 3] }],
      last: ['conv-2d', { filters: 3, dilation: [2, 2], activation: 'softmax' }],
      mask: ['output', { key: 'mask' }],
    },
    wires: [
      ['data.image', 'conv'],
      ['conv', 'squeeze'],
      ['squeeze', 'gate'],
      ['gate', 'wide'],
      ['conv', 'excite'],
      ['wide', 'excite'],
      ['excite', 'softmax'],
      ['softmax', 'join'],
      ['conv', 'join'],
      ['data.image', 'join'],
      ['join', 'turned'],
      ['turned', 'back'],
      ['back', 'last'],
      ['last', 'mask'],
    ],
  },
  // One block, called three times after itself, and a call within the calls.
  repeated: {
    blocks: {
      step: {
        inputs: [
          { id: 'h', name: 'h', type: 'tensor' },
          { id: 'x', name: 'x', type: 'tensor' },
        ],
        outputs: [{ id: 'y', name: 'y', type: 'tensor' }],
        nodes: {
          both: ['concat'],
          mix: ['dense', { units: 5, activation: 'tanh' }],
          inner: ['iterate', { block: 'smooth', times: 2 }],
          sum: ['add'],
        },
        wires: [
          ['$in.h', 'both'],
          ['$in.x', 'both'],
          ['both', 'mix'],
          ['mix', 'inner'],
          ['inner', 'sum'],
          ['$in.h', 'sum'],
          ['sum', '$out.y'],
        ],
      },
      smooth: {
        inputs: [{ id: 'x', name: 'x', type: 'tensor' }],
        outputs: [{ id: 'y', name: 'y', type: 'tensor' }],
        nodes: { dense: ['dense', { units: 5, activation: 'softsign' }] },
        wires: [
          ['$in.x', 'dense'],
          ['dense', '$out.y'],
        ],
      },
    },
    nodes: {
      data,
      start: ['dense', { units: 5 }],
      loop: ['iterate', { block: 'step', times: 3 }],
      scores: ['dense', { units: 3 }],
      answer: ['output', { key: 'answer' }],
    },
    wires: [
      ['data.features', 'start'],
      ['start', 'loop.h'],
      ['data.features', 'loop.x'],
      ['loop', 'scores'],
      ['scores', 'answer'],
    ],
  },
  // A network for pictures looks at each frame of a film.
  film: {
    blocks: {
      look: {
        inputs: [{ id: 'frame', name: 'frame', type: 'tensor' }],
        outputs: [
          { id: 'seen', name: 'seen', type: 'tensor' },
          { id: 'map', name: 'map', type: 'tensor' },
        ],
        nodes: {
          conv: ['conv-2d', { filters: 3, activation: 'relu' }],
          norm: ['batch-norm'],
          pool: ['global-average-pool-2d'],
        },
        wires: [
          ['$in.frame', 'conv'],
          ['conv', 'norm'],
          ['norm', 'pool'],
          ['pool', '$out.seen'],
          ['norm', '$out.map'],
        ],
      },
    },
    nodes: {
      data,
      film: ['reshape', { shape: [2, 6, 10, 3] }],
      look: ['time-distributed', { block: 'look' }],
      read: ['gru', { units: 4 }],
      answer: ['output', { key: 'answer' }],
      map: ['output', { key: 'map' }],
    },
    wires: [
      ['data.image', 'film'],
      ['film', 'look.frame'],
      ['look.seen', 'read'],
      ['read', 'answer'],
      ['look.map', 'map'],
    ],
  },
  // As the training leaves it: the second branch, faded in halfway, scaled by what a ramp came to.
  staged: {
    nodes: {
      data,
      clock: ['stages', { lengths: [4, 4], fade: 1 }],
      ramp: ['linear-ramp', { from: 0, to: 3, over: 5 }],
      first: ['dense', { units: 4, activation: 'relu' }],
      second: ['dense', { units: 4, activation: 'tanh' }],
      fade: ['lerp'],
      pick: ['switch', {}, { promoted: ['index'] }],
      scaled: ['rescaling', {}, { promoted: ['scale'] }],
      logits: ['dense', { units: 3 }],
      loss: ['cross-entropy'],
      adam: ['adam'],
      training: ['training', { lengthBy: 'iterations', iterations: 7 }],
      answer: ['output', { key: 'answer' }],
    },
    wires: [
      ['data.features', 'first'],
      ['data.features', 'second'],
      ['first', 'fade.a'],
      ['second', 'fade.b'],
      ['clock.alpha', 'fade.t'],
      ['first', 'pick'],
      ['fade', 'pick'],
      ['clock.stage', 'pick.param:index'],
      ['pick', 'scaled'],
      ['ramp.value', 'scaled.param:scale'],
      ['scaled', 'logits'],
      ['logits', 'loss.logits'],
      ['data.label', 'loss.labels'],
      ['loss.loss', 'adam.loss'],
      ['adam.step', 'training.steps'],
      ['logits', 'answer'],
    ],
  },
  // Steps that look at each other, tensor operation by tensor operation.
  tensors: {
    nodes: { data, ...tensors.nodes, said: ['output', { key: 'said' }] },
    wires: [['data.image', 'rows'], ...tensors.wires, ['o', 'said']],
  },
  // The decoder's weights are the encoder's, turned around.
  tied: {
    nodes: {
      data,
      encode: ['dense', { units: 3, activation: 'tanh' }, { frozen: true }],
      decode: ['matmul', { transposeB: true }],
      again: ['output', { key: 'again' }],
    },
    wires: [
      ['data.features', 'encode'],
      ['encode', 'decode.a'],
      ['encode.kernel', 'decode.b'],
      ['decode', 'again'],
    ],
  },
};

const residual = residualNetwork({
  title: 'Residual',
  depth: 18,
  dataset: 'parity',
  classes: 3,
  iterations: 10,
});

/** Networks whose ops must fit together: layouts, shared weights, several inputs. */
export function wholeModels(): EmittedModel[] {
  const documents: [string, Document][] = [
    ...Object.entries(sketches).map(([name, sketch]): [string, Document] => [name, buildDocument(sketch)]),
    ['residual18', { ...residual, params: { ...residual.params, width: { title: 'Width', default: 4 } } }],
  ];
  const compiled = documents.map(([name, document]) => {
    const { program, diagnostics } = compile(document, { kinds, datasets: { parity: parityCard } });
    if (!program) throw new Error(`${name}: ${diagnostics.map((one) => one.message).join('\n')}`);
    return { name, title: `A model ${name}`, program };
  });
  return [...seededModels(), ...compiled].map((model) => {
    const inputs: Record<string, HostTensor> = {};
    for (const { name, value } of model.program.functions.flatMap((fn) => fn.inputs))
      inputs[name] = seededTensor(required(model.program.values[value], value), name);
    return { ...model, cards: { parity: parityCard }, weights: seededWeights(model.program), inputs };
  });
}
