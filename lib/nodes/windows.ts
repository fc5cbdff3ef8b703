import { convDim, kernelExtent, type Padding } from '@/lib/tensor/conv-arithmetic';
import { type Dim, formatShape, type Spec } from '@/lib/tensor/spec';
import type { Field } from './field';
import { rankProblem, textProblem } from './inference';
import type { Problem } from './kind';

/** What slides over a picture: sizes along height and width. */
export interface Window {
  kernel: [number, number];
  stride: [number, number];
  dilation?: [number, number];
  padding: Padding;
}

export const filtersField = (help: string): Field => ({
  type: 'number',
  title: 'Filters',
  default: 32,
  min: 1,
  max: 65_536,
  soft: [1, 256],
  integer: true,
  logarithmic: true,
  essential: true,
  help,
});

export const kernelField = (title: string, size: number): Field => ({
  type: 'size',
  title,
  axes: 2,
  default: [size, size],
  min: 1,
  max: 1024,
  essential: true,
  help: 'Height and width of the window, in pixels.',
});

export const strideField = (size: number): Field => ({
  type: 'size',
  title: 'Stride',
  axes: 2,
  default: [size, size],
  min: 1,
  max: 1024,
  essential: true,
  help: 'By how many pixels the window moves on. A stride of 2 halves height and width.',
});

export const paddingField = (padding: Padding): Field => ({
  type: 'choice',
  title: 'Padding',
  default: padding,
  help: 'Same pads the border with zeros, so that only the stride makes the picture smaller. Valid stays inside.',
  choices: [
    { value: 'same', title: 'Same' },
    { value: 'valid', title: 'Valid' },
  ],
});

export type Picture = { problems: Problem[] } | { height: Dim; width: Dim; channels: Dim; batch: Dim };

/** Axes of a picture tensor, or why the input is none; null where its rank is not known yet. */
export function pictureOn(title: string, port: string, x: Spec | undefined): Picture | null {
  if (x?.dtype === 'string') return { problems: [textProblem(title, port)] };
  if (!x?.shape) return null;
  const [batch, height, width, channels] = x.shape;
  if (
    x.shape.length === 4 &&
    batch !== undefined &&
    height !== undefined &&
    width !== undefined &&
    channels !== undefined
  )
    return { batch, height, width, channels };
  const remedies =
    x.shape.length === 3 ? [{ title: 'Insert Reshape to add a channel', insert: addChannel(port, x.shape) }] : [];
  return { problems: [rankProblem(title, port, x, [4], remedies)] };
}

const addChannel = (port: string, shape: Dim[]) => ({
  port,
  kind: 'reshape',
  params: { shape: [...shape.slice(1).map((dim) => (typeof dim === 'number' ? dim : -1)), 1] },
});

/** Height and width after a window slid over a picture, with a problem where it does not fit in. */
export function slide(
  title: string,
  port: string,
  x: Spec,
  picture: { height: Dim; width: Dim },
  window: Window,
): { height: Dim; width: Dim; problems: Problem[] } {
  const [dy, dx] = window.dilation ?? [1, 1];
  const height = convDim(picture.height, window.kernel[0], window.stride[0], window.padding, dy);
  const width = convDim(picture.width, window.kernel[1], window.stride[1], window.padding, dx);
  if ((typeof height !== 'number' || height >= 1) && (typeof width !== 'number' || width >= 1)) {
    return { height, width, problems: [] };
  }
  const extent = `${kernelExtent(window.kernel[0], dy)}×${kernelExtent(window.kernel[1], dx)}`;
  return {
    height: null,
    width: null,
    problems: [
      {
        code: 'shape-mismatch',
        severity: 'error',
        port,
        message: `${title} slides a window of ${extent} pixels, but the picture has only ${formatShape([picture.height, picture.width])}. Pad it, or shrink it less before.`,
        expected: `at least ${extent} pixels`,
        received: formatShape(x.shape, { batch: false }),
        remedies: [{ title: 'Use padding “same”', set: { padding: 'same' } }],
      },
    ],
  };
}

/** The window as the receptive field counts it. */
export const receptiveWindow = ({
  kernel,
  stride,
  dilation = [1, 1],
}: Window): { size: number[]; stride: number[] } => ({
  size: [kernelExtent(kernel[0], dilation[0]), kernelExtent(kernel[1], dilation[1])],
  stride: [...stride],
});

/** Depthwise kernels exist only for equal strides along both axes. */
export const evenStride = ([down, right]: [number, number]): Problem[] =>
  down === right
    ? []
    : [
        {
          code: 'param-range',
          severity: 'error',
          param: 'stride',
          message: `A depthwise convolution moves equally far down and to the right, not ${down} and ${right}.`,
          remedies: [{ title: `Set stride to ${down} × ${down}`, set: { stride: [down, down] } }],
        },
      ];
