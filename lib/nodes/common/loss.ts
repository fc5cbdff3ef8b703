import type { PortId } from '@/lib/graph/document';
import { type Dim, fitsDim, formatShape, type Spec } from '@/lib/tensor/spec';
import type { Field } from '../field';
import type { Inference, PortFace, Problem, RunResult, Tensor, Tf } from '../kind';
import { scalarSpec, textProblem } from './inference';
import { asFloat } from './operands';

/** The ports that every loss has beside its own inputs. */
export const SAMPLE_WEIGHT: PortFace = { id: 'sampleWeight', title: 'Sample weight', type: 'tensor', optional: true };

export const LOSS_OUTPUTS: PortFace[] = [
  { id: 'loss', title: 'Loss', type: 'loss' },
  { id: 'perExample', title: 'Per example', type: 'tensor' },
];

/** How the numbers of one example become its loss. */
export const reductionField = (help?: string): Field => ({
  type: 'choice',
  title: 'Of one example',
  default: 'mean',
  ...(help === undefined ? {} : { help }),
  choices: [
    { value: 'mean', title: 'Mean' },
    { value: 'sum', title: 'Sum' },
  ],
});

export const smoothingField = (help: string): Field => ({
  type: 'number',
  title: 'Label smoothing',
  default: 0,
  min: 0,
  max: 0.99,
  step: 0.01,
  live: true,
  help,
});

/**
 * Specs of a loss whose values have the shape `perExample`, with the check of its weights. `finest`: the shape of the
 * numbers that can be weighed one by one, such as pixels; by default the values themselves.
 */
export function inferLoss(
  inputs: Record<PortId, Spec[]>,
  perExample: Dim[] | null,
  flops: number,
  problems: Problem[] = [],
  finest: Dim[] | null = perExample,
): Inference {
  return {
    outputs: { loss: scalarSpec(), perExample: { shape: perExample, dtype: 'float32', meaning: 'score' } },
    flops,
    problems: [...problems, ...weightProblems(inputs.sampleWeight?.[0], finest)],
  };
}

/** Weights hold for whole examples, or for all numbers behind their own axes: `[batch, height, width]` for pixels. */
export function weightProblems(weight: Spec | undefined, finest: Dim[] | null): Problem[] {
  if (weight?.dtype === 'string') return [textProblem('A weight', 'sampleWeight')];
  if (!weight?.shape || finest === null) return [];
  const shape = weight.shape.at(-1) === 1 ? weight.shape.slice(0, -1) : weight.shape;
  const fits = shape.length <= finest.length && shape.every((dim, axis) => fitsDim(dim, finest[axis] ?? null));
  if (fits) return [];
  return [
    {
      code: 'shape-mismatch',
      severity: 'error',
      port: 'sampleWeight',
      message: `Sample weights must be one number for each example (${formatShape(finest.slice(0, 1))})${finest.length > 1 ? ` or for each of its parts (up to ${formatShape(finest)})` : ''}, not ${formatShape(weight.shape)}.`,
      expected: finest.length > 1 ? `${formatShape(finest.slice(0, 1))} … ${formatShape(finest)}` : formatShape(finest),
      received: formatShape(weight.shape),
    },
  ];
}

/**
 * `loss` = Σ w·l / Σ w over all values (their mean without weights), and the values themselves. Weights of fewer axes
 * hold for everything inside. Where all weights are zero, so is the loss.
 */
export function weightedLoss(tf: Tf, perExample: Tensor, sampleWeight: Tensor | undefined): RunResult {
  if (sampleWeight === undefined) return { outputs: { loss: tf.mean(perExample), perExample } };
  const weight = weightsLike(tf, perExample, sampleWeight);
  return { outputs: { loss: tf.div(tf.sum(tf.mul(perExample, weight)), divisorOf(tf, tf.sum(weight))), perExample } };
}

/**
 * A loss of many numbers an example, each of which may have a weight of its own (pixels of a mask): `loss` = Σ w·l / Σ w
 * over all of them and `perExample` the same within each example. As a sum, each example's Σ w·l counts once.
 */
export function reducedLoss(
  tf: Tf,
  values: Tensor,
  sampleWeight: Tensor | undefined,
  reduce: 'mean' | 'sum' = 'mean',
): RunResult {
  if (sampleWeight === undefined || sampleWeight.size <= (values.shape[0] ?? 1))
    return weightedLoss(tf, perExampleOf(tf, values, reduce), sampleWeight);
  const weight = weightsLike(tf, values, sampleWeight);
  const weighted = perExampleOf(tf, tf.mul(values, weight), 'sum');
  if (reduce === 'sum') return { outputs: { loss: tf.mean(weighted), perExample: weighted } };
  const weights = perExampleOf(tf, weight, 'sum');
  const loss = tf.div(tf.sum(weighted), divisorOf(tf, tf.sum(weights)));
  return { outputs: { loss, perExample: tf.div(weighted, divisorOf(tf, weights)) } };
}

const divisorOf = (tf: Tf, total: Tensor): Tensor => tf.maximum(total, SMALLEST_TOTAL);

const SMALLEST_TOTAL = 1e-12;

/** Sample weights spread over the shape of the values. */
export function weightsLike(tf: Tf, values: Tensor, sampleWeight: Tensor): Tensor {
  const weight = asFloat(tf, sampleWeight);
  const shape =
    weight.rank > values.rank || (weight.rank > 1 && weight.shape.at(-1) === 1)
      ? weight.shape.slice(0, Math.min(values.rank, weight.rank - 1))
      : weight.shape;
  const aligned = tf.reshape(weight, [...shape, ...new Array<number>(values.rank - shape.length).fill(1)]);
  return tf.mul(aligned, tf.ones(values.shape));
}

/** Mean or sum over all axes but the first. */
export function perExampleOf(tf: Tf, values: Tensor, reduce: 'mean' | 'sum' = 'mean'): Tensor {
  if (values.rank <= 1) return values;
  const axes = values.shape.map((_, axis) => axis).slice(1);
  return reduce === 'mean' ? tf.mean(values, axes) : tf.sum(values, axes);
}
