import { flopsPerExample, rankProblem, specOn, staticProblem, textProblem, unknownOutput } from '../common/inference';
import { floatOn } from '../common/operands';
import { flagOf, numberOf } from '../common/params';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'positional-encoding',
  version: 1,
  title: 'Positional encoding',
  summary: 'Adds waves that tell each step where it stands.',
  category: 'attention',
  makes: 'op',
  role: 'op',
  aliases: ['sinusoidal', 'position', 'sine encoding', 'transformer', 'order'],
  icon: 'wave-sine',
  fields: {
    wavelength: {
      type: 'number',
      title: 'Longest wave',
      default: 10_000,
      min: 1,
      max: 10_000_000,
      logarithmic: true,
      help: 'In steps divided by 2π.',
    },
    add: { type: 'switch', title: 'Add to the input', default: true, help: 'Off: the waves alone come out.' },
  },
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  grad: (params) => (flagOf(params, 'add') ? ['x'] : []),
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['multi-head-attention', 'dropout'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Positional encoding', 'x'));
  if (!x?.shape) return unknownOutput();
  if (x.shape.length !== 3) {
    const embedding = [{ title: 'Insert Embedding', insert: { port: 'x', kind: 'embedding' } }];
    const problem = rankProblem('Positional encoding', 'x', x, [3], x.meaning === 'tokens' ? embedding : []);
    return unknownOutput(problem);
  }
  const y = { shape: x.shape, dtype: 'float32', meaning: 'features' } as const;
  if (typeof x.shape[2] !== 'number')
    return { outputs: { y }, problems: [staticProblem('Positional encoding', 'x', x, 'features')] };
  return { outputs: { y }, flops: flopsPerExample(x.shape, 1) };
}

export const docs: KindDocs = {
  text: 'Attention does not know in which order steps come. Each step gets a pattern of sines and cosines of different lengths, as unique as the hands of a clock. Nothing is learned, and it goes on for sequences of any length.',
  formula: 'p[t, 2i] = sin(t / w^(2i/d)), p[t, 2i+1] = cos(t / w^(2i/d))',
  source: 'Vaswani et al., Attention is all you need, 2017, section 3.5',
};

export const examples: KindExample[] = [
  { title: 'Six features', inputs: { x: [{ shape: ['batch', 4, 6], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'The waves alone',
    params: { add: false, wavelength: 100 },
    inputs: { x: [{ shape: ['batch', 3, 5], dtype: 'float32', meaning: 'features' }] },
  },
];

/** `[time, width]`, row by row. */
function waves(time: number, width: number, wavelength: number): Float32Array {
  return Float32Array.from({ length: time * width }, (_, at) => {
    const [step, feature] = [Math.floor(at / width), at % width];
    const angle = step / wavelength ** ((feature - (feature % 2)) / width);
    return feature % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  });
}

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = floatOn(tf, inputs, 'x');
    const [, time = 1, width = 1] = x.shape;
    const encoding = tf.tensor3d(waves(time, width, numberOf(params, 'wavelength')), [1, time, width]);
    return { outputs: { y: flagOf(params, 'add') ? tf.add(x, encoding) : tf.broadcastTo(encoding, x.shape) } };
  },
};

const WAVES = `
def positional_encoding(x, wavelength):
    """Sines and cosines of growing lengths for each step of [batch, time, features]."""
    step = torch.arange(x.shape[1], device=x.device).unsqueeze(1)
    feature = torch.arange(x.shape[2], device=x.device)
    angle = step / wavelength ** ((feature - feature % 2) / x.shape[2])
    return torch.where(feature % 2 == 0, torch.sin(angle), torch.cos(angle)).expand_as(x)
`;

export const emit: Emit = {
  keras: () => ({ unsupported: 'Keras has no layer with fixed waves; a learned position has one' }),
  torch: ({ params }) => ({
    helpers: [WAVES],
    forward({ on }) {
      const made = `positional_encoding(${on('x')}, ${numberOf(params, 'wavelength')})`;
      return { y: flagOf(params, 'add') ? `${on('x')} + ${made}` : made };
    },
  }),
  onnx({ params, inputs }) {
    const [, time, width] = inputs.x?.[0]?.shape ?? [];
    if (typeof time !== 'number' || typeof width !== 'number')
      return { unsupported: 'the length of its sequence is not fixed' };
    const values = [...waves(time, width, numberOf(params, 'wavelength'))];
    return {
      write({ node, constant, on }) {
        const encoding = constant(values, 'float32', [1, time, width]);
        if (flagOf(params, 'add')) return { y: node('Add', [on('x'), encoding]) };
        return { y: node('Expand', [encoding, node('Shape', [on('x')])]) };
      },
    };
  },
};
