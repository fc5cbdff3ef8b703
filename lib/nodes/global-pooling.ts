import { productOf } from '@/lib/tensor/conv-arithmetic';
import { rankProblem, specOn, textProblem, unknownOutput } from './inference';
import type { InferContext, Inference } from './kind';

/** One number for each channel of a picture or sequence: `[batch, …, channels]` becomes `[batch, channels]`. */
export function inferGlobalPool(title: string, { inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem(title, 'x'));
  if (!x?.shape) return unknownOutput();
  const [batch = null, ...rest] = x.shape;
  const channels = rest.pop();
  if (channels === undefined || rest.length === 0) return unknownOutput(rankProblem(title, 'x', x, [4]));
  const meaning = x.meaning === 'image' ? 'features' : x.meaning;
  const seen = productOf([...rest, channels]);
  return {
    outputs: {
      y: { shape: [batch, channels], dtype: 'float32', meaning, ...(x.range && { range: x.range }) },
    },
    flops: typeof seen === 'number' ? seen : 0,
    ...(rest.length === 2 &&
      rest.every((dim) => typeof dim === 'number') && { window: { size: rest.map(Number), stride: rest.map(Number) } }),
  };
}

/** The inner axes of an input whose channels are first, as PyTorch code: `2, 3`. */
export const innerAxesFirst = ({ x }: InferContext['inputs']): string =>
  (x?.[0]?.shape ?? [])
    .map((_, axis) => axis)
    .slice(2)
    .join(', ');
