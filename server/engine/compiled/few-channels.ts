import type { Attribute } from './graph-def';
import type { Net, RecordedNode } from './net';
import type { Around, Rule } from './rewrite';
import { FLOAT, UINT8 } from './types';

const CONVOLVE = 'NetloomFewChannels';
const KERNEL_GRADIENT = 'NetloomFewChannelsKernelGrad';
const POOLED = 'NetloomFewChannelsPooled';
const POOLED_GRADIENT = 'NetloomFewChannelsPooledKernelGrad';
const PICTURE_GRADIENT = 'NetloomFewChannelsPictureGrad';

/** Of a picture. oneDNN is as fast from more on, and where a kernel is one pixel. */
const FEW = 4;
/** Fewer features than this fill no vector; where pictures are made, taps do. */
const FEATURES = 16;

interface Shapes {
  pictures: readonly number[] | undefined;
  kernel: readonly number[] | undefined;
  made: readonly number[] | undefined;
}

const shape = (net: Net, ref: string | undefined): number[] | undefined => net.output(ref ?? '')?.shape;

const is = (value: Attribute | undefined, text: string): boolean =>
  value !== undefined && 'text' in value && value.text === text;

const isTrue = (value: Attribute | undefined): boolean => value !== undefined && 'bool' in value && value.bool === true;

const listOf = (value: Attribute | undefined): number[] =>
  value && 'int' in value && Array.isArray(value.int) ? value.int : [];

/** Attributes of the addon's convolutions of few channels, or undefined where the node is none. `gives`: which of the shapes it makes. */
function geometry(
  { attributes }: RecordedNode,
  shapes: Shapes,
  gives: keyof Shapes,
): Record<string, Attribute> | undefined {
  const { T: type, data_format: format, padding, dilations } = attributes;
  const { pictures, kernel, made } = shapes;
  if (!pictures || !kernel || !made || !type || !('type' in type) || type.type !== FLOAT) return undefined;
  if (format !== undefined && !is(format, 'NHWC')) return undefined;
  if (is(padding, 'EXPLICIT') || listOf(dilations).some((one) => one !== 1)) return undefined;
  const [high = 0, wide = 0, channels = 0, features = 0] = kernel;
  if (high * wide === 1 || channels > FEW || pictures[3] !== channels || (features < FEATURES && gives !== 'pictures'))
    return undefined;
  const strides = listOf(attributes.strides).slice(1, 3);
  const pads = strides.map((stride, axis) => {
    const reach = ((made[axis + 1] ?? 0) - 1) * stride + (kernel[axis] ?? 0);
    return is(padding, 'SAME') ? Math.max(0, reach - (pictures[axis + 1] ?? 0)) >> 1 : 0;
  });
  const size = gives === 'kernel' ? kernel.slice(0, 2) : shapes[gives]?.slice(1, 3);
  return size && { strides: { int: strides }, pads: { int: pads }, size: { int: size } };
}

const convolve: Rule = (node, { net }) => {
  const [pictures = '', kernel = ''] = node.inputs;
  const [made] = node.outputs;
  const shapes = { pictures: shape(net, pictures), kernel: shape(net, kernel), made: made?.shape };
  const attributes = geometry(node, shapes, 'made');
  if (!attributes || !made) return undefined;
  const none = { type: FLOAT, shape: [0] };
  const value = { tensor: { ...none, bytes: new Uint8Array(0) } };
  const bias = net.make('Const', [], { dtype: { type: FLOAT }, value }, [none]);
  return net.make(CONVOLVE, [pictures, kernel, bias], { ...attributes, relu: { bool: false } }, [made]);
};

/** The convolution whose result only this node takes. */
function before(node: RecordedNode, { net, users, isSeen }: Around, old: RecordedNode): RecordedNode | undefined {
  const [ref = ''] = old.inputs;
  const convolution = net.node(node.inputs[0] ?? '');
  return convolution?.op === CONVOLVE && !isSeen(ref) && users(ref).length === 1 ? convolution : undefined;
}

/** `conv + bias` */
const addBias: Rule = (node, around, old) => {
  const { inputs, attributes } = before(node, around, old) ?? {};
  if (!inputs || !attributes || shape(around.net, inputs[2])?.[0] !== 0) return undefined;
  return around.net.make(CONVOLVE, [...inputs.slice(0, 2), node.inputs[1] ?? ''], attributes, node.outputs);
};

/** `relu(conv + bias)` */
const activate: Rule = (node, around, old) => {
  const { inputs, attributes } = before(node, around, old) ?? {};
  return inputs && around.net.make(CONVOLVE, inputs, { ...attributes, relu: { bool: true } }, node.outputs);
};

const areTwo = (value: Attribute | undefined): boolean => String(listOf(value)) === '1,2,2,1';

/** Whether the gradients of kernel and bias are all that what flows back into a convolution is for. */
const endsAt = (ref: string, { users, isSeen }: Around): boolean =>
  !isSeen(ref) &&
  users(ref).every(({ op, inputs }) =>
    op === 'Conv2DBackpropFilter' ? inputs[2] === ref && inputs[0] !== ref : op === 'BiasAddGrad',
  );

/**
 * The largest of each 2 × 2 pixels of `relu(conv + bias)`, where nothing else needs the convolution's result itself: all that is left
 * of it is where those were.
 */
const pool: Rule = (node, around, old) => {
  const { net, users, isSeen } = around;
  const convolution = net.node(node.inputs[0] ?? '');
  const [made] = convolution?.outputs ?? [];
  const [pooled] = node.outputs;
  const [ref = ''] = old.inputs;
  const { ksize, strides, padding } = node.attributes;
  if (convolution?.op !== CONVOLVE || !isTrue(convolution.attributes.relu) || !made || !pooled || isSeen(ref))
    return undefined;
  const isWhole = is(padding, 'VALID') || made.shape.slice(1, 3).every((size) => size % 2 === 0);
  if (!areTwo(ksize) || !areTwo(strides) || !isWhole || (made.shape[3] ?? 0) % FEATURES !== 0) return undefined;
  const isHidden = users(ref).every(
    (user) =>
      user.name === old.name ||
      (user.op === 'MaxPoolGrad' && user.inputs[0] === ref && user.inputs[1] === old.name && endsAt(user.name, around)),
  );
  if (!isHidden) return undefined;
  const { relu: _, ...attributes } = convolution.attributes;
  const size = { int: pooled.shape.slice(1, 3) };
  return net.make(POOLED, convolution.inputs, { ...attributes, size }, [pooled, { type: UINT8, shape: pooled.shape }]);
};

const kernelGradient: Rule = (node, around) => {
  const { net } = around;
  const [pictures = '', , flow = ''] = node.inputs;
  const [kernel] = node.outputs;
  const shapes = { pictures: shape(net, pictures), kernel: kernel?.shape, made: shape(net, flow) };
  const attributes = geometry(node, shapes, 'kernel');
  if (!attributes || !kernel) return undefined;
  const bias = { type: FLOAT, shape: kernel.shape.slice(3) };
  const back = net.node(flow);
  const [, largest = '', bent = ''] = back?.inputs ?? [];
  const relu = net.node(bent);
  // What is not above zero is nowhere, so that ReLU need not be asked again.
  if (
    back?.op === 'MaxPoolGrad' &&
    net.node(largest)?.op === POOLED &&
    relu?.op === 'ReluGrad' &&
    relu.inputs[1] === largest
  )
    return net.make(POOLED_GRADIENT, [pictures, relu.inputs[0] ?? '', `${largest}:1`], attributes, [kernel, bias]);
  return net.make(KERNEL_GRADIENT, [pictures, flow], attributes, [kernel, bias]);
};

/** The gradient of a bias comes with that of the kernel, which looks at the same numbers. */
const biasGradient: Rule = (_, around, old) => {
  for (const user of around.users(old.inputs[0] ?? '')) {
    if (user.op !== 'Conv2DBackpropFilter' || user.inputs[2] !== old.inputs[0]) continue;
    const inputs = user.inputs.map(around.place);
    const isThere = around.net.node(inputs[0] ?? '') !== undefined;
    const gradient = isThere && kernelGradient({ ...user, inputs }, around, user);
    if (gradient) return `${gradient}:1`;
  }
  return undefined;
};

const pictureGradient: Rule = (node, { net }) => {
  const [, kernel = '', flow = ''] = node.inputs;
  const [pictures] = node.outputs;
  const shapes = { pictures: pictures?.shape, kernel: shape(net, kernel), made: shape(net, flow) };
  const attributes = geometry(node, shapes, 'pictures');
  return attributes && pictures && net.make(PICTURE_GRADIENT, [kernel, flow], attributes, [pictures]);
};

/** Convolutions of pictures with few channels by the addon (`addon/few-channels.h`): oneDNN fills channels up to a vector. */
export const fewChannels: Record<string, Rule> = {
  Conv2D: convolve,
  BiasAdd: addBias,
  Relu: activate,
  MaxPool: pool,
  Conv2DBackpropFilter: kernelGradient,
  BiasAddGrad: biasGradient,
  Conv2DBackpropInput: pictureGradient,
};
