import { flopsPerExample, rankProblem, specOn, staticProblem, textProblem, unknownOutput } from '../common/inference';
import { slotOf } from '../common/make-weight';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn, trainable, variableOf } from '../common/operands';
import { torchLayer } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, MakeWeight } from '../kind';

export const face: Face = {
  id: 'prelu',
  version: 1,
  title: 'PReLU',
  summary: 'A ReLU that learns its slope below zero.',
  category: 'core',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['parametric relu', 'relu', 'activation', 'learned leaky'],
  icon: 'chart-arrows',
  fields: {},
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-2d', 'dense'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('PReLU', 'x'));
  if (!x?.shape) return unknownOutput();
  if (x.shape.length < 2) return unknownOutput(rankProblem('PReLU', 'x', x, [2, 4]));
  const y = { shape: x.shape, dtype: 'float32', meaning: 'features' } as const;
  const channels = x.shape.at(-1);
  if (typeof channels !== 'number') return { outputs: { y }, problems: [staticProblem('PReLU', 'x', x, 'channels')] };
  const shape = [...x.shape.slice(1, -1).map(() => 1), channels];
  return {
    outputs: { y },
    variables: [trainable('alpha', shape, { law: 'zeros' })],
    flops: flopsPerExample(x.shape, 2),
  };
}

export const docs: KindDocs = {
  text: 'Like a leaky ReLU, but each channel learns for itself how much of its negative numbers passes. It starts as a plain ReLU.',
  formula: 'y = max(0, x) + α·min(0, x)',
  source: 'He et al., Delving deep into rectifiers, 2015; Keras 3 PReLU with shared axes',
};

export const examples: KindExample[] = [
  { title: 'Features', inputs: { x: [{ shape: ['batch', 5], dtype: 'float32', meaning: 'features' }] } },
  { title: 'Feature maps', inputs: { x: [{ shape: ['batch', 3, 3, 2], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs, variables }) {
    const x = floatOn(tf, inputs, 'x');
    const below = tf.mul(variableOf(variables, 'alpha'), tf.relu(tf.neg(x)));
    return { outputs: { y: tf.sub(tf.relu(x), below) } };
  },
};

/** The slopes as `[channels, 1, …]`, with this many ones. */
const alongFirst =
  (inner: number): MakeWeight =>
  (slots) => {
    const { data } = slotOf(slots, 'alpha');
    return { data, shape: [data.length, ...Array.from({ length: inner }, () => 1)] };
  };

export const emit: Emit = {
  keras({ inputs }) {
    const rank = inputs.x?.[0]?.shape?.length ?? 2;
    const shared = Array.from({ length: Math.max(0, rank - 2) }, (_, axis) => axis + 1);
    return [{ className: 'PReLU', config: { shared_axes: shared.length > 0 ? shared : null }, weights: ['alpha'] }];
  },
  torch: ({ inputs }) =>
    torchLayer(`nn.PReLU(${inputs.x?.[0]?.shape?.at(-1)})`, { channels: 'first', weights: { weight: alongFirst(0) } }),
  onnx({ inputs }) {
    const inner = (inputs.x?.[0]?.shape?.length ?? 2) - 2;
    return onnxNodes((x, { node, weight }) => node('PRelu', [x, weight('slope', alongFirst(inner))]), {
      channels: 'first',
    });
  },
};
