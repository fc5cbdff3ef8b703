import type { Dim } from '@/lib/tensor/spec';
import { flopsPerExample, rankProblem, specOn, textProblem, unknownOutput } from '../common/inference';
import { floatOn } from '../common/operands';
import { numberOf } from '../common/params';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'minibatch-std',
  version: 1,
  title: 'Minibatch deviation',
  summary: 'Adds a channel that says how varied the batch is.',
  category: 'normalisation',
  makes: 'op',
  role: 'op',
  aliases: ['minibatch standard deviation', 'mode collapse', 'variation', 'progan', 'stylegan'],
  icon: 'arrows-shuffle',
  fields: {
    group: {
      type: 'number',
      title: 'Group',
      default: 4,
      min: 2,
      max: 1024,
      integer: true,
      essential: true,
      help: 'How many examples are compared. Where the batch is no multiple of it, all of the batch is.',
    },
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  oftenNext: ['conv-2d', 'flatten', 'dense'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Minibatch deviation', 'x'));
  if (!x?.shape) return unknownOutput();
  if (x.shape.length < 2) return unknownOutput(rankProblem('Minibatch deviation', 'x', x, [2, 4]));
  const channels = x.shape.at(-1);
  const shape: Dim[] = [...x.shape.slice(0, -1), typeof channels === 'number' ? channels + 1 : null];
  return { outputs: { y: { shape, dtype: 'float32', meaning: 'features' } }, flops: flopsPerExample(x.shape, 4) };
}

export const docs: KindDocs = {
  text: 'A generator that has found one good picture likes to repeat it. This shows the discriminator how much the examples of a group differ from each other, so that sameness gives it away.',
  formula: 'y = [x, mean over all places of √(Var over the group of x + 10⁻⁸)]',
  source: 'Karras et al., Progressive growing of GANs, 2018, section 3',
};

export const examples: KindExample[] = [
  {
    title: 'Feature maps',
    params: { group: 3 },
    inputs: { x: [{ shape: ['batch', 2, 3, 2], dtype: 'float32', meaning: 'features' }] },
  },
  { title: 'Rows', inputs: { x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = floatOn(tf, inputs, 'x');
    const batch = x.shape[0] ?? 1;
    const size = numberOf(params, 'group');
    const group = batch % size === 0 ? size : batch;
    const rows = tf.reshape(x, [batch / group, group, x.size / batch]);
    const { variance } = tf.moments(rows, 1);
    const deviation = tf.mean(tf.sqrt(tf.add(variance, 1e-8)), 1);
    const shape = [...x.shape.slice(0, -1), 1];
    const spread = tf.broadcastTo(tf.reshape(deviation, [batch / group, 1, 1]), [
      batch / group,
      group,
      x.size / batch / (x.shape.at(-1) ?? 1),
    ]);
    return { outputs: { y: tf.concat([x, tf.reshape(spread, shape)], x.rank - 1) } };
  },
};

const unsupported = 'it compares the examples of a batch, which stand alone in use';

export const emit: Emit = {
  keras: () => ({ unsupported }),
  torch: () => ({ unsupported }),
  onnx: () => ({ unsupported }),
};
