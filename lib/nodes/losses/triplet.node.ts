import { flopsPerExample } from '../common/inference';
import { liveNumber } from '../common/live';
import { inferLoss, LOSS_OUTPUTS, SAMPLE_WEIGHT, weightedLoss } from '../common/loss';
import { floatOn } from '../common/operands';
import { textOf } from '../common/params';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { distanceBetween, distanceField } from './distances';
import { lossEmit } from './loss-emission';
import { vectorProblems } from './vectors';

export const face: Face = {
  id: 'triplet',
  version: 1,
  title: 'Triplet loss',
  summary: 'Pulls alike examples together and pushes others away.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['facenet', 'siamese', 'metric learning', 'embedding', 'similarity'],
  icon: 'triangles',
  fields: {
    margin: {
      type: 'number',
      title: 'Margin',
      default: 1,
      min: 0,
      max: 1000,
      soft: [0, 5],
      live: true,
      essential: true,
      help: 'By how much the different example must be farther away than the alike one.',
    },
    distance: distanceField(),
  },
  inputs: [
    { id: 'anchor', title: 'Anchor', type: 'tensor' },
    { id: 'positive', title: 'Alike', type: 'tensor' },
    { id: 'negative', title: 'Different', type: 'tensor' },
    SAMPLE_WEIGHT,
  ],
  outputs: LOSS_OUTPUTS,
  grad: ['anchor', 'positive', 'negative'],
  second: true,
  oftenNext: ['adam', 'loss-sum'],
};

export function infer({ inputs }: InferContext): Inference {
  const shape = inputs.anchor?.[0]?.shape ?? null;
  const problems = vectorProblems('Triplet loss', inputs, ['anchor', 'positive', 'negative']);
  return inferLoss(inputs, shape?.slice(0, -1) ?? null, flopsPerExample(shape, 8), problems);
}

export const docs: KindDocs = {
  text: 'Learns an embedding from comparisons. Three examples go through one shared network: an anchor, one of the same class, one of another. The other must end up farther away, by a margin.',
  formula: 'l = max(0, d(a, p) − d(a, n) + margin)',
  source: 'Schroff et al., FaceNet, 2015; Weinberger and Saul, 2009',
};

export const examples: KindExample[] = [
  {
    title: 'Three embeddings',
    params: { distance: 'squared' },
    inputs: {
      anchor: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }],
      positive: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }],
      negative: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }],
    },
  },
  {
    title: 'Weighted',
    inputs: {
      anchor: [{ shape: ['batch', 2], dtype: 'float32', meaning: 'latent' }],
      positive: [{ shape: ['batch', 2], dtype: 'float32', meaning: 'latent' }],
      negative: [{ shape: ['batch', 2], dtype: 'float32', meaning: 'latent' }],
      sampleWeight: [{ shape: ['batch'], dtype: 'float32', meaning: 'sample-weight', range: [0, 1] }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const { inputs, params } = context;
    const distance = textOf(params, 'distance');
    const anchor = floatOn(tf, inputs, 'anchor');
    const near = distanceBetween(tf, anchor, floatOn(tf, inputs, 'positive'), distance);
    const far = distanceBetween(tf, anchor, floatOn(tf, inputs, 'negative'), distance);
    const values = tf.relu(tf.add(tf.sub(near, far), liveNumber(context, 'margin')));
    return weightedLoss(tf, values, inputs.sampleWeight?.[0]);
  },
};

export const emit: Emit = lossEmit;
