import type { EmitContext, MakeWeight, OnnxEmission, TorchEmission, Unsupported } from '../kind';
import { onnxActivation } from './activation-emission';
import { asIs, permuted } from './make-weight';
import { onnxNodes } from './onnx-nodes';
import { onnxSliding, type Sliding, torchSliding } from './sliding';
import { torchLayer, torchSize } from './torch-layer';

/** A convolution of `[batch, …, channels]` along one, two or three axes. */
export interface ConvEmission extends Sliding {
  channels: number;
  filters: number;
  groups?: number;
  bias: boolean;
  activation: string;
}

/** Inner axes and channels of the input of a layer. */
export function innerAxes({ inputs }: Pick<EmitContext, 'inputs'>): Pick<ConvEmission, 'dims' | 'channels'> {
  const shape = inputs.x?.[0]?.shape ?? [];
  return { dims: shape.slice(1, -1), channels: Number(shape.at(-1)) };
}

/** `[…, in, out]` as `[out, in, …]`. */
export const convKernel = (axes: number, slot = 'kernel'): MakeWeight =>
  permuted(slot, [axes + 1, axes, ...Array.from({ length: axes }, (_, axis) => axis)]);

/** A depthwise kernel `[…, in, times]` as `[in · times, 1, …]`, for as many groups as channels. */
export const depthwiseKernel = (axes: number, slot = 'kernel'): MakeWeight =>
  permuted(
    slot,
    [axes, axes + 1, ...Array.from({ length: axes }, (_, axis) => axis)],
    ([channels = 1, times = 1, ...rest]) => [channels * times, 1, ...rest],
  );

/** The weights of `nn.Conv2d` and its like as ours. */
const readConv = (axes: number): NonNullable<TorchEmission['variables']> => {
  const order = [...Array.from({ length: axes }, (_, axis) => axis + 2), 1, 0];
  return { kernel: (self) => `${self}.weight.permute(${order.join(', ')})`, bias: (self) => `${self}.bias` };
};

export function torchConv(conv: ConvEmission, kernel = convKernel(conv.kernel.length)): TorchEmission | Unsupported {
  const sliding = torchSliding(conv);
  if ('unsupported' in sliding) return sliding;
  const { options, before } = sliding;
  return torchLayer(torchConvModule(conv, options), {
    channels: 'first',
    weights: { weight: kernel, ...(conv.bias && { bias: asIs('bias') }) },
    ...(conv.groups === undefined && { variables: readConv(conv.kernel.length) }),
    ...(before && { before }),
    activation: conv.activation,
  });
}

export function torchConvModule(
  {
    kernel,
    channels,
    filters,
    groups = 1,
    bias,
  }: Omit<ConvEmission, 'activation' | keyof Sliding> & Pick<Sliding, 'kernel'>,
  options: string[],
): string {
  const all = [
    String(channels),
    String(filters),
    `kernel_size=${torchSize(kernel)}`,
    ...options,
    ...(groups > 1 ? [`groups=${groups}`] : []),
    ...(bias ? [] : ['bias=False']),
  ];
  return `nn.Conv${kernel.length}d(${all.join(', ')})`;
}

export const onnxConv = (conv: ConvEmission, kernel = convKernel(conv.kernel.length)): OnnxEmission =>
  onnxNodes(
    (x, place) => {
      const weights = [place.weight('weight', kernel), ...(conv.bias ? [place.weight('bias', asIs('bias'))] : [])];
      const y = place.node('Conv', [x, ...weights], { ...onnxSliding(conv), group: conv.groups ?? 1 });
      return onnxActivation(place, conv.activation, y);
    },
    { channels: 'first' },
  );
