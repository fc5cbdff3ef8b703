import { flopsPerExample, rankProblem, specOn, staticProblem, textProblem, unknownOutput } from '../common/inference';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { flagOf, numberOf } from '../common/params';
import { torchLayer } from '../common/torch-layer';
import { torchOption } from '../common/torch-option';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { affineSlots, affineVariables, affineWeight, scaleAndShift } from './affine';
import { standardise } from './standardise';

export const face: Face = {
  id: 'group-norm',
  version: 1,
  title: 'Group norm',
  summary: 'Normalises groups of channels of each picture.',
  category: 'normalisation',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['gn', 'group normalization', 'instance norm', 'normalise'],
  icon: 'adjustments-alt',
  fields: {
    groups: {
      type: 'number',
      title: 'Groups',
      default: 8,
      min: 1,
      max: 65_536,
      integer: true,
      essential: true,
      help: 'Into how many groups the channels are divided. As many as channels: instance norm.',
    },
    epsilon: { type: 'number', title: 'Epsilon', default: 1e-3, min: 0, max: 1, logarithmic: true },
    center: { type: 'switch', title: 'Shift', default: true },
    scale: { type: 'switch', title: 'Scale', default: true },
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['activation', 'conv-2d'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Group norm', 'x'));
  if (!x?.shape) return unknownOutput();
  if (x.shape.length < 2) return unknownOutput(rankProblem('Group norm', 'x', x, [4]));
  const y = { shape: x.shape, dtype: 'float32', meaning: 'features' } as const;
  const size = x.shape.at(-1);
  if (typeof size !== 'number') return { outputs: { y }, problems: [staticProblem('Group norm', 'x', x, 'channels')] };
  const groups = numberOf(params, 'groups');
  if (size % groups !== 0) {
    const best = divisorNear(size, groups);
    return {
      outputs: { y },
      problems: [
        {
          code: 'param-range',
          severity: 'error',
          param: 'groups',
          message: `${size} channels cannot be divided into ${groups} equal groups.`,
          expected: `a divisor of ${size}`,
          received: String(groups),
          remedies: [{ title: `Use ${best} groups`, set: { groups: best } }],
        },
      ],
    };
  }
  return {
    outputs: { y },
    variables: affineVariables(params, size),
    flops: flopsPerExample(x.shape, 8),
  };
}

export const docs: KindDocs = {
  text: 'Like batch norm, but over groups of channels of a single picture: it does not need large batches and works the same in training and in use.',
  formula: 'y = γ·(x − μ) / √(σ² + ε) + β, over each group',
  source: 'Wu and He, Group normalization, 2018; Keras 3 GroupNormalization',
};

export const examples: KindExample[] = [
  {
    title: 'Two groups',
    params: { groups: 2 },
    inputs: { x: [{ shape: ['batch', 3, 3, 4], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Each channel',
    params: { groups: 3, center: false },
    inputs: { x: [{ shape: ['batch', 4, 2, 3], dtype: 'float32', meaning: 'features' }] },
  },
];

/** The largest divisor of `size` that is not above `wish`. */
function divisorNear(size: number, wish: number): number {
  let divisor = Math.min(size, wish);
  while (size % divisor !== 0) divisor--;
  return divisor;
}

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs, variables }) {
    const x = floatOn(tf, inputs, 'x');
    const groups = numberOf(params, 'groups');
    const channels = x.shape.at(-1) ?? 1;
    const pixels = x.size / ((x.shape[0] ?? 1) * channels);
    const grouped = tf.reshape(x, [x.shape[0] ?? 1, pixels, groups, channels / groups]);
    const y = tf.reshape(standardise(tf, grouped, [1, 3], numberOf(params, 'epsilon')), x.shape);
    return { outputs: { y: scaleAndShift(tf, y, variables) } };
  },
};

export const emit: Emit = {
  keras({ params }) {
    const [scale, center] = [flagOf(params, 'scale'), flagOf(params, 'center')];
    return [
      {
        className: 'GroupNormalization',
        config: { groups: numberOf(params, 'groups'), axis: -1, epsilon: numberOf(params, 'epsilon'), center, scale },
        weights: affineSlots(params),
        tfjs: { unsupported: 'TensorFlow.js has no group normalization' },
      },
    ];
  },
  torch({ params, inputs }) {
    const [scale, center] = [flagOf(params, 'scale'), flagOf(params, 'center')];
    const size = Number(inputs.x?.[0]?.shape?.at(-1));
    const affine = scale || center;
    const options = `${torchOption('eps', numberOf(params, 'epsilon'), 1e-5)}${affine ? '' : ', affine=False'}`;
    return torchLayer(`nn.GroupNorm(${numberOf(params, 'groups')}, ${size}${options})`, {
      channels: 'first',
      ...(affine && {
        weights: { weight: affineWeight('gamma', scale, size), bias: affineWeight('beta', center, size) },
      }),
    });
  },
  // Each group as one channel of an instance norm: opset 17 has no group norm.
  onnx({ params, inputs }) {
    const shape = inputs.x?.[0]?.shape ?? [];
    const [size, groups] = [Number(shape.at(-1)), numberOf(params, 'groups')];
    return onnxNodes(
      (x, { node, constant, weight }) => {
        const ones = Array.from({ length: groups }, () => 1);
        const zeros = ones.map(() => 0);
        const grouped = node('Reshape', [x, constant([0, groups, -1], 'int64')]);
        const normal = node('InstanceNormalization', [grouped, constant(ones), constant(zeros)], {
          epsilon: { float: numberOf(params, 'epsilon') },
        });
        const inner = Math.max(0, shape.length - 2);
        let y = node('Reshape', [normal, node('Shape', [x])]);
        if (flagOf(params, 'scale')) y = node('Mul', [y, weight('scale', affineWeight('gamma', true, size, inner))]);
        if (flagOf(params, 'center')) y = node('Add', [y, weight('shift', affineWeight('beta', true, size, inner))]);
        return y;
      },
      { channels: 'first' },
    );
  },
};
