import { normal, seedOf } from '@/lib/tensor/philox';
import { fitsShape, formatShape } from '@/lib/tensor/spec';
import { specOn, textProblem } from '../common/inference';
import { keyField } from '../common/metric-key';
import { floatOn } from '../common/operands';
import type { Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'sliced-distance',
  version: 1,
  title: 'Sliced distance',
  summary: 'How far made examples are from real ones, as a whole.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'lower',
  aliases: ['sliced wasserstein', 'swd', 'earth mover', 'gan quality', 'distribution distance'],
  icon: 'slice',
  fields: { key: keyField('sliced-distance') },
  inputs: [
    { id: 'x', title: 'Made', type: 'tensor' },
    { id: 'real', title: 'Real', type: 'tensor' },
  ],
  outputs: [{ id: 'metric', title: 'Sliced distance', type: 'metric' }],
  oftenNext: ['training'],
};

export function infer({ inputs }: InferContext): Inference {
  const [x, real] = [specOn(inputs, 'x'), specOn(inputs, 'real')];
  if (x?.dtype === 'string') return { outputs: {}, problems: [textProblem('Sliced distance', 'x')] };
  if (real?.dtype === 'string') return { outputs: {}, problems: [textProblem('Sliced distance', 'real')] };
  if (fitsShape(x?.shape ?? null, real?.shape ?? null)) return { outputs: {} };
  return {
    outputs: {},
    problems: [
      {
        code: 'shape-mismatch',
        severity: 'error',
        port: 'x',
        message: `Made and real examples must have one shape, but are ${formatShape(x?.shape ?? null)} and ${formatShape(real?.shape ?? null)}.`,
        expected: formatShape(real?.shape ?? null),
        received: formatShape(x?.shape ?? null),
      },
    ],
  };
}

export const docs: KindDocs = {
  text: 'Looks at both clouds of examples from 32 random directions. From each, the sorted positions of the made ones are compared with those of the real ones; 0 means that the clouds look the same from everywhere.',
  formula: 'mean over directions d of mean_i |sort(x·d)_i − sort(real·d)_i|',
  source: 'Rabin et al., Wasserstein barycenter and its application to texture mixing, 2011',
};

export const examples: KindExample[] = [
  {
    title: 'Points',
    inputs: {
      x: [{ shape: ['batch', 2], dtype: 'float32', meaning: 'features' }],
      real: [{ shape: ['batch', 2], dtype: 'float32', meaning: 'features' }],
    },
  },
];

const DIRECTIONS = 32;

export const run: KindRun = {
  as: 'fold',
  fold: {
    combine: 'concat',
    measure(tf, { inputs }) {
      const flat = (port: 'x' | 'real') => {
        const tensor = floatOn(tf, inputs, port);
        return tf.reshape(tensor, [tensor.shape[0] ?? 1, -1]);
      };
      const [x, real] = [flat('x'), flat('real')];
      const width = x.shape[1] ?? 1;
      // The same directions each time, of length one.
      const drawn = tf.tensor2d(normal(seedOf('sliced-distance', width), width * DIRECTIONS), [width, DIRECTIONS]);
      const directions = tf.div(drawn, tf.sqrt(tf.sum(tf.square(drawn), 0, true)));
      return { made: tf.reshape(tf.matMul(x, directions), [-1]), real: tf.reshape(tf.matMul(real, directions), [-1]) };
    },
    result({ made = [], real = [] }) {
      const rows = Math.floor(Math.min(made.length, real.length) / DIRECTIONS);
      let sum = 0;
      for (let direction = 0; direction < DIRECTIONS; direction++) {
        const column = (of: ArrayLike<number>) =>
          Float64Array.from({ length: rows }, (_, row) => of[row * DIRECTIONS + direction] ?? 0).sort();
        const [a, b] = [column(made), column(real)];
        for (let row = 0; row < rows; row++) sum += Math.abs((a[row] as number) - (b[row] as number));
      }
      return rows === 0 ? 0 : sum / (rows * DIRECTIONS);
    },
  },
};
