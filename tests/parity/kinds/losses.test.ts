import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PlainParams, Tensor } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { parseParams } from '@/lib/nodes/parse-params';
import { liveNumbers } from '@/lib/nodes/ports';
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
  keras: [module: 'losses' | 'metrics', className: string, config?: Record<string, number | boolean>];
  prediction: Spec;
  truth: Spec;
  weighted?: true;
}

const PAIRS: Pair[] = [
  {
    id: 'cross-entropy',
    keras: ['losses', 'SparseCategoricalCrossentropy', logits],
    prediction: scores(4),
    truth: classes(4),
  },
  { id: 'cross-entropy', keras: ['losses', 'CategoricalCrossentropy', logits], prediction: scores(4), truth: oneHot },
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
  { id: 'bce', keras: ['losses', 'BinaryCrossentropy', logits], prediction: scores(1), truth: answers },
  {
    id: 'bce',
    params: { from: 'probabilities' },
    keras: ['losses', 'BinaryCrossentropy'],
    prediction: scores(1, [0.1, 0.9]),
    truth: answers,
  },
  { id: 'mse', keras: ['losses', 'MeanSquaredError'], prediction: scores(3), truth: scores(3) },
  { id: 'mae', keras: ['losses', 'MeanAbsoluteError'], prediction: scores(3), truth: scores(3) },
  {
    id: 'huber',
    params: { delta: 0.7 },
    keras: ['losses', 'Huber', { delta: 0.7 }],
    prediction: scores(3),
    truth: scores(3),
  },
  { id: 'log-cosh', keras: ['losses', 'LogCosh'], prediction: scores(3), truth: scores(3) },
  { id: 'hinge', keras: ['losses', 'Hinge'], prediction: scores(1), truth: answers },
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
  { id: 'mean-error', keras: ['metrics', 'MeanAbsoluteError'], prediction: scores(3), truth: scores(3) },
  { id: 'r2', keras: ['metrics', 'R2Score'], prediction: scores(1), truth: scores(1) },
  { id: 'rmse', keras: ['metrics', 'RootMeanSquaredError'], prediction: scores(3), truth: scores(3) },
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
];

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
  const cases = PAIRS.map((pair, index) => {
    const { prediction, truth, weight } = tensorsOf(pair, index);
    const [module, className, config = {}] = pair.keras;
    const signed = pair.id === 'hinge' ? tf.sub(tf.mul(truth, 2), 1) : truth;
    return {
      module,
      className,
      config,
      prediction: plain(prediction),
      truth: plain(signed),
      weight: pair.weighted ? plain(weight) : null,
    };
  });
  const file = path.join(folder, 'cases.json');
  writeFileSync(file, JSON.stringify(cases));
  theirs = (await runPython(path.resolve('tests/parity/kinds/losses.py'), [file])) as number[];
}, PEERS_TIMEOUT);

afterAll(() => rmSync(folder, { recursive: true }));

it.each(
  PAIRS.map((pair, index) => ({
    pair,
    index,
    name: `${pair.id} ${JSON.stringify(pair.params ?? {})}`,
    keras: pair.keras[1],
  })),
)('$name is Keras’ $keras', ({ pair, index }) => {
  expect(tf.tidy(() => evaluate(pair, index))).toBeCloseTo(theirs[index] ?? Number.NaN, 5);
});

function evaluate(pair: Pair, index: number): number {
  const kind = kinds[pair.id];
  if (kind === undefined) throw new Error(`no kind ${pair.id}`);
  const { params } = parseParams(kind.face, pair.params ?? {});
  const { prediction, truth, weight } = tensorsOf(pair, index);
  const [first = '', second = ''] = Array.isArray(kind.face.inputs) ? kind.face.inputs.map(({ id }) => id) : [];
  const inputs = { [first]: [prediction], [second]: [truth], ...(pair.weighted && { sampleWeight: [weight] }) };
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
    variables: {},
    mode: 'train',
    random: random(pair.id),
    batch: 7,
  });
  return outputs.loss?.dataSync()[0] ?? Number.NaN;
}
