import { specOn } from '../common/inference';
import { BOOL, FLOAT } from '../common/onnx-nodes';
import { asFloat, floatOn } from '../common/operands';
import { MASK_INPUT, maskProblems } from '../common/recurrent-layer';
import type { Emit, EmitContext, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { emitGlobalAverage, inferGlobalPool, runGlobalAverage } from './global-pool-layer';

export const face: Face = {
  id: 'global-average-pool-1d',
  version: 1,
  title: 'Global average 1D',
  summary: 'The mean of each channel over the whole sequence.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  aliases: ['global pooling', 'pool', 'squeeze', 'sequence', 'gap', 'masked mean'],
  icon: 'arrows-minimize',
  fields: {},
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }, MASK_INPUT],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  grad: ['x'],
  second: true,
  time: 'mixing',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['dense', 'dropout'],
};

export function infer(context: InferContext): Inference {
  const inference = inferGlobalPool('Global average 1D', 1, context);
  const [batch = null, time = null] = specOn(context.inputs, 'x')?.shape ?? [];
  const problems = maskProblems('Global average 1D', specOn(context.inputs, 'mask'), batch, time);
  return { ...inference, problems: [...(inference.problems ?? []), ...problems] };
}

export const docs: KindDocs = {
  text: 'Leaves one number for each channel: how strongly it answered over the whole sequence, however long that is. Steps whose mask is 0 do not count; where none counts, the mean is 0.',
  formula: 'y[c] = mean over t of x[t, c]',
  source: 'Lin et al., Network in network, 2014; Keras 3 GlobalAveragePooling1D',
};

export const examples: KindExample[] = [
  {
    title: 'A sequence',
    inputs: { x: [{ shape: ['batch', 5, 3], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Without its filling',
    inputs: {
      x: [{ shape: ['batch', 6, 2], dtype: 'float32', meaning: 'features' }],
      mask: [{ shape: ['batch', 6], dtype: 'int32', meaning: 'mask', classes: 2 }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const mask = context.inputs.mask?.[0];
    if (!mask) return runGlobalAverage(tf, context);
    const counts = tf.expandDims(tf.cast(tf.notEqual(asFloat(tf, mask), 0), 'float32'), 2);
    const sum = tf.sum(tf.mul(floatOn(tf, context.inputs, 'x'), counts), 1);
    return { outputs: { y: tf.div(sum, tf.maximum(tf.sum(counts, 1), 1)) } };
  },
};

const plain = emitGlobalAverage(1);
const masked = ({ inputs }: EmitContext): boolean => (inputs.mask?.length ?? 0) > 0;

export const emit: Emit = {
  keras: (context) => {
    const layers = plain.keras(context);
    if (!masked(context) || 'unsupported' in layers) return layers;
    return layers.map((layer) => ({ ...layer, call: { args: ['x'], named: { mask: 'mask' } } }));
  },
  torch(context) {
    if (!masked(context)) return plain.torch(context);
    return {
      channels: 'first',
      forward({ on, keep }) {
        const counts = keep('counts', `(${on('mask')} != 0).float().unsqueeze(1)`);
        return { y: `(${on('x')} * ${counts}).sum(dim=2) / ${counts}.sum(dim=2).clamp(min=1)` };
      },
    };
  },
  onnx(context) {
    if (!masked(context)) return plain.onnx(context);
    return {
      channels: 'last',
      write({ on, node, constant }) {
        const axis = constant([1], 'int64');
        const open = node('Cast', [node('Cast', [on('mask')], { to: BOOL })], { to: FLOAT });
        const counts = node('Unsqueeze', [open, constant([2], 'int64')]);
        const sum = node('ReduceSum', [node('Mul', [on('x'), counts]), axis], { keepdims: 0 });
        return {
          y: node('Div', [sum, node('Max', [node('ReduceSum', [counts, axis], { keepdims: 0 }), constant(1)])]),
        };
      },
    };
  },
};
