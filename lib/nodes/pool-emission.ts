import type { OnnxEmission, TorchEmission, Unsupported } from './kind';
import { onnxNode } from './onnx-nodes';
import { onnxSliding, padsOf, type Sliding, torchPad, torchSliding } from './sliding';
import { torchExpression, torchLayer, torchSize } from './torch-layer';

export function torchMaxPool(window: Sliding): TorchEmission | Unsupported {
  const sliding = torchSliding(window, '-inf');
  if ('unsupported' in sliding) return sliding;
  const { options, before } = sliding;
  return torchLayer(`nn.MaxPool${window.kernel.length}d(${poolOptions(window, options)})`, {
    channels: 'first',
    ...(before && { before }),
  });
}

/** Padding does not count, as in Keras. */
export function torchAveragePool(window: Sliding): TorchEmission | Unsupported {
  const sliding = torchSliding(window);
  if ('unsupported' in sliding) return sliding;
  const { options, before } = sliding;
  const axes = window.kernel.length;
  const even = options.some((option) => option.startsWith('padding')) ? ['count_include_pad=False'] : [];
  if (before === undefined)
    return torchLayer(`nn.AvgPool${axes}d(${poolOptions(window, [...options, ...even])})`, { channels: 'first' });
  // Uneven padding: the sum over the padded window, divided by how much of it was there.
  const pads = padsOf(window) ?? [];
  const pooled = (x: string) => `F.avg_pool${axes}d(${torchPad(x, pads)}, ${poolOptions(window, options)})`;
  return torchExpression((x) => `${pooled(x)} / ${pooled(`torch.ones_like(${x}[:1, :1])`)}`, { channels: 'first' });
}

/** PyTorch's pools move on by their own size unless told otherwise. */
function poolOptions({ kernel, stride }: Sliding, options: string[]): string {
  const rest = options.filter((option) => !option.startsWith('stride'));
  const own = kernel.every((size, axis) => size === stride[axis]);
  return [torchSize(kernel), ...(own ? [] : [`stride=${torchSize(stride)}`]), ...rest].join(', ');
}

export const onnxMaxPool = (window: Sliding): OnnxEmission =>
  onnxNode('MaxPool', onnxSliding(window), { channels: 'first' });

/** Padding does not count by ONNX' default. */
export const onnxAveragePool = (window: Sliding): OnnxEmission =>
  onnxNode('AveragePool', onnxSliding(window), { channels: 'first' });
