import { onnxNode } from '../common/onnx-nodes';
import { onnxSliding, padsOf, type Sliding, torchPad, torchPads, torchSliding } from '../common/sliding';
import { torchExpression, torchSize } from '../common/torch-layer';
import type { OnnxEmission, TorchEmission, Unsupported } from '../kind';

export function torchMaxPool(window: Sliding): TorchEmission | Unsupported {
  const sliding = torchSliding(window);
  if ('unsupported' in sliding) return sliding;
  const pads = sliding.before ? padsOf(window) : null;
  const pooled = (x: string) => `F.max_pool${window.kernel.length}d(${x}, ${poolOptions(window, sliding.options)})`;
  return torchExpression((x) => pooled(pads ? torchPad(x, pads, '-inf') : x), { channels: 'first' });
}

/** Padding does not count, as in Keras. */
export function torchAveragePool(window: Sliding): TorchEmission | Unsupported {
  const sliding = torchSliding(window);
  if ('unsupported' in sliding) return sliding;
  const axes = window.kernel.length;
  const pads = sliding.before ? padsOf(window) : null;
  const padded = sliding.options.some((option) => option.startsWith('padding'));
  const options = poolOptions(window, [...sliding.options, ...(padded ? ['count_include_pad=False'] : [])]);
  if (pads === null) return torchExpression((x) => `F.avg_pool${axes}d(${x}, ${options})`, { channels: 'first' });
  return {
    ...torchExpression((x) => `average_pool${axes}d(${x}, ${torchPads(pads)}, ${options})`, { channels: 'first' }),
    helpers: [unevenAverage(axes)],
  };
}

const unevenAverage = (axes: number): string => `
def average_pool${axes}d(x, pads, size, stride=None):
    """The mean of each window; padding, which may be uneven, does not count."""
    total = F.avg_pool${axes}d(F.pad(x, pads), size, stride)
    return total / F.avg_pool${axes}d(F.pad(torch.ones_like(x[:1, :1]), pads), size, stride)
`;

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
