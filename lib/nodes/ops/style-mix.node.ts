import { fitsShape, formatShape, type Spec } from '@/lib/tensor/spec';
import { flopsPerExample, rankProblem, specOn, textProblem, unknownOutput } from '../common/inference';
import { liveNumber } from '../common/live';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { numberOf } from '../common/params';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem, Tensor } from '../kind';

export const face: Face = {
  id: 'style-mix',
  version: 1,
  title: 'Style mix',
  summary: 'Gives each level of a generator one of two styles.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['stylegan', 'mixing regularisation', 'mixing regularization', 'crossover', 'styles', 'w+'],
  icon: 'arrows-split-2',
  fields: {
    levels: {
      type: 'number',
      title: 'Levels',
      default: 8,
      min: 1,
      max: 64,
      integer: true,
      essential: true,
      help: 'How many places of the generator take a style.',
    },
    probability: {
      type: 'number',
      title: 'Chance',
      default: 0.9,
      min: 0,
      max: 1,
      step: 0.05,
      live: true,
      essential: true,
      help: 'How often an example is mixed at all, while training.',
    },
  },
  inputs: [
    { id: 'x', title: 'Coarse style', type: 'tensor' },
    { id: 'w2', title: 'Fine style', type: 'tensor' },
  ],
  outputs: [{ id: 'y', title: 'Styles', type: 'tensor' }],
  second: true,
  evaluation: 'own',
  rng: 'iteration',
  oftenNext: ['slice', 'instance'],
};

export const docs: KindDocs = {
  text: 'A style-based generator takes a style at each level, from coarse to fine. While training, a chance decides for each example whether its finer levels take a second style, and from which level on; so the levels learn not to rely on each other. In use all levels have the first style.',
  formula: 'y[l] = l < cut ? w₁ : w₂,  cut uniform in 1 … levels − 1',
  source: 'Karras et al., A style-based generator architecture for generative adversarial networks, 2019',
};

export const examples: KindExample[] = [
  {
    title: 'Four levels',
    params: { levels: 4 },
    inputs: {
      x: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'latent' }],
      w2: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'latent' }],
    },
  },
];

export function infer({ params, inputs }: InferContext): Inference {
  const [x, second] = [specOn(inputs, 'x'), specOn(inputs, 'w2')];
  const text = [x, second].findIndex((spec) => spec?.dtype === 'string');
  if (text >= 0) return unknownOutput(textProblem('Style mix', text === 0 ? 'x' : 'w2'));
  if (!x?.shape) return unknownOutput();
  if (x.shape.length !== 2) return unknownOutput(rankProblem('Style mix', 'x', x, [2]));
  const [batch = null, size = null] = x.shape;
  const problems: Problem[] = [];
  if (second?.shape && !fitsShape(second.shape, x.shape))
    problems.push({
      code: 'shape-mismatch',
      severity: 'error',
      port: 'w2',
      message: `Both styles must have one shape, but are ${formatShape(x.shape)} and ${formatShape(second.shape)}.`,
      expected: formatShape(x.shape),
      received: formatShape(second.shape),
    });
  const y: Spec = { shape: [batch, numberOf(params, 'levels'), size], dtype: 'float32', meaning: x.meaning };
  return { outputs: { y }, problems, flops: flopsPerExample(y.shape, 3) };
}

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const levels = numberOf(context.params, 'levels');
    const [first, second] = [floatOn(tf, context.inputs, 'x'), floatOn(tf, context.inputs, 'w2')];
    const [batch = 0, size = 0] = first.shape;
    const spread = (style: Tensor): Tensor => tf.broadcastTo(tf.expandDims(style, 1), [batch, levels, size]);
    if (context.mode === 'evaluation' || levels < 2) return { outputs: { y: spread(first) } };
    const draws = context.random.uniform([batch, 2]);
    const column = (at: number): Tensor => tf.slice(draws, [0, at], [batch, 1]);
    const cut = tf.add(tf.minimum(tf.floor(tf.mul(column(1), levels - 1)), levels - 2), 1);
    const isMixed = tf.less(column(0), liveNumber(context, 'probability'));
    const isFine = tf.greaterEqual(tf.reshape(tf.range(0, levels, 1, 'float32'), [1, levels]), cut);
    const share = tf.expandDims(tf.cast(tf.logicalAnd(isFine, isMixed), 'float32'), 2);
    const y = tf.add(tf.mul(spread(first), tf.sub(1, share)), tf.mul(spread(second), share));
    return { outputs: { y } };
  },
};

/** When the training is over, the first style is everywhere. */
export const emit: Emit = {
  keras: ({ params }) => [
    { className: 'RepeatVector', config: { n: numberOf(params, 'levels') }, weights: [], call: { args: ['x'] } },
  ],
  torch: ({ params }) => ({
    forward: ({ on }) => ({ y: `${on('x')}.unsqueeze(1).expand(-1, ${numberOf(params, 'levels')}, -1)` }),
  }),
  onnx: ({ params }) =>
    onnxNodes((x, { node, constant }) =>
      node('Expand', [
        node('Unsqueeze', [x, constant([1], 'int64')]),
        constant([1, numberOf(params, 'levels'), 1], 'int64'),
      ]),
    ),
};
