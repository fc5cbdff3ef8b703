import { flopsPerExample, specOn, textProblem, unknownOutput } from '../common/inference';
import { isConstant, liveNumber, oneMinus } from '../common/live';
import type { Field } from '../field';
import type { InferContext, Inference, RunContext, Tensor, Tf } from '../kind';

/** Layers that disturb what passes through them while training: numbers keep their place, but not their range. */

export const rateField = (rate: number, help: string): Field => ({
  type: 'number',
  title: 'Rate',
  default: rate,
  min: 0,
  max: 0.99,
  step: 0.05,
  live: true,
  essential: true,
  help,
});

export function inferDisturbed(title: string, { inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem(title, 'x'));
  if (!x?.shape) return unknownOutput();
  const { range: _, ...rest } = x;
  return { outputs: { y: { ...rest, dtype: 'float32' } }, flops: flopsPerExample(x.shape, 2) };
}

/** The field `rate`, or null where nothing is to be disturbed: in use, or at rate 0. */
export function activeRate(context: RunContext): number | Tensor | null {
  const rate = liveNumber(context, 'rate');
  return context.mode === 'evaluation' || isConstant(rate, 0) ? null : rate;
}

/** One for what stays and zero for what is silenced, of a shape that stretches over the input. */
export const keptOf = (tf: Tf, context: RunContext, shape: number[], rate: number | Tensor): Tensor =>
  tf.cast(tf.greaterEqual(context.random.uniform(shape), rate), 'float32');

/** Silences by a mask of `shape`; what stays grows, so that the mean does too. */
export function silenced(tf: Tf, context: RunContext, x: Tensor, shape: number[]): Tensor {
  const rate = activeRate(context);
  if (rate === null) return tf.clone(x);
  return tf.mul(x, tf.div(keptOf(tf, context, shape, rate), oneMinus(tf, rate)));
}
