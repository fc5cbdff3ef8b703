import { afterAll, beforeAll, expect, it } from 'vitest';
import { required } from '@/lib/base/invariant';
import type { HostTensor, PlainParams } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import type { Spec } from '@/lib/tensor/spec';
import { prepare, runExample, tf } from '@/tests/contract/kinds/example';
import { PEERS_TIMEOUT, preparePeers } from '@/tests/helpers/venv';
import { askPeer, expectClose } from './peer';

interface Case {
  name: string;
  kind: string;
  params: PlainParams;
  /** Ports of scores and of what they are compared with. */
  ports: [string, string];
  scores: Spec;
  labels: Spec;
  className: string;
  config: Record<string, boolean | number>;
}

const scores = (width: number, range: [number, number]): Spec => ({
  shape: ['batch', width],
  dtype: 'float32',
  meaning: 'any',
  range,
});
const classes = (count: number): Spec => ({ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: count });
const oneHot: Spec = { shape: ['batch', 4], dtype: 'float32', meaning: 'one-hot', classes: 4, range: [0, 1] };
const sure: [number, number] = [-12, 12];
const shares: [number, number] = [0.01, 0.99];

const CASES: Case[] = [
  {
    name: 'sparse',
    kind: 'cross-entropy',
    params: {},
    ports: ['logits', 'labels'],
    scores: scores(5, sure),
    labels: classes(5),
    className: 'SparseCategoricalCrossentropy',
    config: { from_logits: true },
  },
  {
    name: 'probabilities',
    kind: 'cross-entropy',
    params: { from: 'probabilities' },
    ports: ['logits', 'labels'],
    scores: scores(5, shares),
    labels: classes(5),
    className: 'SparseCategoricalCrossentropy',
    config: {},
  },
  {
    name: 'smoothed',
    kind: 'cross-entropy',
    params: { smoothing: 0.2 },
    ports: ['logits', 'labels'],
    scores: scores(4, sure),
    labels: oneHot,
    className: 'CategoricalCrossentropy',
    config: { from_logits: true, label_smoothing: 0.2 },
  },
  {
    name: 'binary',
    kind: 'bce',
    params: {},
    ports: ['x', 'labels'],
    scores: scores(1, sure),
    labels: scores(1, [0, 1]),
    className: 'BinaryCrossentropy',
    config: { from_logits: true },
  },
  {
    name: 'binary-probabilities',
    kind: 'bce',
    params: { from: 'probabilities' },
    ports: ['x', 'labels'],
    scores: scores(6, shares),
    labels: scores(6, [0, 1]),
    className: 'BinaryCrossentropy',
    config: {},
  },
  {
    name: 'squared',
    kind: 'mse',
    params: {},
    ports: ['x', 'target'],
    scores: scores(6, [-3, 3]),
    labels: scores(6, [-3, 3]),
    className: 'MeanSquaredError',
    config: {},
  },
  {
    name: 'absolute',
    kind: 'mae',
    params: {},
    ports: ['x', 'target'],
    scores: scores(6, [-3, 3]),
    labels: scores(6, [-3, 3]),
    className: 'MeanAbsoluteError',
    config: {},
  },
];

const weight: Spec = { shape: ['batch'], dtype: 'float32', meaning: 'sample-weight', range: [0.2, 2] };
const ours = new Map<string, { mean: HostTensor; weighted: HostTensor }>();
let peer: Awaited<ReturnType<typeof askPeer>>;

const host = (tensor: tf.Tensor | undefined): HostTensor => {
  const { shape } = required(tensor, 'tensor');
  return { data: tensor?.dataSync() as Float32Array, shape };
};

beforeAll(async () => {
  await tf.setBackend('cpu');
  await preparePeers();
  const tensors: Record<string, HostTensor> = {};
  for (const { name, kind: id, params, ports, ...specs } of CASES) {
    const kind = required(kinds[id], id);
    const inputs = { [ports[0]]: [specs.scores], [ports[1]]: [specs.labels] };
    const prepared = prepare(kind, { title: name, params, inputs: { ...inputs, sampleWeight: [weight] } });
    const { inputs: filled } = prepared.context;
    tensors[`${name}/scores`] = host(filled[ports[0]]?.[0]);
    tensors[`${name}/labels`] = host(filled[ports[1]]?.[0]);
    tensors[`${name}/weight`] = host(filled.sampleWeight?.[0]);
    const weighted = host(runExample(kind, prepared).outputs.loss);
    prepared.context.inputs = { ...filled, sampleWeight: [] };
    ours.set(name, { mean: host(runExample(kind, prepared).outputs.loss), weighted });
  }
  peer = await askPeer(
    './losses.py',
    { cases: CASES.map(({ name, className, config }) => ({ name, className, config })) },
    {},
    tensors,
  );
}, PEERS_TIMEOUT);

afterAll(() => peer?.close());

it.each(CASES)('$kind $params equals $className', async ({ name }) => {
  const { mean, weighted } = required(ours.get(name), name);
  expect(mean.data[0]).toBeGreaterThan(0.05);
  expectClose(mean, await peer.tensor(`${name}/mean`));
  expectClose(weighted, await peer.tensor(`${name}/weighted`));
});
