import { formatShape } from '@/lib/tensor/spec';
import { rankProblem, specOn, unknownOutput } from '../common/inference';
import { onnxNode } from '../common/onnx-nodes';
import { tensorOn } from '../common/operands';
import { numbersOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'permute',
  version: 1,
  title: 'Permute',
  summary: 'Puts the axes of an example in another order.',
  category: 'shape',
  makes: 'op',
  role: 'op',
  aliases: ['transpose', 'swap axes', 'reorder', 'channels first'],
  icon: 'arrows-exchange',
  fields: {
    order: {
      type: 'numbers',
      title: 'Order',
      default: [2, 1],
      essential: true,
      help: 'Which old axis comes first, second, …, counted from 1; the batch stays in front.',
    },
  },
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  time: 'mixing',
  oftenNext: ['dense', 'matmul', 'reshape'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const order = numbersOf(params, 'order');
  if (!x?.shape) return unknownOutput();
  const { shape } = x;
  const rank = shape.length - 1;
  if (rank < 1) return unknownOutput(rankProblem('Permute', 'x', x, [2, 3, 4]));
  const natural = Array.from({ length: rank }, (_, axis) => axis + 1);
  if ([...order].sort((a, b) => a - b).join() !== natural.join()) {
    const reversed = [...natural].reverse();
    return unknownOutput({
      code: 'param-range',
      severity: 'error',
      param: 'order',
      message: `An example of ${formatShape(shape, { batch: false })} has ${rank} axes: the order must name each of ${natural.join(', ')} once, not ${order.join(', ') || 'none'}.`,
      expected: natural.join(', '),
      received: order.join(', '),
      remedies: [{ title: `Use ${reversed.join(', ')}`, set: { order: reversed } }],
    });
  }
  const meaning = x.meaning === 'image' ? 'features' : x.meaning;
  return {
    outputs: { y: { ...x, meaning, shape: [shape[0] ?? null, ...order.map((axis) => shape[axis] ?? null)] } },
  };
}

export const docs: KindDocs = {
  text: 'Turns rows into columns, or moves channels to the front. The numbers stay, only the way they are counted changes.',
  formula: 'y[j, i] = x[i, j]',
  source: 'Keras 3 Permute',
};

export const examples: KindExample[] = [
  { title: 'Rows and columns', inputs: { x: [{ shape: ['batch', 3, 4], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'Channels first',
    params: { order: [3, 1, 2] },
    inputs: { x: [{ shape: ['batch', 2, 3, 4], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const order = numbersOf(params, 'order');
    return { outputs: { y: tf.clone(tf.transpose(tensorOn(inputs, 'x'), [0, ...order])) } };
  },
};

export const emit: Emit = {
  keras: ({ params }) => [{ className: 'Permute', config: { dims: numbersOf(params, 'order') }, weights: [] }],
  torch: ({ params }) =>
    torchExpression((x) => `${x}.permute(${[0, ...numbersOf(params, 'order')].join(', ')})`, { takes: 'any' }),
  onnx: ({ params }) => onnxNode('Transpose', { perm: [0, ...numbersOf(params, 'order')] }, { takes: 'any' }),
};
