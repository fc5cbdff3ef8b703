import { kernelExtent } from '@/lib/tensor/conv-arithmetic';
import type { Dim } from '@/lib/tensor/spec';
import type { OnnxAttribute, Unsupported } from '../kind';
import { torchSize } from './torch-layer';

/** A window that slides along the inner axes of `[batch, …, channels]`, as emissions see it. */
export interface Sliding {
  kernel: readonly number[];
  stride: readonly number[];
  dilation?: readonly number[];
  padding: 'same' | 'valid' | 'causal';
  /** Lengths of the axes. */
  dims: readonly Dim[];
}

/** Places that padding adds before and after each axis, by TensorFlow's rule: an odd one at the end. Null: the length decides. */
export function padsOf({ kernel, stride, dilation, padding, dims }: Sliding): [number, number][] | null {
  const pads = kernel.map((size, axis): [number, number] | null => {
    const extent = kernelExtent(size, dilation?.[axis] ?? 1);
    const step = stride[axis] ?? 1;
    const length = dims[axis];
    if (padding === 'valid') return [0, 0];
    if (padding === 'causal') return [extent - 1, 0];
    if (step === 1) return halves(extent - 1);
    if (typeof length !== 'number') return null;
    return halves(Math.max((Math.ceil(length / step) - 1) * step + extent - length, 0));
  });
  return pads.every((pad) => pad !== null) ? pads : null;
}

const halves = (total: number): [number, number] => [Math.floor(total / 2), Math.ceil(total / 2)];

/** Arguments of a PyTorch layer that slides, and what is done to its input before where padding is uneven. */
export function torchSliding(window: Sliding): { options: string[]; before?: (x: string) => string } | Unsupported {
  const pads = padsOf(window);
  if (pads === null) return { unsupported: 'its padding depends on the size of the input, which is not fixed' };
  const { stride, dilation = [] } = window;
  const options = [
    ...(stride.some((step) => step !== 1) ? [`stride=${torchSize(stride)}`] : []),
    ...(dilation.some((gap) => gap !== 1) ? [`dilation=${torchSize(dilation)}`] : []),
  ];
  const before = pads.map(([one]) => one);
  if (pads.every(([one, other]) => one === other))
    return { options: before.some((pad) => pad > 0) ? [...options, `padding=${torchSize(before)}`] : options };
  return { options, before: (x) => torchPad(x, pads) };
}

/** Pads as `F.pad` takes them: the last axis first. */
export const torchPads = (pads: readonly (readonly [number, number])[]): string =>
  `(${[...pads].reverse().flat().join(', ')})`;

export function torchPad(x: string, pads: readonly (readonly [number, number])[], fill: '0' | '-inf' = '0'): string {
  const value = fill === '0' ? '' : ', value=float("-inf")';
  return `F.pad(${x}, ${torchPads(pads)}${value})`;
}

/** Attributes of ONNX' convolutions and pools. */
export function onnxSliding(window: Sliding): Record<string, OnnxAttribute> {
  const pads = padsOf(window);
  const { kernel, stride, dilation } = window;
  return {
    kernel_shape: [...kernel],
    strides: [...stride],
    ...(dilation && { dilations: [...dilation] }),
    ...(pads === null
      ? { auto_pad: 'SAME_UPPER' }
      : { pads: [...pads.map(([before]) => before), ...pads.map(([, after]) => after)] }),
  };
}
