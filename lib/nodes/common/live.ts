import type { PlainParams, Tensor, Tf } from '../kind';
import { numberOf } from './params';

/** A live number: a constant, or a tensor while a step is traced. */
export type LiveNumber = number | Tensor;

/** A live number of the context; where a host gives none (inspection, tests), the param itself. */
export const liveNumber = (
  context: { numbers: Record<string, LiveNumber>; params: PlainParams },
  key: string,
): LiveNumber => context.numbers[key] ?? numberOf(context.params, key);

/** For host ops, which are not traced. */
export const hostNumber = (value: LiveNumber): number =>
  typeof value === 'number' ? value : (value.dataSync()[0] ?? Number.NaN);

/** `1 − value`, in JavaScript where it is a constant. */
export const oneMinus = (tf: Tf, value: LiveNumber): LiveNumber =>
  typeof value === 'number' ? 1 - value : tf.sub(1, value);

/**
 * `1 − value ** exponent` for values in [0, 1). As tensors by expm1, since float32 would lose half of its digits for values
 * near one.
 */
export function oneMinusPower(tf: Tf, value: LiveNumber, exponent: LiveNumber): LiveNumber {
  if (typeof value === 'number' && typeof exponent === 'number') return 1 - value ** exponent;
  const logarithm = typeof value === 'number' ? Math.log(value) : tf.log(value);
  return tf.neg(tf.expm1(tf.mul(exponent, logarithm)));
}

/** True only where the number is a constant equal to `value`: then its ops may be left out. */
export const isConstant = (number: LiveNumber, value: number): boolean => number === value;
