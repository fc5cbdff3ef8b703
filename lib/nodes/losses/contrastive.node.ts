import { flopsPerExample, specOn, textProblem } from '../common/inference';
import { liveNumber } from '../common/live';
import { inferLoss, LOSS_OUTPUTS, SAMPLE_WEIGHT, weightedLoss } from '../common/loss';
import { asFloat, floatOn, tensorOn } from '../common/operands';
import { textOf } from '../common/params';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { distanceBetween, distanceField } from './distances';
import { lossEmit } from './loss-emission';
import { pairProblems, vectorProblems } from './vectors';

export const face: Face = {
  id: 'contrastive',
  version: 1,
  title: 'Contrastive loss',
  summary: 'Pairs of one kind belong together, others apart.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['siamese', 'metric learning', 'embedding', 'similarity', 'verification', 'pairs'],
  icon: 'arrows-split-2',
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
      help: 'The distance beyond which different ones are far enough apart.',
    },
    distance: distanceField(),
  },
  inputs: [
    { id: 'a', title: 'First', type: 'tensor' },
    { id: 'b', title: 'Second', type: 'tensor' },
    { id: 'same', title: 'Same (0 or 1)', type: 'tensor' },
    SAMPLE_WEIGHT,
  ],
  outputs: LOSS_OUTPUTS,
  grad: ['a', 'b'],
  second: true,
  oftenNext: ['adam', 'loss-sum'],
};

export function infer({ inputs }: InferContext): Inference {
  const shape = inputs.a?.[0]?.shape ?? null;
  const same = specOn(inputs, 'same');
  const problems = [
    ...vectorProblems('Contrastive loss', inputs, ['a', 'b']),
    ...(same?.dtype === 'string' ? [textProblem('Contrastive loss', 'same')] : pairProblems(shape, same)),
  ];
  return inferLoss(inputs, shape?.slice(0, -1) ?? null, flopsPerExample(shape, 6), problems);
}

export const docs: KindDocs = {
  text: 'Two examples go through one shared network. If they are the same kind, their distance is the loss; if not, only what is missing to the margin is.',
  formula: 'l = ½·s·d² + ½·(1 − s)·max(0, margin − d)²',
  source: 'Hadsell et al., Dimensionality reduction by learning an invariant mapping, 2006',
};

export const examples: KindExample[] = [
  {
    title: 'Two embeddings',
    inputs: {
      a: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }],
      b: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }],
      same: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 2 }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const { inputs, params } = context;
    const [a, b] = [floatOn(tf, inputs, 'a'), floatOn(tf, inputs, 'b')];
    const distance = distanceBetween(tf, a, b, textOf(params, 'distance'));
    const same = tf.reshape(asFloat(tf, tensorOn(inputs, 'same')), distance.shape);
    const short = tf.relu(tf.sub(liveNumber(context, 'margin'), distance));
    const together = tf.mul(same, tf.square(distance));
    const apart = tf.mul(tf.sub(1, same), tf.square(short));
    return weightedLoss(tf, tf.mul(tf.add(together, apart), 0.5), inputs.sampleWeight?.[0]);
  },
};

export const emit: Emit = lossEmit;
