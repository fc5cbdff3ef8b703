import { type Dim, fitsShape, formatShape } from '@/lib/tensor/spec';
import { textProblem, unknownOutput } from '../common/inference';
import { kerasOperation } from '../common/keras-operation';
import { MERGE_INPUTS, Y_OUTPUT } from '../common/merge';
import { asFloat } from '../common/operands';
import { numberOf } from '../common/params';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'stack',
  version: 1,
  title: 'Stack',
  summary: 'Puts equal tensors one behind another on a new axis.',
  category: 'shape',
  makes: 'op',
  role: 'op',
  aliases: ['pack', 'join', 'new axis', 'sequence of'],
  icon: 'stack-push',
  fields: {
    axis: {
      type: 'number',
      title: 'New axis',
      default: 1,
      min: 0,
      max: 6,
      integer: true,
      essential: true,
      help: 'Where the new axis stands; 1 is right behind the batch.',
    },
  },
  inputs: MERGE_INPUTS,
  outputs: Y_OUTPUT,
  second: true,
  oftenNext: ['lstm', 'reduce', 'multi-head-attention'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const specs = inputs.x ?? [];
  const [first] = specs;
  if (specs.some(({ dtype }) => dtype === 'string')) return unknownOutput(textProblem('Stack', 'x'));
  if (!first?.shape || specs.some(({ shape }) => shape === null)) return unknownOutput();
  const axis = numberOf(params, 'axis');
  if (axis > first.shape.length) {
    return unknownOutput({
      code: 'param-range',
      severity: 'error',
      param: 'axis',
      message: `${formatShape(first.shape)} has room for a new axis up to ${first.shape.length}, not ${axis}.`,
      expected: `0 to ${first.shape.length}`,
      received: String(axis),
      remedies: [{ title: 'Put it last', set: { axis: first.shape.length } }],
    });
  }
  const wire = specs.findIndex(({ shape }) => !fitsShape(shape, first.shape));
  if (wire > 0) {
    const received = formatShape(specs[wire]?.shape ?? null);
    return unknownOutput({
      code: 'shape-mismatch',
      severity: 'error',
      port: 'x',
      wire,
      message: `Stack takes tensors of one shape: ${formatShape(first.shape)} and ${received} differ.`,
      expected: formatShape(first.shape),
      received,
    });
  }
  const shape: Dim[] = [...first.shape];
  shape.splice(axis, 0, specs.length);
  return { outputs: { y: { shape, dtype: 'float32', meaning: 'features' } } };
}

export const docs: KindDocs = {
  text: 'Three rows become a sequence of three steps. Unlike Concat, which makes an axis longer, it makes a new one.',
  formula: 'y[i, k, …] = xₖ[i, …]',
};

export const examples: KindExample[] = [
  {
    title: 'Rows as steps',
    inputs: {
      x: [
        { shape: ['batch', 3], dtype: 'float32', meaning: 'features' },
        { shape: ['batch', 3], dtype: 'float32', meaning: 'features' },
      ],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run: (tf, { params, inputs }) => ({
    outputs: {
      y: tf.stack(
        (inputs.x ?? []).map((tensor) => asFloat(tf, tensor)),
        numberOf(params, 'axis'),
      ),
    },
  }),
};

export const emit: Emit = {
  keras: ({ params }) =>
    numberOf(params, 'axis') === 0
      ? { unsupported: 'in Keras, the first axis is the batch' }
      : [kerasOperation('numpy', 'Stack', { axis: numberOf(params, 'axis') }, { call: { args: [['x']] } })],
  torch: ({ params }) => ({
    forward: ({ inputs }) => ({
      y: `torch.stack([${(inputs.x ?? []).join(', ')}], dim=${numberOf(params, 'axis')})`,
    }),
  }),
  onnx: ({ params }) => ({
    write({ node, constant, inputs }) {
      const axis = numberOf(params, 'axis');
      const rows = (inputs.x ?? []).map((x) => node('Unsqueeze', [x, constant([axis], 'int64')]));
      return { y: node('Concat', rows, { axis }) };
    },
  }),
};
