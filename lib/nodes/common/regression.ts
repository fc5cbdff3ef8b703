import { broadcastShapes } from '@/lib/tensor/broadcast';
import { type Dim, fitsDim, formatShape, type Spec } from '@/lib/tensor/spec';
import type { InferContext, Inference, KindExample, PortFace, Problem, Remedy, Tensor, Tf } from '../kind';
import { flopsPerExample, specOn, textProblem } from './inference';
import { inferLoss, SAMPLE_WEIGHT, weightProblems } from './loss';
import { floatOn } from './operands';

/** The ports of losses and metrics that compare numbers with target numbers. */
export const REGRESSION_INPUTS: PortFace[] = [
  { id: 'x', title: 'Prediction', type: 'tensor' },
  { id: 'target', title: 'Target', type: 'tensor' },
  SAMPLE_WEIGHT,
];

type Range = [number, number];

/** What such a loss is tried with: predictions and targets, in these ranges where it does not take all numbers. */
export const regressionExamples = (x?: Range, target = x): KindExample[] => [
  {
    title: 'Features',
    inputs: {
      x: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features', ...(x && { range: x }) }],
      target: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features', ...(target && { range: target }) }],
    },
  },
  {
    title: 'One number, weighted',
    inputs: {
      x: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features', ...(x && { range: x }) }],
      target: [{ shape: ['batch'], dtype: 'float32', meaning: 'score', ...(target && { range: target }) }],
      sampleWeight: [{ shape: ['batch'], dtype: 'float32', meaning: 'sample-weight', range: [0, 1] }],
    },
  },
];

/** A loss of the difference between `x` and `target`, one value for each example. */
export function inferRegression(title: string, { inputs }: Pick<InferContext, 'inputs'>, flops: number): Inference {
  const x = specOn(inputs, 'x');
  const perExample = x?.shape ? x.shape.slice(0, 1) : null;
  const problems = regressionProblems(title, { inputs });
  return inferLoss(inputs, perExample, flopsPerExample(x?.shape ?? null, flops), problems, x?.shape ?? null);
}

/** What may be wrong with a metric of the difference between `x` and `target`. */
export const regressionMetricProblems = (title: string, { inputs }: Pick<InferContext, 'inputs'>): Problem[] => [
  ...regressionProblems(title, { inputs }),
  ...classProblems(title, specOn(inputs, 'target')),
  ...weightProblems(inputs.sampleWeight?.[0], specOn(inputs, 'x')?.shape ?? null),
];

/** Where the targets are numbers of classes, how far off a prediction is means nothing; of two classes it is a share. */
export function classProblems(title: string, target: Spec | undefined): Problem[] {
  if (target?.meaning !== 'class' || (target.classes ?? 0) <= 2) return [];
  return [
    {
      code: 'metric-foreign',
      severity: 'warning',
      port: 'target',
      message: `${title} says how far numbers are from each other, but its targets are numbers of ${target.classes} classes: class 1 is no nearer to 2 than to 9. Measure it with Accuracy, or wire a quantity.`,
      expected: 'quantities',
      received: `${target.classes} classes`,
    },
  ];
}

/** Shapes must agree; a column and a row of the same numbers do. */
export function regressionProblems(title: string, { inputs }: Pick<InferContext, 'inputs'>): Problem[] {
  const [x, target] = [specOn(inputs, 'x'), specOn(inputs, 'target')];
  if (x?.dtype === 'string') return [textProblem(title, 'x')];
  if (target?.dtype === 'string') return [textProblem(title, 'target')];
  if (!x?.shape || !target?.shape) return [];
  if (isColumnOf(x.shape, target.shape) || isColumnOf(target.shape, x.shape)) return [];
  const merged = broadcastShapes(x.shape, target.shape);
  const fits = !('conflict' in merged) && x.shape.length === target.shape.length;
  if (fits) return [];
  const [own, wanted] = [x.shape.at(-1), target.shape.at(-1)];
  const { classes } = target;
  // One number for each class cannot be held against the number of a class.
  const encode: Remedy[] =
    target.meaning === 'class' && classes === own && x.shape.length === target.shape.length + 1
      ? [{ title: 'Insert One-hot', insert: { port: 'target', kind: 'one-hot', params: { depth: classes ?? 2 } } }]
      : [];
  const units: Remedy[] =
    x.shape.length === target.shape.length && typeof wanted === 'number' && own !== wanted
      ? [{ title: `Set units to ${wanted}`, setSource: { port: 'x', set: { units: wanted } } }]
      : x.shape.length === 2 && target.shape.length === 1
        ? [{ title: 'Set units to 1', setSource: { port: 'x', set: { units: 1 } } }]
        : [];
  return [
    {
      code: 'shape-mismatch',
      severity: 'error',
      port: 'x',
      message: `${title} compares number with number, so prediction and target must have the same shape: ${formatShape(x.shape)} and ${formatShape(target.shape)} do not.`,
      expected: formatShape(target.shape),
      received: formatShape(x.shape),
      remedies: [...encode, ...units],
    },
  ];
}

const isColumnOf = (a: Dim[], b: Dim[]): boolean =>
  a.length === b.length + 1 && a.at(-1) === 1 && b.every((dim, axis) => fitsDim(dim, a[axis] ?? null));

/** Prediction and target as float32 of the prediction's shape (or broadcast to it). */
export function comparedOn(tf: Tf, inputs: Record<string, Tensor[]>): { x: Tensor; target: Tensor } {
  const x = floatOn(tf, inputs, 'x');
  const target = floatOn(tf, inputs, 'target');
  return { x, target: target.size === x.size && target.rank !== x.rank ? tf.reshape(target, x.shape) : target };
}
