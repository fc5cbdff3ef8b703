import { flopsPerExample, specOn } from '../common/inference';
import { classDistribution, labelProblems } from '../common/labels';
import { liveNumber } from '../common/live';
import { inferLoss, SAMPLE_WEIGHT } from '../common/loss';
import { asFloat, floatOn, tensorOn } from '../common/operands';
import { textOf } from '../common/params';
import { scoreProblems, scoresField } from '../common/scores';
import type { Field } from '../field';
import type { InferContext, Inference, KindExample, PortFace, RunContext, Tensor, Tf } from '../kind';

/** What losses of overlapping areas (Dice, IoU, Tversky) share: soft masks of each class against true ones. */
export const OVERLAP_INPUTS: PortFace[] = [
  { id: 'logits', title: 'Scores', type: 'tensor' },
  { id: 'labels', title: 'Masks', type: 'tensor' },
  SAMPLE_WEIGHT,
];

export const overlapFields = (): Record<string, Field> => ({
  from: scoresField(),
  over: {
    type: 'choice',
    title: 'Overlap of',
    default: 'classes',
    help: 'Only matters for several channels.',
    choices: [
      { value: 'classes', title: 'Each class', help: 'Small classes count as much as large ones.' },
      { value: 'all', title: 'All together', help: 'Every pixel counts the same.' },
    ],
  },
  smooth: {
    type: 'number',
    title: 'Smooth',
    default: 1e-7,
    min: 1e-12,
    max: 1e6,
    logarithmic: true,
    live: true,
    help: 'Added above and below the line, in pixels: a class that is neither there nor predicted has no loss. 1 calms tiny masks.',
  },
});

export function inferOverlap(title: string, { params, inputs }: InferContext): Inference {
  const scores = specOn(inputs, 'logits');
  const squash = scores?.shape?.at(-1) === 1 ? 'sigmoid' : 'softmax';
  const problems = [
    ...labelProblems(title, 'logits', scores, specOn(inputs, 'labels')),
    ...scoreProblems('logits', scores, textOf(params, 'from'), squash),
  ];
  return inferLoss(inputs, scores?.shape?.slice(0, 1) ?? null, flopsPerExample(scores?.shape ?? null, 10), problems);
}

/** Sizes of areas in pixels, `[batch, classes]` or, all together, `[batch]`. */
export interface Areas {
  both: Tensor;
  truth: Tensor;
  guess: Tensor;
}

/** A single channel is a yes-or-no mask (sigmoid), several are classes (softmax). */
export function areasOf(tf: Tf, { params, inputs }: Pick<RunContext, 'params' | 'inputs'>): Areas {
  const scores = floatOn(tf, inputs, 'logits');
  const labels = tensorOn(inputs, 'labels');
  const single = scores.shape.at(-1) === 1;
  const truth = single ? tf.reshape(asFloat(tf, labels), scores.shape) : classDistribution(tf, labels, scores);
  const logits = textOf(params, 'from') === 'logits';
  const guess = !logits ? scores : single ? tf.sigmoid(scores) : tf.softmax(scores);
  const last = scores.rank - 1;
  const axes = scores.shape.map((_, axis) => axis).slice(1, textOf(params, 'over') === 'all' ? last + 1 : last);
  const area = (mask: Tensor): Tensor => (axes.length === 0 ? mask : tf.sum(mask, axes));
  return { both: area(tf.mul(truth, guess)), truth: area(truth), guess: area(guess) };
}

/** `1 − (above + smooth) / (below + smooth)`, averaged over classes: `[batch]`. */
export function overlapLoss(tf: Tf, context: RunContext, above: Tensor, below: Tensor): Tensor {
  const smooth = liveNumber(context, 'smooth');
  const values = tf.sub(1, tf.div(tf.add(above, smooth), tf.add(below, smooth)));
  return values.rank > 1 ? tf.mean(values, -1) : values;
}

export const OVERLAP_EXAMPLES: KindExample[] = [
  {
    title: 'Classes of pixels',
    inputs: {
      logits: [{ shape: ['batch', 4, 4, 3], dtype: 'float32', meaning: 'features' }],
      labels: [{ shape: ['batch', 4, 4], dtype: 'int32', meaning: 'mask', classes: 3 }],
    },
  },
  {
    title: 'One mask, weighted',
    params: { from: 'probabilities', smooth: 1 },
    inputs: {
      logits: [{ shape: ['batch', 4, 4, 1], dtype: 'float32', meaning: 'probabilities', range: [0, 1] }],
      labels: [{ shape: ['batch', 4, 4, 1], dtype: 'float32', meaning: 'mask', range: [0, 1] }],
      sampleWeight: [{ shape: ['batch'], dtype: 'float32', meaning: 'sample-weight', range: [0, 1] }],
    },
  },
];
