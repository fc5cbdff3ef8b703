import { formatShape } from '@/lib/tensor/spec';
import { alongAxis, axisField, axisIn, axisOf, partOf } from '../common/along-axis';
import { flopsPerExample, unknownOutput } from '../common/inference';
import { kerasOperation } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import { X_INPUT } from '../common/unary';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'glu',
  version: 1,
  title: 'Gated linear unit',
  summary: 'One half of the numbers decides how much of the other passes.',
  category: 'core',
  makes: 'op',
  role: 'op',
  aliases: ['glu', 'gate', 'activation', 'nonlinearity'],
  icon: 'arrows-join-2',
  fields: { axis: axisField('Which axis is halved; -1 is the last one (features, channels).') },
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  time: (params) => (params.axis === -1 ? 'pointwise' : 'mixing'),
  oftenNext: ['dense', 'conv-1d', 'layer-norm'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const along = alongAxis('Gated linear unit', { params, inputs });
  if ('problems' in along) return unknownOutput(...along.problems);
  const { shape, axis, length } = along;
  if (typeof length === 'number' && length % 2 !== 0) {
    return unknownOutput({
      code: 'shape-mismatch',
      severity: 'error',
      port: 'x',
      message: `A gate takes one half of an axis and passes the other, so its size must be even; here it is ${length} (of ${formatShape(shape)}). Give the layer before twice as many outputs as are wanted.`,
      expected: 'an even size',
      received: String(length),
    });
  }
  const half = typeof length === 'number' ? length / 2 : null;
  const y = shape.map((dim, at) => (at === axis ? half : dim));
  return { outputs: { y: { shape: y, dtype: 'float32', meaning: 'features' } }, flops: flopsPerExample(y, 5) };
}

export const docs: KindDocs = {
  text: 'The layer before makes twice as many numbers as are wanted: values, and for each of them a gate between 0 and 1. Unlike a plain activation, what passes depends on other numbers than the one that passes.',
  formula: 'y = a · σ(b), where x = [a, b]',
  source: 'Dauphin et al., Language modeling with gated convolutional networks, 2017; Keras 3 activations.glu',
};

export const examples: KindExample[] = [
  { title: 'A row', inputs: { x: [{ shape: ['batch', 6], dtype: 'float32', meaning: 'features' }] } },
  { title: 'Channels', inputs: { x: [{ shape: ['batch', 3, 2, 4], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'Rows of a sequence',
    params: { axis: 1 },
    inputs: { x: [{ shape: ['batch', 4, 3], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = floatOn(tf, inputs, 'x');
    const axis = axisOf(params, x.rank);
    const half = (x.shape[axis] ?? 2) / 2;
    const gate = tf.sigmoid(partOf(tf, x, axis, half, half));
    return { outputs: { y: tf.mul(partOf(tf, x, axis, 0, half), gate) } };
  },
};

export const emit: Emit = {
  keras: (context) => [kerasOperation('nn', 'Glu', { axis: axisIn(context) })],
  torch: (context) => torchExpression((x, { axis }) => `F.glu(${x}, dim=${axis(axisIn(context))})`),
  onnx: (context) =>
    onnxNodes((x, { node, nodes, axis }) => {
      const [values = '', gate = ''] = nodes('Split', [x], { axis: axis(axisIn(context)) }, 2);
      return node('Mul', [values, node('Sigmoid', [gate])]);
    }),
};
