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
  id: 'layer-norm',
  version: 1,
  title: 'Layer norm',
  summary: 'Brings each row to mean 0 and spread 1.',
  category: 'normalisation',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['ln', 'layer normalization', 'layernorm', 'normalise', 'transformer'],
  icon: 'adjustments-horizontal',
  fields: {
    epsilon: { type: 'number', title: 'Epsilon', default: 1e-3, min: 0, max: 1, logarithmic: true },
    center: { type: 'switch', title: 'Shift', default: true, help: 'Learns a new mean for each feature.' },
    scale: { type: 'switch', title: 'Scale', default: true, help: 'Learns a new spread for each feature.' },
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['dense', 'activation', 'dropout', 'add'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Layer norm', 'x'));
  if (!x?.shape) return unknownOutput();
  if (x.shape.length < 2) return unknownOutput(rankProblem('Layer norm', 'x', x, [2, 3]));
  const y = { shape: x.shape, dtype: 'float32', meaning: 'features' } as const;
  const size = x.shape.at(-1);
  if (typeof size !== 'number') return { outputs: { y }, problems: [staticProblem('Layer norm', 'x', x, 'features')] };
  return {
    outputs: { y },
    variables: affineVariables(params, size),
    flops: flopsPerExample(x.shape, 8),
  };
}

export const docs: KindDocs = {
  text: 'Shifts and scales the last axis of each example by its own mean and variance. It does not look at the batch, so it works the same in training and in use, and for sequences.',
  formula: 'y = γ·(x − μ) / √(σ² + ε) + β',
  source: 'Ba et al., Layer normalization, 2016; Keras 3 LayerNormalization',
};

export const examples: KindExample[] = [
  { title: 'Features', inputs: { x: [{ shape: ['batch', 6], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'A sequence, plain',
    params: { center: false, scale: false },
    inputs: { x: [{ shape: ['batch', 3, 5], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs, variables }) {
    const x = floatOn(tf, inputs, 'x');
    const y = standardise(tf, x, [-1], numberOf(params, 'epsilon'));
    return { outputs: { y: scaleAndShift(tf, y, variables) } };
  },
};

export const emit: Emit = {
  keras({ params }) {
    const [scale, center] = [flagOf(params, 'scale'), flagOf(params, 'center')];
    return [
      {
        className: 'LayerNormalization',
        config: { axis: -1, epsilon: numberOf(params, 'epsilon'), center, scale },
        weights: affineSlots(params),
      },
    ];
  },
  torch({ params, inputs }) {
    const [scale, center] = [flagOf(params, 'scale'), flagOf(params, 'center')];
    const size = Number(inputs.x?.[0]?.shape?.at(-1));
    const affine = scale || center;
    const options = `${torchOption('eps', numberOf(params, 'epsilon'), 1e-5)}${affine ? '' : ', elementwise_affine=False'}`;
    return torchLayer(`nn.LayerNorm(${size}${options})`, {
      ...(affine && {
        weights: { weight: affineWeight('gamma', scale, size), bias: affineWeight('beta', center, size) },
      }),
    });
  },
  onnx({ params, inputs }) {
    const size = Number(inputs.x?.[0]?.shape?.at(-1));
    return onnxNodes(
      (x, { node, weight }) => {
        const weights = [
          weight('scale', affineWeight('gamma', flagOf(params, 'scale'), size)),
          weight('shift', affineWeight('beta', flagOf(params, 'center'), size)),
        ];
        return node('LayerNormalization', [x, ...weights], {
          axis: -1,
          epsilon: { float: numberOf(params, 'epsilon') },
        });
      },
      { channels: 'last' },
    );
  },
};
