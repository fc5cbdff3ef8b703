import { rankProblem, specOn, textProblem } from '../common/inference';
import { tensorOn } from '../common/operands';
import { numberOf } from '../common/params';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'causal-mask',
  version: 1,
  title: 'Causal mask',
  summary: 'Says for each step which earlier ones it may see.',
  category: 'attention',
  makes: 'op',
  role: 'op',
  aliases: ['look-ahead mask', 'triangular mask', 'autoregressive', 'window', 'local attention'],
  icon: 'stairs',
  fields: {
    window: {
      type: 'number',
      title: 'Window',
      default: 0,
      min: 0,
      max: 1_000_000,
      integer: true,
      essential: true,
      help: 'How many steps back are seen, with the step itself; 0 sees all.',
    },
  },
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Mask', type: 'tensor' }],
  grad: [],
  oftenNext: ['multi-head-attention', 'multiply'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const mask = { dtype: 'float32', meaning: 'mask', range: [0, 1] } as const;
  if (x?.dtype === 'string')
    return { outputs: { y: { shape: null, ...mask, range: [0, 1] } }, problems: [textProblem('Causal mask', 'x')] };
  if (!x?.shape) return { outputs: { y: { shape: null, ...mask, range: [0, 1] } } };
  const [batch = null, time] = x.shape;
  if (time === undefined)
    return {
      outputs: { y: { shape: null, ...mask, range: [0, 1] } },
      problems: [rankProblem('Causal mask', 'x', x, [2, 3])],
    };
  return { outputs: { y: { shape: [batch, time, time], ...mask, range: [0, 1] } } };
}

export const docs: KindDocs = {
  text: 'A square of ones and zeros for the mask of an attention: a step may look at itself and at what came before, optionally only a little way back. Multiply it by other masks to combine them.',
  formula: 'm[i, j] = 1 where i − window < j ≤ i, else 0',
  source: 'Vaswani et al., Attention is all you need, 2017; Beltagy et al., Longformer, 2020 (windows)',
};

export const examples: KindExample[] = [
  {
    title: 'All that came before',
    inputs: { x: [{ shape: ['batch', 4, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Two steps, of tokens',
    params: { window: 2 },
    inputs: { x: [{ shape: ['batch', 5], dtype: 'int32', meaning: 'tokens', classes: 7 }] },
  },
];

const square = (time: number, window: number): Float32Array =>
  Float32Array.from({ length: time * time }, (_, at) => {
    const back = Math.floor(at / time) - (at % time);
    return back >= 0 && (window === 0 || back < window) ? 1 : 0;
  });

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const [batch = 1, time = 1] = tensorOn(inputs, 'x').shape;
    const mask = tf.tensor3d(square(time, numberOf(params, 'window')), [1, time, time]);
    return { outputs: { y: tf.clone(tf.broadcastTo(mask, [batch, time, time])) } };
  },
};

const CAUSAL = `
def causal_mask(x, window):
    """[batch, time, time]: one for the step itself and those before, \`window\` of them or (0) all."""
    ones = torch.ones(x.shape[0], x.shape[1], x.shape[1], device=x.device)
    return ones.tril() if window == 0 else ones.tril().triu(1 - window)
`;

export const emit: Emit = {
  keras: () => ({ unsupported: 'Keras makes such masks inside of its attention only' }),
  torch: ({ params }) => ({
    takes: 'any',
    helpers: [CAUSAL],
    forward: ({ on }) => ({ y: `causal_mask(${on('x')}, ${numberOf(params, 'window')})` }),
  }),
  onnx({ params }) {
    const window = numberOf(params, 'window');
    return {
      takes: 'any',
      write({ node, constant, on }) {
        const [batch, time] = [0, 1].map((at) => node('Shape', [on('x')], { start: at, end: at + 1 }));
        const shape = node('Concat', [batch ?? '', time ?? '', time ?? ''], { axis: 0 });
        const lower = node('Trilu', [node('Expand', [constant(1), shape])], { upper: 0 });
        return { y: window === 0 ? lower : node('Trilu', [lower, constant(1 - window, 'int64')], { upper: 1 }) };
      },
    };
  },
};
