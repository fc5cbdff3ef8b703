import { readFields, textOf } from '@/lib/base/protobuf';
import type { NativeBinding } from '../load-native';
import type { Attribute } from './graph-def';
import type { Net, RecordedNode, RecordedStep } from './net';
import type { Around, Rule } from './rewrite';
import { FLOAT, UINT8 } from './types';

/** What TensorFlow labels kernels with that oneDNN computes on plain layouts. A node names them by an attribute. */
const LABEL = 'MklNameChangeOp';

const CONVOLVE = '_MklNativeConv2D';
const FUSED = '_MklNativeFusedConv2D';
const INPUT_GRADIENT = '_MklNativeConv2DBackpropInput';
const KERNEL_GRADIENT = '_MklNativeConv2DBackpropFilter';
const NORM = '_MklNativeFusedBatchNormV3';
const NORM_GRADIENT = '_MklNativeFusedBatchNormGradV3';
const POOL = '_MklNativeMaxPool';
const POOL_GRADIENT = '_MklNativeMaxPoolGrad';

/** Ops that one of the rules puts in. */
const OPS = [CONVOLVE, FUSED, INPUT_GRADIENT, KERNEL_GRADIENT, NORM, NORM_GRADIENT, POOL, POOL_GRADIENT];

/**
 * Whether the library has oneDNN's kernels for convolutions, batch norm and pooling (that for x86 under Linux has them) and
 * computes on the processor. The library takes some milliseconds for each op that it is asked for.
 */
export function hasOneDnn(binding: Pick<NativeBinding, 'isUsingGpuDevice' | 'kernelsOf'>): boolean {
  return !binding.isUsingGpuDevice() && OPS.every((op) => hasKernel(binding.kernelsOf(op)));
}

/** In a KernelList (kernel_def.proto). */
function hasKernel(list: Uint8Array): boolean {
  for (const { bytes } of readFields(list)) {
    let [device, label] = ['', ''];
    for (const { field, bytes: text } of readFields(bytes)) {
      if (field === 2) device = textOf(text);
      if (field === 5) label = textOf(text);
    }
    if (device === 'CPU' && label === LABEL) return true;
  }
  return false;
}

const kernel: Record<string, Attribute> = { _kernel: { text: LABEL } };

const isPlain = ({ attributes }: RecordedNode): boolean => {
  const { T: type, data_format: format, padding } = attributes;
  const is = (value: Attribute | undefined, text: string) =>
    value !== undefined && 'text' in value && value.text === text;
  return (
    type !== undefined &&
    'type' in type &&
    type.type === FLOAT &&
    (format === undefined || is(format, 'NHWC')) &&
    !is(padding, 'EXPLICIT')
  );
};

/** The same node by another kernel. Paddings in numbers are only for `EXPLICIT`, and pooling does not know them. */
const renamed =
  (op: string): Rule =>
  (node, { net }) =>
    isPlain(node) ? net.make(op, node.inputs, { ...withoutPads(node), ...kernel }, node.outputs) : undefined;

function withoutPads({ attributes }: RecordedNode): Record<string, Attribute> {
  const { explicit_paddings: _, ...rest } = attributes;
  return rest;
}

const isShared = (ref: string, { users, isSeen }: Around): boolean => isSeen(ref) || users(ref).length > 1;

/** `conv + bias`. */
const addBias: Rule = (node, around, old) => {
  const { net } = around;
  const [x = '', bias = ''] = node.inputs;
  const convolution = net.node(x);
  if (convolution?.op !== CONVOLVE || isShared(old.inputs[0] as string, around)) return undefined;
  return fused(net, convolution, bias, ['BiasAdd'], node);
};

/** `relu(conv + bias)`. */
const activate: Rule = (node, around, old) => {
  const { net } = around;
  const convolution = net.node(node.inputs[0] as string);
  if (convolution?.op !== FUSED || isShared(old.inputs[0] as string, around)) return undefined;
  const bias = convolution.inputs[2] as string;
  return fused(net, convolution, bias, ['BiasAdd', 'Relu'], node);
};

function fused(
  net: Net,
  { inputs, attributes }: RecordedNode,
  bias: string,
  ops: string[],
  node: RecordedNode,
): string {
  const [x = '', filters = ''] = inputs;
  const args = { TArgs: { type: [FLOAT] }, num_args: { int: 1 }, fused_ops: { text: ops } };
  return net.make(FUSED, [x, filters, bias], { ...attributes, ...args }, node.outputs);
}

/** Remembers where each maximum stood, for the gradient. */
const pool: Rule = (node, { net, users }, old) => {
  const [y] = node.outputs;
  if (!isPlain(node) || !y) return undefined;
  const learns = users(old.name).some(({ op }) => op === 'MaxPoolGrad');
  const attributes = { ...withoutPads(node), workspace_enabled: { bool: learns }, ...kernel };
  return net.make(POOL, node.inputs, attributes, [y, { type: UINT8, shape: y.shape }]);
};

const poolGradient: Rule = (node, { net }) => {
  const [, y = ''] = node.inputs;
  if (!isPlain(node) || net.node(y)?.op !== POOL) return undefined;
  const attributes = { ...withoutPads(node), workspace_enabled: { bool: true }, ...kernel };
  return net.make(POOL_GRADIENT, [...node.inputs, `${y}:1`], attributes, node.outputs);
};

/** Whether one of the rules has something to do. */
export const wantsOneDnn = ({ net }: RecordedStep): boolean => net.nodes.some(({ op }) => ROOTS.includes(op));

const ROOTS = ['Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter', 'FusedBatchNormV3', 'MaxPool'];

/**
 * oneDNN's kernels for convolutions, batch norm and pooling, named in the graph. TensorFlow can choose them everywhere by itself, by a
 * switch of the whole process, but that slows small matrix products, and takes one kernel for the gradients of a
 * convolution's weights and bias, which is slower than two.
 */
export const oneDnnKernels: Record<string, Rule> = {
  Conv2D: renamed(CONVOLVE),
  BiasAdd: addBias,
  Relu: activate,
  Conv2DBackpropInput: renamed(INPUT_GRADIENT),
  Conv2DBackpropFilter: renamed(KERNEL_GRADIENT),
  FusedBatchNormV3: renamed(NORM),
  FusedBatchNormGradV3: renamed(NORM_GRADIENT),
  MaxPool: pool,
  MaxPoolGrad: poolGradient,
};
