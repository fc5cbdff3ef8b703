import { flopsPerExample, hasError } from '../common/inference';
import { type LiveNumber, liveNumber } from '../common/live';
import { inferElementwise, Y_OUTPUT } from '../common/merge';
import { floatOn } from '../common/operands';
import { textOf } from '../common/params';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Tensor, Tf } from '../kind';

export const face: Face = {
  id: 'project',
  version: 1,
  title: 'Project',
  summary: 'Keeps a tensor within a distance of another one.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['projection', 'ball', 'pgd', 'epsilon ball', 'perturbation', 'limit distance'],
  icon: 'target',
  fields: {
    distance: {
      type: 'choice',
      title: 'Distance',
      default: 'largest',
      essential: true,
      choices: [
        { value: 'largest', title: 'Largest change (L∞)', help: 'No number may move further than the radius.' },
        { value: 'length', title: 'Length (L2)', help: 'All numbers of an example together move no further.' },
      ],
    },
    radius: { type: 'number', title: 'Radius', default: 0.1, min: 0, step: 0.01, live: true, essential: true },
    low: {
      type: 'optional-number',
      title: 'At least',
      default: 0,
      none: 'no bound',
      help: 'What a number must not fall below.',
    },
    high: {
      type: 'optional-number',
      title: 'At most',
      default: 1,
      none: 'no bound',
      help: 'What a number must not rise above.',
    },
  },
  inputs: [
    { id: 'x', title: 'Input', type: 'tensor' },
    { id: 'x0', title: 'Around', type: 'tensor' },
  ],
  outputs: Y_OUTPUT,
  second: true,
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['instance', 'output'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const [x, x0] = [inputs.x?.[0], inputs.x0?.[0]];
  const inference = inferElementwise('Project', [
    { port: 'x', spec: x },
    { port: 'x0', spec: x0 },
  ]);
  const { y } = inference.outputs;
  if (hasError(inference.problems) || !y?.shape) return inference;
  const { low, high } = params;
  if (x0?.meaning === 'image') y.meaning = 'image';
  if (typeof low === 'number' && typeof high === 'number') {
    if (low > high)
      return {
        ...inference,
        problems: [
          {
            code: 'param-range',
            severity: 'error',
            param: 'high',
            message: `“At most” (${high}) lies below “At least” (${low}).`,
            remedies: [{ title: 'Swap them', set: { low: high, high: low } }],
          },
        ],
      };
    y.range = [low, high];
  }
  return { outputs: { y }, flops: flopsPerExample(y.shape, 6) };
}

export const docs: KindDocs = {
  text: 'Moves the input back to the nearest point of a ball around another tensor, then between two bounds. An attack in several steps uses it so that its picture never leaves the neighbourhood of the original.',
  formula: 'L∞: y = x₀ + clip(x − x₀, −r, r);  L2: y = x₀ + (x − x₀)·min(1, r / ‖x − x₀‖)',
  source: 'Madry et al., Towards deep learning models resistant to adversarial attacks, 2018',
};

export const examples: KindExample[] = [
  {
    title: 'A picture near its original',
    inputs: {
      x: [{ shape: ['batch', 3, 3, 1], dtype: 'float32', meaning: 'features' }],
      x0: [{ shape: ['batch', 3, 3, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }],
    },
  },
  {
    title: 'By length, without bounds',
    params: { distance: 'length', radius: 0.5, low: null, high: null },
    inputs: {
      x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }],
      x0: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const { params, inputs } = context;
    const [x, x0] = [floatOn(tf, inputs, 'x'), floatOn(tf, inputs, 'x0')];
    const radius = liveNumber(context, 'radius');
    const within = textOf(params, 'distance') === 'length' ? shorten : limit;
    let y = tf.add(x0, within(tf, tf.sub(x, x0), radius));
    if (typeof params.low === 'number') y = tf.maximum(y, params.low);
    if (typeof params.high === 'number') y = tf.minimum(y, params.high);
    return { outputs: { y } };
  },
};

const limit = (tf: Tf, change: Tensor, radius: LiveNumber): Tensor =>
  tf.maximum(tf.minimum(change, radius), tf.neg(radius));

function shorten(tf: Tf, change: Tensor, radius: LiveNumber): Tensor {
  const axes = change.shape.map((_, axis) => axis).slice(Math.min(1, change.rank - 1));
  const length = tf.sqrt(tf.add(tf.sum(tf.square(change), axes, true), 1e-12));
  return tf.mul(change, tf.minimum(tf.div(radius, length), 1));
}

export const emit: Emit = {
  keras: () => ({ unsupported: 'Keras has no layer that projects: an attack is no part of the model' }),
  torch: () => ({ unsupported: 'an attack is no part of the model' }),
  onnx: () => ({ unsupported: 'an attack is no part of the model' }),
};
