import { fusedBatchNorm } from '../common/fused';
import { flopsPerExample, rankProblem, specOn, staticProblem, textProblem, unknownOutput } from '../common/inference';
import { liveNumber, oneMinus } from '../common/live';
import { asIs } from '../common/make-weight';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn, variableOf } from '../common/operands';
import { flagOf, numberOf } from '../common/params';
import { torchLayer } from '../common/torch-layer';
import { torchOption } from '../common/torch-option';
import type {
  Emit,
  Face,
  InferContext,
  Inference,
  KindDocs,
  KindExample,
  KindRun,
  Tensor,
  VariableDecl,
} from '../kind';
import { affineSlots, affineVariables, affineWeight } from './affine';

export const face: Face = {
  id: 'batch-norm',
  version: 1,
  title: 'Batch norm',
  summary: 'Brings each channel to mean 0 and spread 1 over the batch.',
  category: 'normalisation',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['bn', 'batch normalization', 'batchnorm', 'normalise'],
  icon: 'adjustments',
  fields: {
    momentum: {
      type: 'number',
      title: 'Momentum',
      default: 0.99,
      min: 0,
      max: 1,
      step: 0.01,
      live: true,
      essential: true,
      help: 'How slowly the moving mean and variance follow the batches.',
    },
    epsilon: {
      type: 'number',
      title: 'Epsilon',
      default: 1e-3,
      min: 0,
      max: 1,
      logarithmic: true,
      help: 'Added to the variance before its root.',
    },
    center: { type: 'switch', title: 'Shift', default: true, help: 'Learns a new mean for each channel.' },
    scale: { type: 'switch', title: 'Scale', default: true, help: 'Learns a new spread for each channel.' },
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  mixesExamples: true,
  evaluation: 'own',
  // In use, where sequences are written step by step; while it learns its statistics are those of all steps.
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['activation', 'conv-2d', 'dense', 'max-pool-2d'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Batch norm', 'x'));
  if (!x?.shape) return unknownOutput();
  if (x.shape.length < 2) return unknownOutput(rankProblem('Batch norm', 'x', x, [2, 4]));
  const y = { shape: x.shape, dtype: 'float32', meaning: 'features' } as const;
  const size = x.shape.at(-1);
  if (typeof size !== 'number') return { outputs: { y }, problems: [staticProblem('Batch norm', 'x', x, 'channels')] };
  return {
    outputs: { y },
    variables: [
      ...affineVariables(params, size),
      carry('moving_mean', size, 'zeros'),
      carry('moving_variance', size, 'ones'),
    ],
    flops: flopsPerExample(x.shape, 4),
  };
}

export const docs: KindDocs = {
  text: 'While training, each channel is shifted and scaled by the mean and variance of the batch, which lets deep networks learn fast. In use the moving averages of both take their place.',
  formula: 'y = γ·(x − μ) / √(σ² + ε) + β',
  source: 'Ioffe and Szegedy, Batch normalization, 2015; Keras 3 BatchNormalization',
};

export const examples: KindExample[] = [
  { title: 'Feature maps', inputs: { x: [{ shape: ['batch', 4, 4, 3], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'Features, plain',
    params: { center: false, scale: false, momentum: 0.9 },
    inputs: { x: [{ shape: ['batch', 5], dtype: 'float32', meaning: 'features' }] },
  },
];

const carry = (slot: string, size: number, law: string): VariableDecl => ({
  slot,
  shape: [size],
  role: 'carry',
  init: { law },
});

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const { params, inputs, variables, mode } = context;
    const x = floatOn(tf, inputs, 'x');
    const moving = { mean: variableOf(variables, 'moving_mean'), variance: variableOf(variables, 'moving_variance') };
    const { gamma, beta } = variables;
    const epsilon = numberOf(params, 'epsilon');
    const normalise = ({ mean, variance }: typeof moving): Tensor => {
      const inverse = tf.rsqrt(tf.add(variance, epsilon));
      const scale = gamma ? tf.mul(inverse, gamma) : inverse;
      const shift = tf.mul(mean, scale);
      return tf.add(tf.mul(x, scale), beta ? tf.sub(beta, shift) : tf.neg(shift));
    };
    if (mode !== 'train') return { outputs: { y: normalise(moving) } };
    const fused = fusedBatchNorm(tf, { x, gamma, beta, epsilon });
    const batch = fused ?? tf.moments(x, x.shape.map((_, axis) => axis).slice(0, -1));
    const y = fused?.y ?? normalise(batch);
    const momentum = liveNumber(context, 'momentum');
    const follow = (old: Tensor, now: Tensor): Tensor =>
      tf.add(tf.mul(old, momentum), tf.mul(now, oneMinus(tf, momentum)));
    return {
      outputs: { y },
      writes: {
        moving_mean: follow(moving.mean, batch.mean),
        moving_variance: follow(moving.variance, batch.variance),
      },
    };
  },
};

export const emit: Emit = {
  keras({ params }) {
    const [scale, center] = [flagOf(params, 'scale'), flagOf(params, 'center')];
    return [
      {
        className: 'BatchNormalization',
        config: {
          axis: -1,
          momentum: numberOf(params, 'momentum'),
          epsilon: numberOf(params, 'epsilon'),
          center,
          scale,
        },
        weights: [...affineSlots(params), 'moving_mean', 'moving_variance'],
      },
    ];
  },
  torch({ params, inputs }) {
    const shape = inputs.x?.[0]?.shape ?? [];
    const [scale, center, size] = [flagOf(params, 'scale'), flagOf(params, 'center'), Number(shape.at(-1))];
    const axes = Math.max(1, shape.length - 2);
    // PyTorch's momentum is the share of the new.
    const momentum = Number((1 - numberOf(params, 'momentum')).toPrecision(12));
    const affine = scale || center;
    const options = `${torchOption('eps', numberOf(params, 'epsilon'), 1e-5)}${torchOption('momentum', momentum, 0.1)}`;
    return torchLayer(`nn.BatchNorm${axes}d(${size}${options}${affine ? '' : ', affine=False'})`, {
      channels: 'first',
      weights: {
        ...(affine && { weight: affineWeight('gamma', scale, size), bias: affineWeight('beta', center, size) }),
        running_mean: asIs('moving_mean'),
        running_var: asIs('moving_variance'),
      },
    });
  },
  onnx({ params, inputs }) {
    const size = Number(inputs.x?.[0]?.shape?.at(-1));
    return onnxNodes(
      (x, { node, weight }) => {
        const weights = [
          weight('scale', affineWeight('gamma', flagOf(params, 'scale'), size)),
          weight('shift', affineWeight('beta', flagOf(params, 'center'), size)),
          weight('mean', asIs('moving_mean')),
          weight('variance', asIs('moving_variance')),
        ];
        return node('BatchNormalization', [x, ...weights], { epsilon: { float: numberOf(params, 'epsilon') } });
      },
      { channels: 'first' },
    );
  },
};
