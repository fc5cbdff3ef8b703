import { fitsShape, formatShape, type Spec } from '@/lib/tensor/spec';
import { specOn, textProblem } from '../common/inference';
import { keyField } from '../common/metric-key';
import { floatOn } from '../common/operands';
import type { Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';
import { weightedMean, weightedSums } from './weighted-count';

export const face: Face = {
  id: 'exact-match',
  version: 1,
  title: 'Exact match',
  summary: 'The share of sequences that are right from end to end.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'higher',
  aliases: ['sequence accuracy', 'em', 'all right', 'captions'],
  icon: 'equal',
  fields: { key: keyField('exact-match') },
  inputs: [
    { id: 'x', title: 'Sequence', type: 'tensor' },
    { id: 'target', title: 'Right one', type: 'tensor' },
  ],
  outputs: [{ id: 'metric', title: 'Exact match', type: 'metric' }],
  oftenNext: ['training'],
};

export function infer({ inputs }: InferContext): Inference {
  const [x, target] = [specOn(inputs, 'x'), specOn(inputs, 'target')];
  const problems: Problem[] = [];
  if (x?.dtype === 'string') problems.push(textProblem('Exact match', 'x'));
  if (target?.dtype === 'string') problems.push(textProblem('Exact match', 'target'));
  if (x?.shape && target?.shape && !fitsShape(x.shape, target.shape))
    problems.push(
      fitsShape(x.shape.slice(0, -1), target.shape)
        ? scoresProblem(x)
        : {
            code: 'shape-mismatch',
            severity: 'error',
            port: 'target',
            message: `Exact match compares sequences of one length, but gets ${formatShape(x.shape)} and ${formatShape(target.shape)}.`,
            expected: formatShape(x.shape),
            received: formatShape(target.shape),
          },
    );
  return { outputs: {}, problems };
}

export const docs: KindDocs = {
  text: 'A sequence counts only where every token is right, padding included. Stricter than accuracy: one wrong word spoils the sentence.',
  formula: 'mean of [xₜ = targetₜ for all t]',
  source: 'Rajpurkar et al., SQuAD, 2016',
};

export const examples: KindExample[] = [
  {
    title: 'Captions',
    inputs: {
      x: [{ shape: ['batch', 3], dtype: 'int32', meaning: 'tokens', classes: 2 }],
      target: [{ shape: ['batch', 3], dtype: 'int32', meaning: 'tokens', classes: 2 }],
    },
  },
];

/** A score for each token that could stand there, where the token itself is wanted. */
const scoresProblem = ({ shape, meaning }: Spec): Problem => ({
  code: 'metric-foreign',
  severity: 'error',
  port: 'x',
  message: `Exact match compares tokens, but gets a number for each of ${formatShape(shape?.slice(-1) ?? null)} tokens at every step. Take the best of them.`,
  expected: 'tokens',
  received: meaning,
  remedies: [{ title: 'Insert Argmax', insert: { port: 'x', kind: 'argmax' } }],
});

export const run: KindRun = {
  as: 'fold',
  fold: {
    measure(tf, { inputs }) {
      const [x, target] = [floatOn(tf, inputs, 'x'), floatOn(tf, inputs, 'target')];
      const rows = x.shape[0] ?? 0;
      const off = tf.sum(tf.abs(tf.reshape(tf.sub(x, target), [rows, x.size / Math.max(1, rows)])), 1);
      return weightedSums(tf, tf.cast(tf.equal(off, 0), 'float32'), undefined);
    },
    result: weightedMean,
  },
};
