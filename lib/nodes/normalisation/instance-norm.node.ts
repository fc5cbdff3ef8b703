import { flopsPerExample, rankProblem, specOn, staticProblem, textProblem, unknownOutput } from '../common/inference';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { flagOf, numberOf } from '../common/params';
import { torchLayer } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { affineSlots, affineVariables, affineWeight, scaleAndShift } from './affine';
import { epsilonField } from './norm-fields';
import { innerAxesOf, standardise } from './standardise';

export const face: Face = {
  id: 'instance-norm',
  version: 1,
  title: 'Instance norm',
  summary: 'Normalises each channel of each picture by itself.',
  category: 'normalisation',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['in', 'instance normalization', 'contrast normalisation', 'style transfer', 'cyclegan'],
  icon: 'contrast',
  fields: {
    epsilon: epsilonField(1e-3),
    center: { type: 'switch', title: 'Shift', default: true, help: 'Learns a new mean for each channel.' },
    scale: { type: 'switch', title: 'Scale', default: true, help: 'Learns a new spread for each channel.' },
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  time: 'mixing',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['activation', 'conv-2d'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Instance norm', 'x'));
  if (!x?.shape) return unknownOutput();
  if (x.shape.length < 3) return unknownOutput(rankProblem('Instance norm', 'x', x, [3, 4]));
  const y = { shape: x.shape, dtype: 'float32', meaning: 'features' } as const;
  const size = x.shape.at(-1);
  if (typeof size !== 'number')
    return { outputs: { y }, problems: [staticProblem('Instance norm', 'x', x, 'channels')] };
  return {
    outputs: { y },
    variables: affineVariables(params, size),
    flops: flopsPerExample(x.shape, 8),
  };
}

export const docs: KindDocs = {
  text: 'Takes the contrast of each picture out, channel by channel, and gives it a learned one. Generators that change the style of pictures train well with it.',
  formula: 'y = γ·(x − μ) / √(σ² + ε) + β, over each channel of each example',
  source: 'Ulyanov et al., Instance normalization, 2016; Keras 3 GroupNormalization with a group for each channel',
};

export const examples: KindExample[] = [
  { title: 'Feature maps', inputs: { x: [{ shape: ['batch', 3, 4, 2], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'A sequence, plain',
    params: { center: false, scale: false },
    inputs: { x: [{ shape: ['batch', 5, 3], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs, variables }) {
    const x = floatOn(tf, inputs, 'x');
    const y = standardise(tf, x, innerAxesOf(x), numberOf(params, 'epsilon'));
    return { outputs: { y: scaleAndShift(tf, y, variables) } };
  },
};

export const emit: Emit = {
  keras({ params }) {
    const [scale, center] = [flagOf(params, 'scale'), flagOf(params, 'center')];
    return [
      {
        className: 'GroupNormalization',
        config: { groups: -1, axis: -1, epsilon: numberOf(params, 'epsilon'), center, scale },
        weights: affineSlots(params),
      },
    ];
  },
  torch({ params, inputs }) {
    const [scale, center] = [flagOf(params, 'scale'), flagOf(params, 'center')];
    const size = Number(inputs.x?.[0]?.shape?.at(-1));
    const affine = scale || center;
    const options = `${size}, ${size}, eps=${numberOf(params, 'epsilon')}${affine ? '' : ', affine=False'}`;
    return torchLayer(`nn.GroupNorm(${options})`, {
      channels: 'first',
      ...(affine && {
        weights: { weight: affineWeight('gamma', scale, size), bias: affineWeight('beta', center, size) },
      }),
    });
  },
  onnx({ params, inputs }) {
    const size = Number(inputs.x?.[0]?.shape?.at(-1));
    return onnxNodes(
      (x, { node, weight }) =>
        node(
          'InstanceNormalization',
          [
            x,
            weight('scale', affineWeight('gamma', flagOf(params, 'scale'), size)),
            weight('shift', affineWeight('beta', flagOf(params, 'center'), size)),
          ],
          { epsilon: { float: numberOf(params, 'epsilon') } },
        ),
      { channels: 'first' },
    );
  },
};
