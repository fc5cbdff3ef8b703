import type { EmitContext, KerasLayer } from '../kind';

/**
 * An operation of `keras.ops` by its class, such as `TopK` in `math`. Its config are settings that both the class and the
 * function take by name; `rest.call` says how it takes its tensors, where that is not the only input or what stands before.
 */
export const kerasOperation = (
  operation: NonNullable<KerasLayer['operation']>,
  className: string,
  config: KerasLayer['config'] = {},
  rest: Pick<KerasLayer, 'call' | 'outputs'> = {},
): KerasLayer => ({ className, operation, config, weights: [], ...rest });

/** An operation that computes with float32, on input `x` of whatever numbers. */
export function kerasFunction(
  { inputs }: Pick<EmitContext, 'inputs'>,
  className: string,
  config: KerasLayer['config'] = {},
  operation: NonNullable<KerasLayer['operation']> = 'numpy',
): KerasLayer[] {
  const cast = inputs.x?.[0]?.dtype === 'float32' ? [] : [kerasOperation('core', 'Cast', { dtype: 'float32' })];
  return [...cast, kerasOperation(operation, className, config)];
}

/** The same of ports `a` and `b`. */
export const kerasPair = (className: string): KerasLayer[] => [
  kerasOperation('numpy', className, {}, { call: { args: ['a', 'b'] } }),
];
