import { flopsPerExample } from '../common/inference';
import { inferLoss, LOSS_OUTPUTS, reducedLoss } from '../common/loss';
import { comparedOn, REGRESSION_INPUTS, regressionProblems } from '../common/regression';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { unitVectors } from './distances';
import { lossEmit } from './loss-emission';

export const face: Face = {
  id: 'cosine-similarity',
  version: 1,
  title: 'Cosine similarity',
  summary: 'Asks two vectors to point the same way.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['cosine loss', 'cosine distance', 'angle', 'cosine proximity', 'embedding loss'],
  icon: 'vector-triangle',
  fields: {},
  inputs: REGRESSION_INPUTS,
  outputs: LOSS_OUTPUTS,
  grad: ['x', 'target'],
  second: true,
  oftenNext: ['adam', 'loss-sum'],
};

export function infer(context: InferContext): Inference {
  const shape = context.inputs.x?.[0]?.shape ?? null;
  const problems = regressionProblems('Cosine similarity', context);
  return inferLoss(
    context.inputs,
    shape?.slice(0, 1) ?? null,
    flopsPerExample(shape, 8),
    problems,
    shape?.slice(0, -1) ?? null,
  );
}

export const docs: KindDocs = {
  text: 'Compares only directions, not lengths: −1 where prediction and target point the same way, 0 where they are at right angles, 1 where they are opposite. For embeddings.',
  formula: 'l = −x·t / (‖x‖·‖t‖)',
  source: 'Salton and McGill, Introduction to modern information retrieval, 1983; Keras 3 CosineSimilarity',
};

export const examples: KindExample[] = [
  {
    title: 'Embeddings',
    inputs: {
      x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }],
      target: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }],
    },
  },
  {
    title: 'A vector for every step, weighted',
    inputs: {
      x: [{ shape: ['batch', 2, 4], dtype: 'float32', meaning: 'features' }],
      target: [{ shape: ['batch', 2, 4], dtype: 'float32', meaning: 'features' }],
      sampleWeight: [{ shape: ['batch'], dtype: 'float32', meaning: 'sample-weight', range: [0, 1] }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs }) {
    const { x, target } = comparedOn(tf, inputs);
    const values = tf.neg(tf.sum(tf.mul(unitVectors(tf, x), unitVectors(tf, target)), -1));
    return reducedLoss(tf, values, inputs.sampleWeight?.[0]);
  },
};

export const emit: Emit = lossEmit;
