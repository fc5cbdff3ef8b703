import type { Dim, Spec } from '@/lib/tensor/spec';
import { flopsPerExample, specOn, staticProblem, textProblem, unknownOutput } from '../common/inference';
import { liveNumber, oneMinus } from '../common/live';
import { slotOf } from '../common/make-weight';
import { Y_OUTPUT } from '../common/merge';
import { floatOn, variableOf } from '../common/operands';
import { X_INPUT } from '../common/unary';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, MakeWeight } from '../kind';

export const face: Face = {
  id: 'running-mean',
  version: 1,
  title: 'Running mean',
  summary: 'The mean over the batches so far, before this one.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  learns: true,
  aliases: ['baseline', 'moving average', 'ema', 'reward baseline', 'average so far'],
  icon: 'wave-saw-tool',
  fields: {
    momentum: {
      type: 'number',
      title: 'Momentum',
      default: 0.9,
      min: 0,
      max: 0.9999,
      step: 0.01,
      live: true,
      essential: true,
      help: 'What remains of the mean at each batch.',
    },
  },
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  grad: [],
  second: true,
  evaluation: 'own',
  oftenNext: ['subtract'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Running mean', 'x'));
  if (!x?.shape) return unknownOutput();
  const rest: Dim[] = x.shape.slice(1);
  const y: Spec = { shape: rest, dtype: 'float32', meaning: x.meaning };
  if (!rest.every((dim) => typeof dim === 'number'))
    return { outputs: { y }, problems: [staticProblem('Running mean', 'x', x, 'numbers')] };
  return {
    outputs: { y },
    variables: [
      { slot: 'mean', shape: rest, role: 'carry', init: { law: 'zeros' } },
      { slot: 'weight', shape: [], role: 'carry', init: { value: 0 } },
    ],
    flops: flopsPerExample(x.shape, 2),
  };
}

export const docs: KindDocs = {
  text: 'Averages over the batch and over time. It gives the value from before this batch, so that a reward less its running mean says whether this batch did better than usual. At the very start it gives 0.',
  formula: 'y = m / w;  then m ← β·m + (1 − β)·mean x,  w ← β·w + (1 − β)',
  source: 'Williams, Simple statistical gradient-following algorithms, 1992 (the baseline)',
};

export const examples: KindExample[] = [
  { title: 'A reward', inputs: { x: [{ shape: ['batch'], dtype: 'float32', meaning: 'reward' }] } },
  { title: 'Features', inputs: { x: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const { inputs, variables, mode } = context;
    const x = floatOn(tf, inputs, 'x');
    const [mean, weight] = [variableOf(variables, 'mean'), variableOf(variables, 'weight')];
    // Nothing seen yet: m is zero too, and so is the answer.
    const y = tf.div(mean, tf.maximum(weight, 1e-12));
    if (mode !== 'train') return { outputs: { y } };
    const momentum = liveNumber(context, 'momentum');
    const now = x.rank === 0 ? x : tf.mean(x, 0);
    return {
      outputs: { y },
      writes: {
        mean: tf.add(tf.mul(mean, momentum), tf.mul(now, oneMinus(tf, momentum))),
        weight: tf.add(tf.mul(weight, momentum), oneMinus(tf, momentum)),
      },
    };
  },
};

const reachedMean: MakeWeight = (slots) => {
  const [mean, weight] = [slotOf(slots, 'mean'), slotOf(slots, 'weight').data[0] ?? 0];
  return { data: Float32Array.from(mean.data, (sum) => sum / Math.max(weight, 1e-12)), shape: mean.shape };
};

export const emit: Emit = {
  keras: () => ({ unsupported: 'it follows a training and has no meaning in a finished model' }),
  // The mean as the training left it.
  torch: ({ outputs }) => ({
    module: `nn.Parameter(torch.zeros(${JSON.stringify(outputs.y?.shape ?? [])}), requires_grad=False)`,
    weights: { '': reachedMean },
    forward: ({ self }) => ({ y: self }),
  }),
  onnx: () => ({ write: ({ weight }) => ({ y: weight('mean', reachedMean) }) }),
};
