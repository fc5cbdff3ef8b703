import type { KerasLayer } from './kind';

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
