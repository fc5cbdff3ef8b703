import { compile } from '@/lib/compile/compile';
import type { Program } from '@/lib/compile/program';
import type { DatasetCard } from '@/lib/datasets/card';
import { featuresField, imageField, labelField } from '@/lib/datasets/fields';
import { kinds } from '@/lib/nodes/kinds.generated';
import { buildDocument, type DocumentSketch } from '@/tests/helpers/build-document';

/** A data set that exists only as a card: exporting a model needs no rows. */
export const parityCard: DatasetCard = {
  id: 'parity',
  title: 'Parity </script> “data”',
  summary: 'For tests',
  fields: {
    image: imageField(12, 10, 3),
    features: featuresField(['a', 'b', 'c', 'd', 'e'], [-1, 1]),
    tokens: {
      title: 'Tokens',
      spec: { shape: ['batch', 7], dtype: 'int32', meaning: 'tokens', classes: 11 },
      stored: 'int32',
    },
    label: labelField(['one', 'two', 'three']),
  },
  counts: { train: 8, validation: 8, test: 8 },
  licence: 'own',
  source: 'tests',
};

const data = { kind: 'dataset', params: { dataset: 'parity' } } as const;
type Sketch = Pick<DocumentSketch, 'nodes' | 'wires' | 'blocks'>;
const source: Sketch['nodes'][string] = [data.kind, data.params];
const out: Sketch['nodes'][string] = ['output', { key: 'answer' }];

/** Networks of all shapes that the exporters must get right; each exports the function `answer`. */
const sketches: Record<string, Sketch> = {
  mlp: {
    nodes: {
      data: source,
      hidden: ['dense', { units: 16, activation: 'relu', kernelInit: 'he_normal' }],
      leaky: ['dense', { units: 9, activation: 'leaky-relu' }],
      drop: ['dropout', { rate: 0.3 }],
      logits: ['dense', { units: 3, bias: false }],
      softmax: ['softmax'],
      loss: ['cross-entropy'],
      adam: ['adam', { rate: 0.01 }],
      training: ['training', { epochs: 3 }],
      answer: out,
    },
    wires: [
      ['data.features', 'hidden'],
      ['hidden', 'leaky'],
      ['leaky', 'drop'],
      ['drop', 'logits'],
      ['logits', 'softmax'],
      ['softmax', 'answer'],
      ['logits', 'loss.logits'],
      ['data.label', 'loss.labels'],
      ['loss.loss', 'adam.loss'],
      ['adam.step', 'training.steps'],
    ],
  },
  cnn: {
    nodes: {
      data: source,
      conv1: ['conv-2d', { filters: 6, kernel: [3, 3], activation: 'relu' }],
      norm: ['batch-norm'],
      pool: ['max-pool-2d'],
      conv2: ['conv-2d', { filters: 4, kernel: [2, 3], padding: 'valid', activation: 'swish', bias: false }],
      mean: ['average-pool-2d', { size: [2, 2], stride: [1, 1], padding: 'same' }],
      drop: ['dropout', { rate: 0.5 }],
      flat: ['flatten'],
      scores: ['dense', { units: 3, activation: 'softmax' }],
      answer: out,
    },
    wires: [
      ['data.image', 'conv1'],
      ['conv1', 'norm'],
      ['norm', 'pool'],
      ['pool', 'conv2'],
      ['conv2', 'mean'],
      ['mean', 'drop'],
      ['drop', 'flat'],
      ['flat', 'scores'],
      ['scores', 'answer'],
    ],
  },
  // Equal-shaped layers side by side: in a wrong order they would swap their weights.
  residual: {
    nodes: {
      data: source,
      stem: ['conv-2d', { filters: 5 }],
      left: ['conv-2d', { filters: 5, activation: 'relu' }],
      right: ['conv-2d', { filters: 5, activation: 'relu' }],
      deeper: ['conv-2d', { filters: 5, activation: 'tanh' }],
      add: ['add'],
      join: ['concat'],
      mean: ['global-average-pool-2d'],
      scores: ['dense', { units: 3 }],
      answer: out,
    },
    wires: [
      ['data.image', 'stem'],
      ['stem', 'right'],
      ['stem', 'left'],
      ['right', 'deeper'],
      ['stem', 'add'],
      ['deeper', 'add'],
      ['add', 'join'],
      ['left', 'join'],
      ['right', 'join'],
      ['join', 'mean'],
      ['mean', 'scores'],
      ['scores', 'answer'],
    ],
  },
  sequence: {
    nodes: {
      data: source,
      embedding: ['embedding', { tokens: 11, size: 6 }],
      lstm1: ['lstm', { units: 5, gives: 'every' }],
      lstm2: ['lstm', { units: 4 }],
      scores: ['dense', { units: 3, activation: 'softmax' }],
      answer: out,
    },
    wires: [
      ['data.tokens', 'embedding'],
      ['embedding', 'lstm1'],
      ['lstm1', 'lstm2'],
      ['lstm2', 'scores'],
      ['scores', 'answer'],
    ],
  },
  // One block used twice with the same weights, and two inputs.
  shared: {
    blocks: {
      tower: {
        inputs: [{ id: 'x', name: 'x', type: 'tensor' }],
        outputs: [{ id: 'y', name: 'y', type: 'tensor' }],
        nodes: { dense: ['dense', { units: 5, activation: 'gelu' }] },
        wires: [
          ['$in.x', 'dense'],
          ['dense', '$out.y'],
        ],
      },
    },
    nodes: {
      data: source,
      first: ['instance', { block: 'tower' }],
      second: ['instance', { block: 'tower' }],
      flat: ['flatten'],
      from: ['dense', { units: 5 }],
      join: ['concat'],
      answer: out,
    },
    wires: [
      ['data.features', 'first'],
      ['first', 'second'],
      ['first.weights', 'second.weights'],
      ['data.image', 'flat'],
      ['flat', 'from'],
      ['second', 'join'],
      ['first', 'join'],
      ['from', 'join'],
      ['join', 'answer'],
    ],
  },
};

export interface SeededModel {
  name: string;
  title: string;
  program: Program;
}

/** The sketches, compiled. */
export const seededModels = (): SeededModel[] =>
  Object.entries(sketches).map(([name, sketch]) => {
    const document = buildDocument(sketch);
    const { program, diagnostics } = compile(document, { kinds, datasets: { parity: parityCard } });
    if (!program) throw new Error(`${name}: ${diagnostics.map((one) => one.message).join('\n')}`);
    return { name, title: `Model ${name}`, program };
  });
