import { onnxActivation } from '../common/activation-emission';
import { withActivation } from '../common/activations';
import {
  type ConvEmission,
  convKernel,
  depthwiseKernel,
  innerAxes,
  onnxConv,
  torchConv,
  torchConvModule,
} from '../common/conv-emission';
import { convWindow } from '../common/conv-layer';
import type { GridRank } from '../common/grid';
import { withInitializer } from '../common/initializer-field';
import { asIs } from '../common/make-weight';
import { onnxNodes } from '../common/onnx-nodes';
import { flagOf, numberOf, textOf } from '../common/params';
import { onnxSliding, torchSliding } from '../common/sliding';
import { torchLayer } from '../common/torch-layer';
import type { Emit, EmitContext, KerasEmission, OnnxEmission, PlainParams, TorchEmission, Unsupported } from '../kind';

/** How depthwise and separable convolutions along `rank` axes are written. */

export const emitDepthwiseConv = (rank: GridRank): Emit => ({
  keras: ({ params }) => kerasDepthwise(rank, params),
  torch: (context) => torchConv(depthwiseEmission(context), depthwiseKernel(rank)),
  onnx: (context) => onnxConv(depthwiseEmission(context), depthwiseKernel(rank)),
});

export const emitSeparableConv = (rank: GridRank): Emit => ({
  keras: ({ params }) => kerasSeparable(rank, params),
  torch: torchSeparable,
  onnx: onnxSeparable,
});

function depthwiseEmission({ params, ...context }: EmitContext): ConvEmission {
  const { dims, channels } = innerAxes(context);
  return {
    ...convWindow(params),
    dims,
    channels,
    filters: channels * numberOf(params, 'multiplier'),
    groups: channels,
    bias: flagOf(params, 'bias'),
    activation: textOf(params, 'activation'),
  };
}

const windowConfig = (params: PlainParams) => {
  const { kernel, stride, dilation, padding } = convWindow(params);
  return {
    kernel_size: kernel,
    strides: stride,
    padding,
    depth_multiplier: numberOf(params, 'multiplier'),
    data_format: 'channels_last',
    dilation_rate: dilation,
    use_bias: flagOf(params, 'bias'),
  };
};

function kerasDepthwise(rank: GridRank, params: PlainParams): KerasEmission {
  const gaps = convWindow(params).dilation.some((rate) => rate > 1);
  const layer = {
    className: `DepthwiseConv${rank}D`,
    config: windowConfig(params),
    weights: ['kernel', ...(flagOf(params, 'bias') ? ['bias'] : [])],
    ...(gaps && { tfjs: { unsupported: 'TensorFlow.js takes the gaps between pixels for others' } }),
  };
  return withActivation(
    withInitializer(layer, 'depthwise_initializer', textOf(params, 'kernelInit')),
    textOf(params, 'activation'),
  );
}

/** Keras takes causal padding here, but cannot compute it: the zeros are a layer of their own. */
function kerasSeparable(rank: GridRank, params: PlainParams): KerasEmission {
  const { kernel, dilation, padding } = convWindow(params);
  const before = ((kernel[0] ?? 1) - 1) * (dilation[0] ?? 1);
  const causal = padding === 'causal';
  const layers = withActivation(
    {
      className: `SeparableConv${rank}D`,
      config: { filters: numberOf(params, 'filters'), ...windowConfig(params), padding: causal ? 'valid' : padding },
      weights: ['depthwise_kernel', 'pointwise_kernel', ...(flagOf(params, 'bias') ? ['bias'] : [])],
    },
    textOf(params, 'activation'),
  );
  return causal ? [{ className: 'ZeroPadding1D', config: { padding: [before, 0] }, weights: [] }, ...layers] : layers;
}

function torchSeparable({ params, ...context }: EmitContext): TorchEmission | Unsupported {
  const { dims, channels } = innerAxes(context);
  const window = { ...convWindow(params), dims };
  const sliding = torchSliding(window);
  if ('unsupported' in sliding) return sliding;
  const bias = flagOf(params, 'bias');
  const rank = dims.length;
  const [between, filters] = [channels * numberOf(params, 'multiplier'), numberOf(params, 'filters')];
  const depthwise = { kernel: window.kernel, channels, filters: between, groups: channels, bias: false };
  const modules = [
    torchConvModule(depthwise, sliding.options),
    torchConvModule({ kernel: dims.map(() => 1), channels: between, filters, bias }, []),
  ];
  return torchLayer(`nn.Sequential(${modules.join(', ')})`, {
    channels: 'first',
    weights: {
      '0.weight': depthwiseKernel(rank, 'depthwise_kernel'),
      '1.weight': convKernel(rank, 'pointwise_kernel'),
      ...(bias && { '1.bias': asIs('bias') }),
    },
    ...(sliding.before && { before: sliding.before }),
    activation: textOf(params, 'activation'),
  });
}

function onnxSeparable({ params, ...context }: EmitContext): OnnxEmission {
  const { dims, channels } = innerAxes(context);
  const rank = dims.length;
  return onnxNodes(
    (x, place) => {
      const filtered = place.node('Conv', [x, place.weight('depthwise', depthwiseKernel(rank, 'depthwise_kernel'))], {
        ...onnxSliding({ ...convWindow(params), dims }),
        group: channels,
      });
      const weights = [
        place.weight('pointwise', convKernel(rank, 'pointwise_kernel')),
        ...(flagOf(params, 'bias') ? [place.weight('bias', asIs('bias'))] : []),
      ];
      const y = place.node('Conv', [filtered, ...weights], { kernel_shape: dims.map(() => 1) });
      return onnxActivation(place, textOf(params, 'activation'), y);
    },
    { channels: 'first' },
  );
}
