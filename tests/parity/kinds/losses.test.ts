import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Json } from '@/lib/base/json';
import { parseParams } from '@/lib/nodes/common/parse-params';
import { liveNumbers } from '@/lib/nodes/common/ports';
import type { PlainParams, Tensor } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { seedOf } from '@/lib/tensor/philox';
import type { Spec } from '@/lib/tensor/spec';
import { engine, fill, random, tf } from '../../contract/kinds/example';
import { PEERS_TIMEOUT, preparePeers, runPython } from '../../helpers/venv';

const scores = (size: number, range: [number, number] = [-2, 2]): Spec => ({
  shape: [7, size],
  dtype: 'float32',
  meaning: 'features',
  range,
});
const classes = (count: number): Spec => ({ shape: [7], dtype: 'int32', meaning: 'class', classes: count });
const answers: Spec = { shape: [7, 1], dtype: 'int32', meaning: 'class', classes: 2 };
const oneHot: Spec = { shape: [7, 4], dtype: 'float32', meaning: 'one-hot' };
const logits = { from_logits: true };

interface Pair {
  id: string;
  params?: PlainParams;
  keras: [module: 'losses' | 'metrics', className: string, config?: Record<string, Json>];
  prediction: Spec;
  truth: Spec;
  /** Compared with sample weights too, where Keras takes them as we do. */
  weighted?: true;
  /** Keras wants −1 and 1. */
  signed?: true;
  /** Nothing is compared: a number of the prediction alone. */
  alone?: true;
}

/** Losses and metrics that are not compared, and why. */
const NOT_IN_KERAS: Record<string, string> = {
  'abc-valid': 'it reads musical notation',
  'as-loss': 'it renames a tensor',
  'balanced-accuracy': 'Keras has no class of it',
  'calibration-error': 'Keras has no class of it',
  'class-weight': 'Keras takes weights of classes as they are given',
  confusion: 'Keras has no metric that is a table',
  contrastive: 'Keras has no class of it',
  disentanglement: 'Keras has no class of it',
  'exact-match': 'Keras has no class of it',
  'gan-loss': 'Keras has no class of it',
  'gaussian-nll': 'Keras has no class of it',
  'group-gap': 'Keras has no class of it',
  'kl-normal': 'Keras has the divergence of given distributions only',
  'latent-resampling': 'it gives weights of examples',
  'loss-sum': 'Keras adds the losses of outputs in compile()',
  'mean-ap': 'Keras itself has no detection',
  'mode-coverage': 'Keras has no class of it',
  perplexity: 'Keras itself has no language models',
  'policy-gradient': 'Keras itself has no reinforcement learning',
  quantile: 'Keras has no class of it',
  'sliced-distance': 'Keras has no class of it',
  'top-patches': 'it shows pictures',
  triplet: 'Keras has no class of it',
  'uncertainty-sum': 'Keras has no class of it',
  variance: 'Keras has no class of it',
  'weight-penalty': 'Keras has it as a setting of layers',
};

const positive = (size: number): Spec => scores(size, [0.2, 4]);
const picture = (channels: number, range: [number, number]): Spec => ({
  shape: [7, 3, 3, channels],
  dtype: 'float32',
  meaning: 'features',
  range,
});
const oneHotPixels: Spec = { shape: [7, 3, 3, 3], dtype: 'float32', meaning: 'one-hot' };

const PAIRS: Pair[] = [
  {
    id: 'cross-entropy',
    keras: ['losses', 'SparseCategoricalCrossentropy', logits],
    prediction: scores(4),
    truth: classes(4),
  },
  {
    id: 'cross-entropy',
    keras: ['losses', 'CategoricalCrossentropy', logits],
    prediction: scores(4),
    truth: oneHot,
    weighted: true,
  },
  {
    id: 'cross-entropy',
    params: { smoothing: 0.2 },
    keras: ['losses', 'CategoricalCrossentropy', { ...logits, label_smoothing: 0.2 }],
    prediction: scores(4),
    truth: oneHot,
  },
  {
    id: 'cross-entropy',
    params: { from: 'probabilities' },
    keras: ['losses', 'CategoricalCrossentropy'],
    prediction: scores(4, [0.1, 1]),
    truth: oneHot,
  },
  { id: 'bce', keras: ['losses', 'BinaryCrossentropy', logits], prediction: scores(1), truth: answers, weighted: true },
  {
    id: 'bce',
    params: { from: 'probabilities' },
    keras: ['losses', 'BinaryCrossentropy'],
    prediction: scores(1, [0.1, 0.9]),
    truth: answers,
  },
  { id: 'mse', keras: ['losses', 'MeanSquaredError'], prediction: scores(3), truth: scores(3), weighted: true },
  { id: 'mae', keras: ['losses', 'MeanAbsoluteError'], prediction: scores(3), truth: scores(3), weighted: true },
  {
    id: 'huber',
    params: { delta: 0.7 },
    keras: ['losses', 'Huber', { delta: 0.7 }],
    prediction: scores(3),
    truth: scores(3),
  },
  { id: 'log-cosh', keras: ['losses', 'LogCosh'], prediction: scores(3), truth: scores(3), weighted: true },
  { id: 'hinge', keras: ['losses', 'Hinge'], prediction: scores(1), truth: answers, signed: true, weighted: true },
  {
    id: 'bce',
    params: { smoothing: 0.2 },
    keras: ['losses', 'BinaryCrossentropy', { ...logits, label_smoothing: 0.2 }],
    prediction: scores(3),
    truth: scores(3, [0, 1]),
    weighted: true,
  },
  {
    id: 'focal',
    params: { alpha: 0.25 },
    keras: ['losses', 'CategoricalFocalCrossentropy', logits],
    prediction: scores(4),
    truth: oneHot,
    weighted: true,
  },
  {
    id: 'focal',
    params: { from: 'probabilities', gamma: 1.5, smoothing: 0.1 },
    keras: ['losses', 'CategoricalFocalCrossentropy', { alpha: 1, gamma: 1.5, label_smoothing: 0.1 }],
    prediction: scores(4, [0.1, 1]),
    truth: oneHot,
  },
  {
    id: 'focal',
    params: { form: 'sigmoid' },
    keras: ['losses', 'BinaryFocalCrossentropy', logits],
    prediction: scores(3),
    truth: scores(3, [0, 1]),
    weighted: true,
  },
  {
    id: 'focal',
    params: { form: 'sigmoid', alpha: 0.3, gamma: 3, smoothing: 0.1, from: 'probabilities' },
    keras: [
      'losses',
      'BinaryFocalCrossentropy',
      { apply_class_balancing: true, alpha: 0.3, gamma: 3, label_smoothing: 0.1 },
    ],
    prediction: scores(1, [0.1, 0.9]),
    truth: answers,
  },
  {
    id: 'dice',
    params: { from: 'probabilities' },
    keras: ['losses', 'Dice', { axis: [1, 2, 3] }],
    prediction: picture(1, [0, 1]),
    truth: picture(1, [0, 1]),
    weighted: true,
  },
  {
    id: 'dice',
    params: { from: 'probabilities' },
    keras: ['losses', 'Dice', { axis: [1, 2] }],
    prediction: picture(3, [0.1, 1]),
    truth: oneHotPixels,
  },
  {
    id: 'tversky',
    params: { from: 'probabilities', alpha: 0.3, beta: 0.8, over: 'all' },
    keras: ['losses', 'Tversky', { alpha: 0.3, beta: 0.8, axis: [1, 2, 3] }],
    prediction: picture(3, [0.1, 1]),
    truth: oneHotPixels,
    weighted: true,
  },
  {
    id: 'iou-loss',
    params: { from: 'probabilities' },
    keras: ['losses', 'Tversky', { alpha: 1, beta: 1, axis: [1, 2, 3] }],
    prediction: picture(1, [0, 1]),
    truth: picture(1, [0, 1]),
    weighted: true,
  },
  {
    id: 'cosine-similarity',
    keras: ['losses', 'CosineSimilarity'],
    prediction: scores(4),
    truth: scores(4),
    weighted: true,
  },
  {
    id: 'categorical-hinge',
    keras: ['losses', 'CategoricalHinge'],
    prediction: scores(4),
    truth: oneHot,
    weighted: true,
  },
  {
    id: 'squared-hinge',
    keras: ['losses', 'SquaredHinge'],
    prediction: scores(1),
    truth: answers,
    signed: true,
    weighted: true,
  },
  { id: 'poisson', keras: ['losses', 'Poisson'], prediction: positive(3), truth: positive(3), weighted: true },
  {
    id: 'kl-divergence',
    params: { from: 'probabilities' },
    keras: ['losses', 'KLDivergence'],
    prediction: scores(4, [0.05, 1]),
    truth: scores(4, [0, 1]),
    weighted: true,
  },
  {
    id: 'mape',
    keras: ['losses', 'MeanAbsolutePercentageError'],
    prediction: scores(3),
    truth: positive(3),
    weighted: true,
  },
  {
    id: 'msle',
    keras: ['losses', 'MeanSquaredLogarithmicError'],
    prediction: scores(3),
    truth: positive(3),
    weighted: true,
  },
  {
    id: 'accuracy',
    keras: ['metrics', 'SparseCategoricalAccuracy'],
    prediction: scores(4),
    truth: classes(4),
    weighted: true,
  },
  { id: 'accuracy', keras: ['metrics', 'CategoricalAccuracy'], prediction: scores(4), truth: oneHot },
  {
    id: 'accuracy',
    params: { from: 'probabilities' },
    keras: ['metrics', 'BinaryAccuracy'],
    prediction: scores(1, [0, 1]),
    truth: answers,
  },
  {
    id: 'top-k',
    params: { k: 2 },
    keras: ['metrics', 'SparseTopKCategoricalAccuracy', { k: 2 }],
    prediction: scores(6),
    truth: classes(6),
  },
  {
    id: 'mean-error',
    keras: ['metrics', 'MeanAbsoluteError'],
    prediction: scores(3),
    truth: scores(3),
    weighted: true,
  },
  { id: 'r2', keras: ['metrics', 'R2Score'], prediction: scores(1), truth: scores(1) },
  { id: 'rmse', keras: ['metrics', 'RootMeanSquaredError'], prediction: scores(3), truth: scores(3), weighted: true },
  {
    id: 'precision',
    params: { from: 'probabilities' },
    keras: ['metrics', 'Precision'],
    prediction: scores(1, [0, 1]),
    truth: answers,
  },
  {
    id: 'recall',
    params: { from: 'probabilities' },
    keras: ['metrics', 'Recall'],
    prediction: scores(1, [0, 1]),
    truth: answers,
  },
  {
    id: 'percent-error',
    keras: ['metrics', 'MeanAbsolutePercentageError'],
    prediction: scores(3),
    truth: positive(3),
    weighted: true,
  },
  {
    id: 'mean-iou',
    keras: ['metrics', 'MeanIoU', { num_classes: 3, sparse_y_pred: false }],
    prediction: scores(3),
    truth: classes(3),
  },
  {
    id: 'mean-iou',
    keras: ['metrics', 'OneHotMeanIoU', { num_classes: 3 }],
    prediction: picture(3, [0, 1]),
    truth: oneHotPixels,
  },
  {
    id: 'f1',
    params: { average: 'classes' },
    keras: ['metrics', 'F1Score', { average: 'macro' }],
    prediction: scores(4),
    truth: oneHot,
  },
  {
    id: 'f1',
    params: { average: 'weighted' },
    keras: ['metrics', 'F1Score', { average: 'weighted' }],
    prediction: scores(4),
    truth: oneHot,
  },
  {
    id: 'f1',
    params: { average: 'decisions' },
    keras: ['metrics', 'F1Score', { average: 'micro' }],
    prediction: scores(4),
    truth: oneHot,
  },
  { id: 'auc', keras: ['metrics', 'AUC', { num_thresholds: 5000 }], prediction: scores(1, [0, 1]), truth: answers },
  { id: 'mean-metric', keras: ['metrics', 'Mean'], prediction: scores(3), truth: scores(3), alone: true },
  { id: 'correlation', keras: ['metrics', 'PearsonCorrelation', { axis: 0 }], prediction: scores(1), truth: scores(1) },
];

/** One comparison each without and, where marked, with sample weights. */
const CASES = PAIRS.flatMap((pair, index) => [
  { pair, index, weighted: false },
  ...(pair.weighted ? [{ pair, index, weighted: true }] : []),
]).map((one, at) => ({
  ...one,
  at,
  name: `${one.pair.id} ${JSON.stringify(one.pair.params ?? {})}${one.weighted ? ' with weights' : ''}`,
  keras: one.pair.keras[1],
}));

const folder = mkdtempSync(path.join(tmpdir(), 'netloom-parity-'));
let theirs: number[] = [];

const tensorsOf = (pair: Pair, index: number) => ({
  prediction: fill(pair.prediction, seedOf('prediction', index)),
  truth: fill(pair.truth, seedOf('truth', index)),
  weight: fill({ shape: [7], dtype: 'float32', meaning: 'any', range: [0, 2] }, seedOf('weight', index)),
});

const plain = (tensor: Tensor) => ({ dtype: tensor.dtype, shape: tensor.shape, data: [...tensor.dataSync()] });

beforeAll(async () => {
  await tf.setBackend('cpu');
  await preparePeers();
  const cases = CASES.map(({ pair, index, weighted }) => {
    const { prediction, truth, weight } = tensorsOf(pair, index);
    const [module, className, config = {}] = pair.keras;
    return {
      module,
      className,
      config: module === 'losses' ? { ...config, reduction: 'mean_with_sample_weight' } : config,
      prediction: plain(prediction),
      truth: plain(pair.signed ? tf.sub(tf.mul(truth, 2), 1) : truth),
      weight: weighted ? plain(weight) : null,
      alone: pair.alone === true,
    };
  });
  const file = path.join(folder, 'cases.json');
  writeFileSync(file, JSON.stringify(cases));
  theirs = (await runPython(path.resolve('tests/parity/kinds/losses.py'), [file])) as number[];
}, PEERS_TIMEOUT);

afterAll(() => rmSync(folder, { recursive: true }));

it('compares every loss and every metric, or says why not', () => {
  const all = Object.values(kinds).filter(({ face }) => face.makes === 'loss' || face.role === 'fold');
  const known = [...new Set([...PAIRS.map(({ id }) => id), ...Object.keys(NOT_IN_KERAS)])];
  expect(known.sort()).toEqual(all.map(({ face }) => face.id).sort());
  for (const { id } of PAIRS) expect(NOT_IN_KERAS[id]).toBeUndefined();
});

it.each(CASES)('$name is Keras’ $keras', ({ pair, index, weighted, at }) => {
  const wanted = theirs[at] ?? Number.NaN;
  const got = tf.tidy(() => evaluate(pair, index, weighted));
  expect(Math.abs(got - wanted), `${got} is not ${wanted}`).toBeLessThan(1e-5 * Math.max(1, Math.abs(wanted)));
});

function evaluate(pair: Pair, index: number, weighted: boolean): number {
  const kind = kinds[pair.id];
  if (kind === undefined) throw new Error(`no kind ${pair.id}`);
  const { params } = parseParams(kind.face, pair.params ?? {});
  const { prediction, truth, weight } = tensorsOf(pair, index);
  const [first = '', second = ''] = Array.isArray(kind.face.inputs) ? kind.face.inputs.map(({ id }) => id) : [];
  const compared: Record<string, Tensor[]> = pair.alone ? {} : { [second]: [truth] };
  const inputs = { [first]: [prediction], ...compared, ...(weighted && { sampleWeight: [weight] }) };
  if (kind.run?.as === 'fold') {
    const totals = Object.entries(kind.run.fold.measure(engine, { params, inputs, batch: 7 }));
    const host = totals.map(([name, tensor]) => [name, tensor.dataSync() as Float32Array] as const);
    return kind.run.fold.result(Object.fromEntries(host), params, {}) as number;
  }
  if (kind.run?.as !== 'op') throw new Error(`${pair.id} does not run`);
  const { outputs } = kind.run.run(engine, {
    params,
    numbers: liveNumbers(kind.face, params),
    inputs,
    spec: () => undefined,
    variables: {},
    mode: 'train',
    random: random(pair.id),
    batch: 7,
  });
  return outputs.loss?.dataSync()[0] ?? Number.NaN;
}
