import type { Attribute } from './graph-def';
import type { Net, RecordedNode } from './net';
import type { Around, Rule } from './rewrite';
import { FLOAT } from './types';

const CONVOLVE = 'NetloomWinograd';
const INPUT_GRADIENT = 'NetloomWinogradInputGrad';
const KERNEL_GRADIENT = 'NetloomWinogradKernelGrad';

/** Channels that the kernels compute with at once. */
const LANES = 16;

interface Shapes {
  x: number[] | undefined;
  kernel: number[] | undefined;
  y: number[] | undefined;
}

/**
 * Attributes of the addon's convolutions by minimal filtering (`addon/winograd.h`), or undefined where they do not fit or gain
 * nothing: with fewer channels than they compute with at once. `made`: which of the shapes comes out.
 */
function minimal(
  { attributes }: RecordedNode,
  { x, kernel, y }: Shapes,
  made: keyof Shapes,
): Record<string, Attribute> | undefined {
  const stride = both(attributes.strides);
  if (!x || !kernel || !y || !stride || both(attributes.dilations ?? { int: [1, 1, 1, 1] }) !== 1) return undefined;
  const [high = 0, wide = 0, channels = 0, features = 0] = kernel;
  const fits = (size: number): boolean => (stride === 1 ? size === 3 : stride === 2 && size >= 4 && size <= 6);
  if (!fits(high) || !fits(wide) || channels % LANES || features % LANES) return undefined;
  const { padding } = attributes;
  const isSame = padding && 'text' in padding && padding.text === 'SAME';
  const before = (axis: 1 | 2): number =>
    isSame ? Math.floor(Math.max(0, ((y[axis] ?? 0) - 1) * stride + (kernel[axis - 1] ?? 0) - (x[axis] ?? 0)) / 2) : 0;
  const size = { x: x.slice(1, 3), kernel: kernel.slice(0, 2), y: y.slice(1, 3) }[made];
  return { strides: { int: [stride, stride] }, pads: { int: [before(1), before(2)] }, size: { int: size } };
}

/** What both middle axes share. */
function both(value: Attribute | undefined): number | undefined {
  const [, rows, columns] = value && 'int' in value && Array.isArray(value.int) ? value.int : [];
  return rows === columns ? rows : undefined;
}

const shape = (net: Net, ref: string | undefined): number[] | undefined => net.output(ref ?? '')?.shape;

function noBias(net: Net): string {
  const value = { tensor: { type: FLOAT, shape: [0], bytes: new Uint8Array(0) } };
  return net.make('Const', [], { dtype: { type: FLOAT }, value }, [{ type: FLOAT, shape: [0] }]);
}

const convolve: Rule = (node, { net }) => {
  const [x = '', kernel = ''] = node.inputs;
  const shapes = { x: shape(net, x), kernel: shape(net, kernel), y: node.outputs[0]?.shape };
  const attributes = minimal(node, shapes, 'y');
  return attributes && net.make(CONVOLVE, [x, kernel, noBias(net)], attributes, node.outputs);
};

const inputGradient: Rule = (node, { net }) => {
  const [, kernel = '', flow = ''] = node.inputs;
  const shapes = { x: node.outputs[0]?.shape, kernel: shape(net, kernel), y: shape(net, flow) };
  const attributes = minimal(node, shapes, 'x');
  return attributes && net.make(INPUT_GRADIENT, [flow, kernel], attributes, node.outputs);
};

const kernelGradient: Rule = (node, { net }) => {
  const [x = '', , flow = ''] = node.inputs;
  const shapes = { x: shape(net, x), kernel: node.outputs[0]?.shape, y: shape(net, flow) };
  const attributes = minimal(node, shapes, 'kernel');
  return attributes && net.make(KERNEL_GRADIENT, [x, flow], attributes, node.outputs);
};

/** The convolution that the node takes alone. */
function alone(node: RecordedNode, { net, users, isSeen }: Around, old: RecordedNode): RecordedNode | undefined {
  const before = old.inputs[0] ?? '';
  const convolution = net.node(node.inputs[0] ?? '');
  return convolution?.op === CONVOLVE && !isSeen(before) && users(before).length === 1 ? convolution : undefined;
}

/** `conv + bias` */
const addBias: Rule = (node, around, old) => {
  const convolution = alone(node, around, old);
  const [x = '', kernel = ''] = convolution?.inputs ?? [];
  return (
    convolution && around.net.make(CONVOLVE, [x, kernel, node.inputs[1] ?? ''], convolution.attributes, node.outputs)
  );
};

/** `relu(conv + bias)` */
const activate: Rule = (node, around, old) => {
  const convolution = alone(node, around, old);
  if (!convolution || shape(around.net, convolution.inputs[2])?.[0] === 0) return undefined;
  const attributes = { ...convolution.attributes, relu: { bool: true } };
  return around.net.make(CONVOLVE, convolution.inputs, attributes, node.outputs);
};

/** Convolutions of many channels by the addon. A node is of floats and channels last. */
export const winograd = {
  Conv2D: convolve,
  BiasAdd: addBias,
  Relu: activate,
  Conv2DBackpropInput: inputGradient,
  Conv2DBackpropFilter: kernelGradient,
} satisfies Record<string, Rule>;
