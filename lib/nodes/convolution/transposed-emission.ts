import { kernelExtent } from '@/lib/tensor/conv-arithmetic';
import { onnxActivation } from '../common/activation-emission';
import type { ConvEmission } from '../common/conv-emission';
import { convKernel } from '../common/conv-emission';
import { asIs } from '../common/make-weight';
import { onnxNodes } from '../common/onnx-nodes';
import { torchLayer, torchSize } from '../common/torch-layer';
import type { MakeWeight, OnnxEmission, TorchEmission } from '../kind';

/**
 * A transposed convolution; its kernel is `[…, out, in]`. PyTorch and ONNX begin with all that the kernel paints,
 * `(n − 1)·stride + kernel`; Keras keeps `n·stride` of it where padding is `same`, and cuts an odd one off at the end.
 */
export interface TransposedConv extends Omit<ConvEmission, 'dims' | 'groups'> {
  padding: 'same' | 'valid';
}

/** What is cut off before and after each axis, or (negative) added at the end where strides leave gaps. */
const cuts = ({
  kernel,
  stride,
  dilation,
  padding,
}: TransposedConv): { before: number; after: number; added: number }[] =>
  kernel.map((size, axis) => {
    const over = kernelExtent(size, dilation?.[axis]) - (stride[axis] ?? 1);
    const cut = padding === 'same' ? Math.max(over, 0) : 0;
    return { before: Math.floor(cut / 2), after: Math.ceil(cut / 2), added: Math.max(-over, 0) };
  });

export function torchTransposedConv(conv: TransposedConv): TorchEmission {
  const { kernel, stride, dilation = [], channels, filters, bias, activation } = conv;
  const cut = cuts(conv);
  const [before, added] = [cut.map((one) => one.before), cut.map((one) => one.added)];
  const options = [
    String(channels),
    String(filters),
    `kernel_size=${torchSize(kernel)}`,
    ...(stride.some((step) => step !== 1) ? [`stride=${torchSize(stride)}`] : []),
    ...(dilation.some((gap) => gap !== 1) ? [`dilation=${torchSize(dilation)}`] : []),
    ...(before.some((one) => one > 0) ? [`padding=${torchSize(before)}`] : []),
    ...(added.some((one) => one > 0) ? [`output_padding=${torchSize(added)}`] : []),
    ...(bias ? [] : ['bias=False']),
  ];
  // `padding` cuts both ends alike.
  const uneven = cut.map((one) => one.after - one.before);
  const trim = uneven.map((one) => (one > 0 ? `:-${one}` : ':')).join(', ');
  return torchLayer(`nn.ConvTranspose${kernel.length}d(${options.join(', ')})`, {
    channels: 'first',
    weights: { weight: convKernel(kernel.length), ...(bias && { bias: asIs('bias') }) },
    after: (y) => (uneven.some((one) => one > 0) ? `${y}[:, :, ${trim}]` : y),
    activation,
  });
}

export function onnxTransposedConv(conv: TransposedConv, kernel: MakeWeight): OnnxEmission {
  const cut = cuts(conv);
  return onnxNodes(
    (x, place) => {
      const weights = [place.weight('weight', kernel), ...(conv.bias ? [place.weight('bias', asIs('bias'))] : [])];
      const y = place.node('ConvTranspose', [x, ...weights], {
        kernel_shape: [...conv.kernel],
        strides: [...conv.stride],
        ...(conv.dilation && { dilations: [...conv.dilation] }),
        pads: [...cut.map((one) => one.before), ...cut.map((one) => one.after)],
        output_padding: cut.map((one) => one.added),
      });
      return onnxActivation(place, conv.activation, y);
    },
    { channels: 'first' },
  );
}
