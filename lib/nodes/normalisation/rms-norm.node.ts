import { flopsPerExample, rankProblem, specOn, staticProblem, textProblem, unknownOutput } from '../common/inference';
import { asIs } from '../common/make-weight';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn, trainable, variableOf } from '../common/operands';
import { numberOf } from '../common/params';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { epsilonField } from './norm-fields';

export const face: Face = {
  id: 'rms-norm',
  version: 1,
  title: 'RMS norm',
  summary: 'Divides each row by its root mean square.',
  category: 'normalisation',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['rmsnorm', 'root mean square', 'normalise', 'transformer', 'llama'],
  icon: 'math-x-divide-y',
  fields: { epsilon: epsilonField(1e-6) },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['dense'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('RMS norm', 'x'));
  if (!x?.shape) return unknownOutput();
  if (x.shape.length < 2) return unknownOutput(rankProblem('RMS norm', 'x', x, [2, 3]));
  const y = { shape: x.shape, dtype: 'float32', meaning: 'features' } as const;
  const size = x.shape.at(-1);
  if (typeof size !== 'number') return { outputs: { y }, problems: [staticProblem('RMS norm', 'x', x, 'features')] };
  return {
    outputs: { y },
    variables: [trainable('gamma', [size], { law: 'ones' })],
    flops: flopsPerExample(x.shape, 4),
  };
}

export const docs: KindDocs = {
  text: 'Layer norm without the mean: only the size of a row is brought to one, then each feature gets a learned size. Cheaper, and as good in large language models.',
  formula: 'y = γ·x / √(mean(x²) + ε)',
  source: 'Zhang and Sennrich, Root mean square layer normalization, 2019; Keras 3 RMSNormalization',
};

export const examples: KindExample[] = [
  { title: 'Features', inputs: { x: [{ shape: ['batch', 6], dtype: 'float32', meaning: 'features' }] } },
  { title: 'A sequence', inputs: { x: [{ shape: ['batch', 3, 5], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs, variables }) {
    const x = floatOn(tf, inputs, 'x');
    const size = tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), numberOf(params, 'epsilon')));
    return { outputs: { y: tf.mul(tf.mul(x, size), variableOf(variables, 'gamma')) } };
  },
};

const RMS_NORM = `
class RMSNorm(nn.Module):
    """Divides by the root mean square of the last axis."""

    def __init__(self, size, eps):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))
        self.eps = eps

    def forward(self, x):
        return x * torch.rsqrt(x.square().mean(dim=-1, keepdim=True) + self.eps) * self.weight
`;

export const emit: Emit = {
  keras: ({ params }) => [
    {
      className: 'RMSNormalization',
      config: { axis: -1, epsilon: numberOf(params, 'epsilon') },
      weights: ['gamma'],
    },
  ],
  torch: ({ params, inputs }) => ({
    module: `RMSNorm(${Number(inputs.x?.[0]?.shape?.at(-1))}, eps=${numberOf(params, 'epsilon')})`,
    weights: { weight: asIs('gamma') },
    helpers: [RMS_NORM],
    forward: ({ self, on }) => ({ y: `${self}(${on('x')})` }),
  }),
  onnx: ({ params }) =>
    onnxNodes(
      (x, { node, constant, weight }) => {
        const mean = node('ReduceMean', [node('Mul', [x, x])], { axes: [-1], keepdims: 1 });
        const root = node('Sqrt', [node('Add', [mean, constant(numberOf(params, 'epsilon'))])]);
        return node('Mul', [node('Div', [x, root]), weight('scale', asIs('gamma'))]);
      },
      { channels: 'last' },
    ),
};
