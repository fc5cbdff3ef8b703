import { flopsPerExample, rankProblem, specOn, staticProblem, textProblem, unknownOutput } from '../common/inference';
import { asIs } from '../common/make-weight';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn, variableOf } from '../common/operands';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, VariableDecl } from '../kind';

export const face: Face = {
  id: 'normalise',
  version: 1,
  title: 'Normalise',
  summary: 'Brings each feature to mean 0 and spread 1, as in the data.',
  category: 'normalisation',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['normalization', 'standardise', 'standard scaler', 'z-score', 'adapt', 'fit'],
  icon: 'adjustments-horizontal',
  fields: {},
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  due: 'start',
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['dense', 'conv-2d'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Normalise', 'x'));
  if (!x?.shape) return unknownOutput();
  if (x.shape.length < 2) return unknownOutput(rankProblem('Normalise', 'x', x, [2, 4]));
  const y = { shape: x.shape, dtype: 'float32', meaning: 'features' } as const;
  const size = x.shape.at(-1);
  if (typeof size !== 'number') return { outputs: { y }, problems: [staticProblem('Normalise', 'x', x, 'features')] };
  return {
    outputs: { y },
    variables: [
      fitted('mean', { shape: [size], init: { law: 'zeros' } }),
      fitted('variance', { shape: [size], init: { law: 'ones' } }),
      fitted('count', { shape: [], dtype: 'int32', init: { value: 0 } }),
    ],
    flops: flopsPerExample(x.shape, 2),
  };
}

export const docs: KindDocs = {
  text: 'Before training starts, it measures the mean and the spread of every feature over the training data; from then on it takes the mean away and divides by the spread. Networks learn badly from features of very different sizes.',
  formula: 'y = (x − μ) / max(σ, 10⁻⁷)',
  source: 'Keras 3 Normalization',
};

export const examples: KindExample[] = [
  { title: 'Columns', inputs: { x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }] } },
  { title: 'Pictures', inputs: { x: [{ shape: ['batch', 5, 5, 3], dtype: 'float32', meaning: 'image' }] } },
];

const fitted = (slot: string, rest: Omit<VariableDecl, 'slot' | 'role'>): VariableDecl => ({
  slot,
  role: 'fitted',
  ...rest,
});

const EPSILON = 1e-7;

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs, variables }) {
    const deviation = tf.maximum(tf.sqrt(variableOf(variables, 'variance')), EPSILON);
    return { outputs: { y: tf.div(tf.sub(floatOn(tf, inputs, 'x'), variableOf(variables, 'mean')), deviation) } };
  },
  fit: {
    combine: 'concat',
    measure(tf, { inputs }) {
      const x = floatOn(tf, inputs, 'x');
      const axes = x.shape.map((_, axis) => axis).slice(0, -1);
      const { mean, variance } = tf.moments(x, axes);
      const count = axes.reduce((product, axis) => product * (x.shape[axis] ?? 1), 1);
      return { mean, variance, count: tf.scalar(count) };
    },
    /** Batches are joined by Chan, Golub and LeVeque's formula: no large sums of squares are subtracted from each other. */
    hold({ mean: means = [], variance: variances = [], count: counts = [] }) {
      const size = means.length / counts.length;
      const mean = new Float64Array(size);
      const squares = new Float64Array(size);
      let total = 0;
      counts.forEach((count, batch) => {
        const all = total + count;
        for (let i = 0; i < size; i++) {
          const apart = (means[batch * size + i] as number) - (mean[i] as number);
          mean[i] = (mean[i] as number) + (apart * count) / all;
          squares[i] =
            (squares[i] as number) +
            (variances[batch * size + i] as number) * count +
            (apart * apart * total * count) / all;
        }
        total = all;
      });
      return {
        mean: { data: Float32Array.from(mean), shape: [size] },
        variance: { data: Float32Array.from(squares, (sum) => sum / total), shape: [size] },
        count: { data: Int32Array.of(total), shape: [] },
      };
    },
  },
};

const NORMALISE = `
class Normalise(nn.Module):
    """Brings each feature to mean 0 and spread 1, as measured on the training data."""

    def __init__(self, size):
        super().__init__()
        self.register_buffer("mean", torch.zeros(size))
        self.register_buffer("variance", torch.ones(size))

    def forward(self, x):
        return (x - self.mean) / self.variance.sqrt().clamp(min=${EPSILON})
`;

export const emit: Emit = {
  keras: () => [
    {
      className: 'Normalization',
      config: { axis: -1 },
      weights: ['mean', 'variance', 'count'],
      tfjs: { unsupported: 'TensorFlow.js has no Normalization layer' },
    },
  ],
  torch({ inputs }) {
    const size = Number(inputs.x?.[0]?.shape?.at(-1));
    return {
      module: `Normalise(${size})`,
      weights: { mean: asIs('mean'), variance: asIs('variance') },
      helpers: [NORMALISE],
      forward: ({ self, on }) => ({ y: `${self}(${on('x')})` }),
    };
  },
  onnx: () =>
    onnxNodes(
      (x, { node, constant, weight }) => {
        const deviation = node('Max', [node('Sqrt', [weight('variance', asIs('variance'))]), constant(EPSILON)]);
        return node('Div', [node('Sub', [x, weight('mean', asIs('mean'))]), deviation]);
      },
      { channels: 'last' },
    ),
};
