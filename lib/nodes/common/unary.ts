import type { Spec } from '@/lib/tensor/spec';
import type { InferContext, Inference, PortFace } from '../kind';
import { flopsPerExample, specOn, textProblem, unknownOutput } from './inference';

export const X_INPUT: PortFace[] = [{ id: 'x', title: 'Input', type: 'tensor' }];

/** An op that changes every number on its own: the shape stays, what the numbers mean does not. */
export function inferUnary(
  title: string,
  { inputs }: Pick<InferContext, 'inputs'>,
  flops: number,
  range?: (x: Spec) => [number, number] | undefined,
): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem(title, 'x'));
  if (!x?.shape) return unknownOutput();
  const limits = range?.(x);
  return {
    outputs: { y: { shape: x.shape, dtype: 'float32', meaning: 'features', ...(limits && { range: limits }) } },
    flops: flopsPerExample(x.shape, flops),
  };
}
