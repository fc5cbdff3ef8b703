import { flopsPerExample, specOn, unknownSpec } from '../common/inference';
import { FLOAT } from '../common/onnx-nodes';
import { floatOn } from '../common/operands';
import { numberOf } from '../common/params';
import { sequenceOn } from '../common/recurrent-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'masking',
  version: 1,
  title: 'Masking',
  summary: 'Finds the steps of a sequence that are only filling.',
  category: 'core',
  makes: 'op',
  role: 'op',
  aliases: ['mask', 'padding', 'variable length', 'skip steps', 'padded sequence'],
  icon: 'mask',
  fields: {
    value: {
      type: 'number',
      title: 'Filling',
      default: 0,
      essential: true,
      help: 'A step all of whose numbers are this one is masked.',
    },
  },
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }],
  outputs: [
    { id: 'y', title: 'Output', type: 'tensor' },
    { id: 'mask', title: 'Mask', type: 'tensor' },
  ],
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['lstm', 'gru', 'global-average-pool-1d'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const sequence = sequenceOn('Masking', x);
  if (x === undefined || sequence === null || 'problems' in sequence)
    return {
      outputs: { y: unknownSpec(), mask: unknownSpec('sample-weight') },
      problems: sequence !== null && 'problems' in sequence ? sequence.problems : [],
    };
  const { batch, time } = sequence;
  const [low, high] = x.range ?? [0, 0];
  const range: [number, number] = [Math.min(0, low), Math.max(0, high)];
  return {
    outputs: {
      y: { ...x, dtype: 'float32', ...(x.range && { range }) },
      mask: { shape: [batch, time], dtype: 'float32', meaning: 'sample-weight', range: [0, 1] },
    },
    flops: flopsPerExample(x.shape, 3),
  };
}

export const docs: KindDocs = {
  text: 'Sequences of a batch are filled up to one length. The mask is 0 at the steps that are filling and 1 elsewhere: wired to the mask of a recurrent layer, of attention or of a pool, or to the sample weight of a loss, it keeps the filling from counting. For tokens there is Not padding.',
  formula: 'mask[t] = 1 where some x[t, i] ≠ value, else 0;  y = x·mask',
  source: 'Keras 3 Masking',
};

export const examples: KindExample[] = [
  {
    title: 'A sequence',
    inputs: { x: [{ shape: ['batch', 4, 3], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Whole numbers, of which 1 is filling',
    params: { value: 1 },
    inputs: { x: [{ shape: ['batch', 6, 2], dtype: 'int32', meaning: 'features', classes: 2 }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = floatOn(tf, inputs, 'x');
    // A comparison has no gradient; the sign of a distance has that of a constant.
    const mask = tf.sign(tf.sum(tf.abs(tf.sub(x, numberOf(params, 'value'))), -1));
    return { outputs: { y: tf.mul(x, tf.expandDims(mask, -1)), mask } };
  },
};

export const emit: Emit = {
  // Keras' own Masking hangs the mask on its output, where every layer after it would see it, wired or not.
  keras: ({ params }) => [
    {
      className: 'NotEqual',
      operation: 'numpy',
      config: {},
      call: { args: ['x'], set: { x2: numberOf(params, 'value') } },
      weights: [],
    },
    { className: 'Any', operation: 'numpy', config: { axis: -1, keepdims: true }, weights: [] },
    { className: 'Cast', operation: 'core', config: { dtype: 'float32' }, weights: [], outputs: ['kept'] },
    { className: 'Squeeze', operation: 'numpy', config: { axis: -1 }, weights: [], outputs: ['mask'] },
    { className: 'Multiply', config: {}, weights: [], call: { args: [['x', 'kept']] } },
  ],
  torch: ({ params }) => ({
    forward({ on, keep }) {
      const mask = keep('kept', `(${on('x')} != ${numberOf(params, 'value')}).any(dim=-1).float()`);
      return { y: `${on('x')} * ${mask}.unsqueeze(-1)`, mask };
    },
  }),
  onnx: ({ params }) => ({
    write({ on, node, constant }) {
      const same = node('Equal', [on('x'), constant(numberOf(params, 'value'))]);
      const differs = node('Cast', [node('Not', [same])], { to: FLOAT });
      const mask = node('ReduceMax', [differs], { axes: [-1], keepdims: 0 });
      return { y: node('Mul', [on('x'), node('Unsqueeze', [mask, constant([-1], 'int64')])]), mask };
    },
  }),
};
