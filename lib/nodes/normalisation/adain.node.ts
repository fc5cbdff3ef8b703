import { type Dim, fitsDim, formatShape, type Spec } from '@/lib/tensor/spec';
import { flopsPerExample, rankProblem, specOn, textProblem, unknownOutput } from '../common/inference';
import { kerasOperation } from '../common/keras-operation';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { flagOf, numberOf } from '../common/params';
import type {
  Emit,
  EmitContext,
  Face,
  InferContext,
  Inference,
  KerasLayer,
  KindDocs,
  KindExample,
  KindRun,
  Problem,
  Tensor,
  Tf,
} from '../kind';
import { epsilonField } from './norm-fields';
import { innerAxesOf, standardise } from './standardise';

export const face: Face = {
  id: 'adain',
  version: 1,
  title: 'AdaIN',
  summary: 'Gives each channel the mean and spread of a style.',
  category: 'normalisation',
  makes: 'op',
  role: 'op',
  aliases: ['adaptive instance normalization', 'style', 'stylegan', 'style transfer', 'modulation'],
  icon: 'palette',
  fields: {
    aroundOne: {
      type: 'switch',
      title: 'Scale counts from one',
      default: true,
      help: 'A scale of 0 leaves the spread at one, so that training starts with no style.',
    },
    epsilon: epsilonField(1e-5),
  },
  inputs: [
    { id: 'x', title: 'Content', type: 'tensor' },
    { id: 'scale', title: 'Scale', type: 'tensor', optional: true },
    { id: 'shift', title: 'Shift', type: 'tensor', optional: true },
    { id: 'style', title: 'Style', type: 'tensor', optional: true },
  ],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  time: 'mixing',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-2d', 'activation', 'upsampling-2d'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('AdaIN', 'x'));
  if (!x?.shape) return unknownOutput();
  if (x.shape.length < 3) return unknownOutput(rankProblem('AdaIN', 'x', x, [4]));
  const channels = x.shape.at(-1) ?? null;
  const problems = ['scale', 'shift', 'style'].flatMap((port) => styleProblems(port, specOn(inputs, port), channels));
  const wired = (port: string): boolean => (inputs[port]?.length ?? 0) > 0;
  if (!wired('style') && !(wired('scale') && wired('shift'))) problems.push(noStyle);
  const y: Spec = { shape: x.shape, dtype: 'float32', meaning: 'features' };
  return { outputs: { y }, flops: flopsPerExample(x.shape, 8), problems };
}

export const docs: KindDocs = {
  text: 'First the channels of the content lose their own contrast, then they take on that of a style: a learned scale and shift for each channel, or what is measured on another picture. Generators steer colours and shapes by it.',
  formula: 'y = s·(x − μ(x)) / σ(x) + b; from feature maps s = σ(style), b = μ(style)',
  source:
    'Huang and Belongie, Arbitrary style transfer in real-time, 2017; Karras et al., A style-based generator, 2019',
};

export const examples: KindExample[] = [
  {
    title: 'A style of numbers',
    inputs: {
      x: [{ shape: ['batch', 3, 3, 4], dtype: 'float32', meaning: 'features' }],
      scale: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }],
      shift: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }],
    },
  },
  {
    title: 'The style of other feature maps',
    inputs: {
      x: [{ shape: ['batch', 3, 4, 2], dtype: 'float32', meaning: 'features' }],
      style: [{ shape: ['batch', 4, 3, 2], dtype: 'float32', meaning: 'features' }],
    },
  },
];

const noStyle: Problem = {
  code: 'input-missing',
  severity: 'error',
  port: 'scale',
  message: 'AdaIN needs a style: wire a scale and a shift for each channel, or feature maps to take them from.',
  expected: 'scale and shift, or style',
};

/** The channels of a style are those of the content. */
function styleProblems(port: string, spec: Spec | undefined, channels: Dim): Problem[] {
  if (spec?.dtype === 'string') return [textProblem('AdaIN', port)];
  if (!spec?.shape) return [];
  const own = spec.shape.at(-1) ?? null;
  const ranks = port === 'style' ? spec.shape.length >= 3 : spec.shape.length === 2;
  if (ranks && fitsDim(own, channels)) return [];
  return [
    {
      code: 'shape-mismatch',
      severity: 'error',
      port,
      message: `AdaIN needs ${port === 'style' ? 'feature maps' : 'one number'} for each of ${formatShape([channels])} channels here, but gets ${formatShape(spec.shape)}.`,
      expected: formatShape([channels]),
      received: formatShape(spec.shape),
      remedies:
        port !== 'style' && typeof channels === 'number' && spec.shape.length === 2
          ? [
              {
                title: `Insert Dense with ${channels} units`,
                insert: { port, kind: 'dense', params: { units: channels } },
              },
            ]
          : [],
    },
  ];
}

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = floatOn(tf, inputs, 'x');
    const epsilon = numberOf(params, 'epsilon');
    const plain = standardise(tf, x, innerAxesOf(x), epsilon);
    if (inputs.style?.[0]) {
      const style = floatOn(tf, inputs, 'style');
      const { mean, variance } = tf.moments(style, innerAxesOf(style), false);
      const spread = tf.sqrt(tf.add(variance, epsilon));
      return { outputs: { y: tf.add(tf.mul(plain, perChannel(tf, spread, x)), perChannel(tf, mean, x)) } };
    }
    const given = floatOn(tf, inputs, 'scale');
    const scale = flagOf(params, 'aroundOne') ? tf.add(given, 1) : given;
    const shift = floatOn(tf, inputs, 'shift');
    return { outputs: { y: tf.add(tf.mul(plain, perChannel(tf, scale, x)), perChannel(tf, shift, x)) } };
  },
};

/** `[batch, channels]` as `[batch, 1, …, channels]`. */
const perChannel = (tf: Tf, row: Tensor, x: Tensor): Tensor =>
  tf.reshape(row, [row.shape[0] ?? 1, ...innerAxesOf(x).map(() => 1), row.shape[1] ?? 1]);

const ADAIN = `
def standardise(x, eps):
    """Mean 0 and variance 1 for each channel of each example; channels are last."""
    axes = tuple(range(1, x.dim() - 1))
    variance, mean = torch.var_mean(x, dim=axes, unbiased=False, keepdim=True)
    return (x - mean) * torch.rsqrt(variance + eps)


def per_channel(row, x):
    return row.reshape(row.shape[0], *[1] * (x.dim() - 2), row.shape[-1])
`;

/** By operations: Keras has no layer that takes its scale from another. */
function kerasAdain({ params, inputs }: EmitContext): KerasLayer[] {
  const step = (
    className: string,
    args: string[],
    given: string,
    config: KerasLayer['config'] = {},
    set = {},
  ): KerasLayer => kerasOperation('numpy', className, config, { call: { args, set }, outputs: [given] });
  const axesOn = (port: string) => (inputs[port]?.[0]?.shape ?? []).slice(1, -1).map((_, axis) => axis + 1);
  const moments = (port: string): KerasLayer[] => {
    const config = { axis: axesOn(port), keepdims: true };
    return [
      step('Mean', [port], `${port}Mean`, config),
      step('Var', [port], `${port}Variance`, config),
      step('Add', [`${port}Variance`], `${port}Positive`, {}, { x2: numberOf(params, 'epsilon') }),
      step('Sqrt', [`${port}Positive`], `${port}Spread`),
    ];
  };
  const plain = [...moments('x'), step('Subtract', ['x', 'xMean'], 'off'), step('Divide', ['off', 'xSpread'], 'plain')];
  const styled = (spread: string, mean: string) => [
    step('Multiply', ['plain', spread], 'stretched'),
    step('Add', ['stretched', mean], 'y'),
  ];
  if (inputs.style?.[0]) return [...plain, ...moments('style'), ...styled('styleSpread', 'styleMean')];
  const row = (port: string, given: string) => step('ExpandDims', [port], given, { axis: axesOn('x') });
  const around = flagOf(params, 'aroundOne');
  return [
    ...plain,
    ...(around ? [step('Add', ['scale'], 'factor', {}, { x2: 1 })] : []),
    row(around ? 'factor' : 'scale', 'spread'),
    row('shift', 'mean'),
    ...styled('spread', 'mean'),
  ];
}

export const emit: Emit = {
  keras: kerasAdain,
  torch: ({ params }) => ({
    helpers: [ADAIN],
    forward({ on, inputs }) {
      const epsilon = numberOf(params, 'epsilon');
      const x = on('x');
      const plain = `standardise(${x}, ${epsilon})`;
      if (inputs.style?.[0] !== undefined) {
        const style = on('style');
        const axes = `dim=tuple(range(1, ${style}.dim() - 1))`;
        const spread = `torch.sqrt(${style}.var(${axes}, unbiased=False) + ${epsilon})`;
        return { y: `${plain} * per_channel(${spread}, ${x}) + per_channel(${style}.mean(${axes}), ${x})` };
      }
      const scale = flagOf(params, 'aroundOne') ? `1 + ${on('scale')}` : on('scale');
      return { y: `${plain} * per_channel(${scale}, ${x}) + per_channel(${on('shift')}, ${x})` };
    },
  }),
  onnx({ params, inputs }) {
    const rank = (spec: Spec | undefined): number => spec?.shape?.length ?? 3;
    return onnxNodes(
      (x, { node, constant, on }) => {
        const epsilon = constant(numberOf(params, 'epsilon'));
        const moments = (of: string, size: number) => {
          const axes = Array.from({ length: size - 2 }, (_, axis) => axis + 1);
          const mean = node('ReduceMean', [of], { axes, keepdims: 1 });
          const centred = node('Sub', [of, mean]);
          const variance = node('ReduceMean', [node('Mul', [centred, centred])], { axes, keepdims: 1 });
          return { mean, centred, spread: node('Sqrt', [node('Add', [variance, epsilon])]) };
        };
        const size = rank(inputs.x?.[0]);
        const content = moments(x, size);
        const plain = node('Div', [content.centred, content.spread]);
        const row = (name: string) => {
          const axes = Array.from({ length: size - 2 }, (_, axis) => axis + 1);
          return node('Unsqueeze', [name, constant(axes, 'int64')]);
        };
        if (inputs.style?.[0]) {
          const style = moments(on('style'), rank(inputs.style?.[0]));
          return node('Add', [node('Mul', [plain, style.spread]), style.mean]);
        }
        const scale = flagOf(params, 'aroundOne') ? node('Add', [on('scale'), constant(1)]) : on('scale');
        return node('Add', [node('Mul', [plain, row(scale)]), row(on('shift'))]);
      },
      { channels: 'last' },
    );
  },
};
