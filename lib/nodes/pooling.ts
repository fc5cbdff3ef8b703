import type { Padding } from '@/lib/tensor/conv-arithmetic';
import type { Spec } from '@/lib/tensor/spec';
import { specOn, unknownOutput } from './inference';
import type { InferContext, Inference, PlainParams } from './kind';
import { pairOf, textOf } from './params';
import { kernelField, paddingField, pictureOn, receptiveWindow, slide, type Window } from './windows';

export const poolWindow = (params: PlainParams): Window => ({
  kernel: pairOf(params, 'size'),
  stride: pairOf(params, 'stride'),
  padding: textOf(params, 'padding') as Padding,
});

export const poolFields = () => ({
  size: kernelField('Size', 2),
  stride: {
    type: 'size' as const,
    title: 'Stride',
    axes: 2,
    default: [2, 2],
    min: 1,
    max: 1024,
    essential: true as const,
    help: 'By how many pixels the window moves on; usually its own size.',
  },
  padding: paddingField('valid'),
});

/** Height and width shrink, channels and the meaning of the numbers stay. */
export function inferPool(title: string, { params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const picture = pictureOn(title, 'x', x);
  if (picture === null || x === undefined) return unknownOutput();
  if ('problems' in picture) return unknownOutput(...picture.problems);
  const window = poolWindow(params);
  const { height, width, problems } = slide(title, 'x', x, picture, window);
  const y: Spec = { ...x, dtype: 'float32', shape: [picture.batch, height, width, picture.channels] };
  const outputs = [height, width, picture.channels].map((dim) => (typeof dim === 'number' ? dim : 0));
  return {
    outputs: { y },
    flops: outputs.reduce((product, dim) => product * dim, window.kernel[0] * window.kernel[1]),
    window: receptiveWindow(window),
    problems,
  };
}

export const poolConfig = (params: PlainParams) => {
  const { kernel, stride, padding } = poolWindow(params);
  return { pool_size: kernel, strides: stride, padding, data_format: 'channels_last' };
};
