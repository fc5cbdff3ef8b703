import { required } from '@/lib/base/invariant';
import { formatShape, type Spec } from '@/lib/tensor/spec';
import { specOn } from '../common/inference';
import { liveNumber } from '../common/live';
import { onnxPass } from '../common/onnx-nodes';
import { tensorOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem, Tensor } from '../kind';

export const face: Face = {
  id: 'corrupt-labels',
  version: 1,
  title: 'Corrupt labels',
  summary: 'Gives some training examples a label drawn by chance.',
  category: 'data',
  makes: 'op',
  role: 'op',
  aliases: ['label noise', 'noisy labels', 'random labels', 'wrong labels', 'memorisation'],
  icon: 'arrows-shuffle',
  fields: {
    fraction: {
      type: 'number',
      title: 'Share',
      default: 0.2,
      min: 0,
      max: 1,
      step: 0.05,
      live: true,
      essential: true,
      help: 'The share of examples whose label is drawn anew, evenly from all classes: some get their own back.',
    },
  },
  inputs: [
    { id: 'x', title: 'Labels', type: 'tensor' },
    { id: 'index', title: 'Index', type: 'tensor' },
  ],
  outputs: [{ id: 'y', title: 'Labels', type: 'tensor' }],
  grad: [],
  evaluation: 'identity',
  rng: 'example',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['cross-entropy', 'accuracy'],
};

export const docs: KindDocs = {
  text: 'While training, a share of the examples has a label that was drawn by chance, and keeps it in every epoch: it hangs on the example, not on the moment. A large network learns even those by heart. In validation and test all labels are the true ones.',
  formula: 'y = u < share ? ⌊v·classes⌋ : x,  (u, v) drawn for each example',
  source: 'Zhang et al., Understanding deep learning requires rethinking generalization, 2017',
};

export const examples: KindExample[] = [
  {
    title: 'Half of ten classes',
    params: { fraction: 0.5 },
    inputs: {
      x: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 10, range: [0, 9] }],
      index: [{ shape: ['batch'], dtype: 'int32', meaning: 'index', range: [0, 49] }],
    },
  },
];

export function infer({ inputs }: InferContext): Inference {
  const [x, index] = [specOn(inputs, 'x'), specOn(inputs, 'index')];
  const problems: Problem[] = [];
  if (x?.shape && (x.dtype !== 'int32' || x.shape.length !== 1 || x.classes === undefined))
    problems.push({
      code: x.dtype === 'int32' ? 'shape-mismatch' : 'dtype-mismatch',
      severity: 'error',
      port: 'x',
      message: `Corrupt labels takes one class number for each example, of a known number of classes, but gets ${x.dtype} ${formatShape(x.shape)}.`,
      expected: 'class numbers of a data set',
      received: `${x.dtype} ${formatShape(x.shape)}`,
    });
  if (index?.shape && (index.dtype !== 'int32' || index.meaning !== 'index' || index.range === undefined))
    problems.push({
      code: index.dtype === 'int32' ? 'unknown-static' : 'dtype-mismatch',
      severity: 'error',
      port: 'index',
      message: `Corrupt labels draws once for each example of the data set, so it needs their index, but gets ${index.dtype} ${formatShape(index.shape)}. Wire the data set’s own.`,
      expected: 'the index of a data set',
      received: `${index.dtype} ${formatShape(index.shape)}`,
    });
  const y: Spec = x?.shape && problems.length === 0 ? x : { shape: null, dtype: 'int32', meaning: 'class' };
  return { outputs: { y }, problems };
}

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const labels = tensorOn(context.inputs, 'x');
    if (context.mode === 'evaluation') return { outputs: { y: tf.clone(labels) } };
    const classes = required(context.spec('x')?.classes, 'the number of classes');
    const draws = context.random.uniform([context.batch, 2]);
    const column = (at: number): Tensor => tf.reshape(tf.slice(draws, [0, at], [context.batch, 1]), [-1]);
    const drawn = tf.cast(tf.minimum(tf.floor(tf.mul(column(1), classes)), classes - 1), 'int32');
    return { outputs: { y: tf.where(tf.less(column(0), liveNumber(context, 'fraction')), drawn, labels) } };
  },
};

export const emit: Emit = {
  keras: () => [{ className: 'Activation', config: { activation: 'linear' }, weights: [] }],
  // It belongs to the training; here it hands on what comes in.
  torch: () => torchExpression((x) => x, { channels: 'either', takes: 'any' }),
  onnx: () => ({ ...onnxPass(), takes: 'any' }),
};
