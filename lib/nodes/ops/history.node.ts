import type { Spec } from '@/lib/tensor/spec';
import { rankProblem, specOn, staticProblem, textProblem, unknownOutput } from '../common/inference';
import { Y_OUTPUT } from '../common/merge';
import { onnxPass } from '../common/onnx-nodes';
import { floatOn, variableOf } from '../common/operands';
import { numberOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import { X_INPUT } from '../common/unary';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Tensor, Tf } from '../kind';

export const face: Face = {
  id: 'history',
  version: 1,
  title: 'History',
  summary: 'Swaps half of a batch with examples from earlier ones.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  learns: true,
  aliases: ['image pool', 'replay', 'buffer', 'cyclegan', 'past samples', 'image history'],
  icon: 'history',
  fields: {
    size: {
      type: 'number',
      title: 'Size',
      default: 50,
      min: 1,
      max: 100_000,
      integer: true,
      essential: true,
      help: 'How many examples are kept.',
    },
  },
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  grad: [],
  second: true,
  rng: 'iteration',
  evaluation: 'identity',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['instance'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('History', 'x'));
  if (!x?.shape) return unknownOutput();
  if (x.shape.length < 1) return unknownOutput(rankProblem('History', 'x', x, [2, 4]));
  const y: Spec = { shape: x.shape, dtype: 'float32', meaning: x.meaning };
  const rest = x.shape.slice(1);
  if (!rest.every((dim) => typeof dim === 'number'))
    return { outputs: { y }, problems: [staticProblem('History', 'x', x, 'numbers')] };
  return {
    outputs: { y },
    variables: [
      { slot: 'pool', shape: [numberOf(params, 'size'), ...rest], role: 'carry', init: { law: 'zeros' } },
      { slot: 'count', shape: [], role: 'carry', init: { value: 0 } },
    ],
  };
}

export const docs: KindDocs = {
  text: 'A discriminator that only sees the newest fakes forgets the older ones. Each example of the batch is, with probability ½, swapped with a kept one: that one comes out, the new one takes its place. Until the history is full, batches fill it and come out as they are.',
  formula: 'y = u < ½ ? pool[j] : x;  pool[j] ← x where swapped',
  source: 'Shrivastava et al., Learning from simulated and unsupervised images through adversarial training, 2017',
};

export const examples: KindExample[] = [
  {
    title: 'Points',
    params: { size: 5 },
    inputs: { x: [{ shape: ['batch', 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Fewer than a batch',
    params: { size: 2 },
    inputs: { x: [{ shape: ['batch', 2, 2, 1], dtype: 'float32', meaning: 'image' }] },
  },
];

/** 1 where true. */
const flag = (tf: Tf, condition: Tensor): Tensor => tf.cast(condition, 'float32');

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs, variables, random }) {
    const x = floatOn(tf, inputs, 'x');
    const [pool, count] = [variableOf(variables, 'pool'), variableOf(variables, 'count')];
    const size = numberOf(params, 'size');
    const batch = x.shape[0] ?? 1;
    const taking = Math.min(batch, size);
    const column = (tensor: Tensor, like: Tensor): Tensor =>
      tf.reshape(tensor, [tensor.size, ...like.shape.slice(1).map(() => 1)]);
    const rows = tf.range(0, taking, 1, 'int32');
    const full = flag(tf, tf.greaterEqual(count, size));

    // Swapping: places without repetition, so that no two examples of a batch meet.
    const places = tf.topk(random.uniform([size]), taking).indices;
    const swaps = tf.mul(flag(tf, tf.less(random.uniform([taking]), 0.5)), full);
    const old = tf.gather(pool, places);
    const first = tf.slice(x, 0, taking);
    const mask = column(swaps, x);
    const swapped = tf.add(tf.mul(old, mask), tf.mul(first, tf.sub(1, mask)));
    const y = taking === batch ? swapped : tf.concat([swapped, tf.slice(x, taking, batch - taking)], 0);

    // Filling: the next free places, as far as there are any.
    const next = tf.add(tf.cast(count, 'int32'), rows);
    const free = tf.mul(flag(tf, tf.less(next, size)), tf.sub(1, full));
    const target = tf.where(tf.greater(free, 0), next, places);
    const writes = tf.maximum(swaps, free);
    // For each place the example that goes there: at most one does.
    const goes = tf.mul(tf.cast(tf.oneHot(tf.cast(target, 'int32'), size), 'float32'), tf.reshape(writes, [taking, 1]));
    const by = tf.argMax(goes, 0);
    const taken = column(tf.max(goes, 0), pool);
    const kept = tf.add(tf.mul(tf.gather(first, by), taken), tf.mul(pool, tf.sub(1, taken)));
    return { outputs: { y }, writes: { pool: kept, count: tf.minimum(tf.add(count, batch), size) } };
  },
};

export const emit: Emit = {
  keras: () => ({ unsupported: 'it belongs to a training; in a finished model it does nothing' }),
  // It belongs to the training; here it does nothing.
  torch: () => torchExpression((x) => x),
  onnx: onnxPass,
};
