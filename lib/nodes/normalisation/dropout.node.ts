import { flopsPerExample, specOn, textProblem, unknownOutput } from '../common/inference';
import { isConstant, liveNumber, oneMinus } from '../common/live';
import { onnxNodes, onnxPass } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { flagOf, numberOf } from '../common/params';
import { torchExpression, torchLayer } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'dropout',
  version: 1,
  title: 'Dropout',
  summary: 'Silences random numbers while training.',
  category: 'normalisation',
  makes: 'op',
  role: 'op',
  aliases: ['regularisation', 'regularization', 'noise', 'mc dropout'],
  icon: 'grain',
  fields: {
    rate: {
      type: 'number',
      title: 'Rate',
      default: 0.5,
      min: 0,
      max: 0.99,
      step: 0.05,
      live: true,
      essential: true,
      help: 'The share of numbers that are set to zero; the others grow so that the mean stays.',
    },
    mc: {
      type: 'switch',
      title: 'Also after training',
      default: false,
      help: 'Monte-Carlo dropout: predictions stay random, and their spread tells how sure the network is.',
    },
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  evaluation: 'own',
  rng: 'iteration',
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['dense', 'conv-2d'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Dropout', 'x'));
  if (!x?.shape) return unknownOutput();
  const { range: _, ...rest } = x;
  return { outputs: { y: { ...rest, dtype: 'float32' } }, flops: flopsPerExample(x.shape, 2) };
}

export const docs: KindDocs = {
  text: 'While training, each number is dropped with this chance, so the network cannot lean on any single one. In use nothing is dropped.',
  formula: 'y = x · m / (1 − rate), m = 0 with chance rate, else 1',
  source: 'Srivastava et al., Dropout, 2014; Gal and Ghahramani (Monte Carlo), 2016; Keras 3 Dropout',
};

export const examples: KindExample[] = [
  { title: 'Half', inputs: { x: [{ shape: ['batch', 16], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'Monte Carlo',
    params: { rate: 0.25, mc: true },
    inputs: { x: [{ shape: ['batch', 4, 4, 2], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const x = floatOn(tf, context.inputs, 'x');
    const rate = liveNumber(context, 'rate');
    if ((context.mode === 'evaluation' && !flagOf(context.params, 'mc')) || isConstant(rate, 0)) {
      return { outputs: { y: tf.clone(x) } };
    }
    const kept = tf.cast(tf.greaterEqual(context.random.uniform(x.shape), rate), 'float32');
    return { outputs: { y: tf.mul(x, tf.div(kept, oneMinus(tf, rate))) } };
  },
};

export const emit: Emit = {
  keras: ({ params }) =>
    flagOf(params, 'mc')
      ? { unsupported: 'Keras has no layer for dropout that stays on in use' }
      : [{ className: 'Dropout', config: { rate: numberOf(params, 'rate') }, weights: [] }],
  torch({ params }) {
    const rate = numberOf(params, 'rate');
    if (flagOf(params, 'mc')) return torchExpression((x) => `F.dropout(${x}, ${rate}, training=True)`);
    return torchLayer(`nn.Dropout(${rate})`, { channels: 'either' });
  },
  onnx: ({ params }) =>
    flagOf(params, 'mc')
      ? onnxNodes((x, { node, constant }) =>
          node('Dropout', [x, constant(numberOf(params, 'rate')), constant(1, 'bool')]),
        )
      : onnxPass(),
};
