import type { Attribute } from './graph-def';
import type { Net, RecordedNode } from './net';
import type { Around, Rule } from './rewrite';
import { FLOAT, UINT8 } from './types';

interface Shapes {
  pictures: readonly number[];
  kernel: readonly number[];
  made: readonly number[];
}

/** What a convolution is: `pictures` [count, height, width, channels], made by a `kernel` [height, width, channels, features]. */
interface Convolution extends Shapes {
  strides: number[];
  gives: keyof Shapes;
}

interface Family {
  /** The op of the addon; its gradients are called by this and `KernelGrad` or `PictureGrad`. */
  op: string;
  fits(convolution: Convolution): boolean;
}

const LANES = 16;

/**
 * `addon/few-channels.h`: oneDNN fills channels up to a vector; it is as fast from five on, and where a kernel is one pixel. Fewer
 * features than there are lanes fill no vector; where pictures are made, taps do.
 */
const fewChannels: Family = {
  op: 'NetloomFewChannels',
  fits({ kernel: [high = 0, wide = 0, channels = 0, features = 0], gives }) {
    return high * wide > 1 && channels <= 4 && (features >= LANES || gives === 'pictures');
  },
};

/**
 * `addon/winograd.h`: a quarter of the products, for whole vectors of channels, and results enough that the transforms of the kernel
 * pay (in tiles of 4 by 4).
 */
const winograd: Family = {
  op: 'NetloomWinograd',
  fits({ strides: [stride, other], kernel, made: [count = 0, high = 0, wide = 0] }) {
    const [, , channels = 0, features = 0] = kernel;
    const taps = kernel
      .slice(0, 2)
      .every((size) => (stride === 1 ? size === 3 : stride === 2 && size >= 4 && size <= 6));
    const tiles = count * Math.ceil(high / 4) * Math.ceil(wide / 4);
    return stride === other && taps && channels % LANES === 0 && features % LANES === 0 && tiles >= 48;
  },
};

const FAMILIES = [fewChannels, winograd];

const shape = (net: Net, ref: string | undefined): readonly number[] => net.output(ref ?? '')?.shape ?? [];

const is = (value: Attribute | undefined, text: string): boolean =>
  value !== undefined && 'text' in value && value.text === text;

const isTrue = (value: Attribute | undefined): boolean => value !== undefined && 'bool' in value && value.bool === true;

const listOf = (value: Attribute | undefined): number[] =>
  value && 'int' in value && Array.isArray(value.int) ? value.int : [];

/** The op of the addon for the node and its attributes, or undefined where there is none. */
function ownOp(
  { attributes }: RecordedNode,
  shapes: Shapes,
  gives: keyof Shapes,
): { op: string; attributes: Record<string, Attribute> } | undefined {
  const { T: type, data_format: format, padding, dilations } = attributes;
  const { pictures, kernel, made } = shapes;
  if (!type || !('type' in type) || type.type !== FLOAT || (format !== undefined && !is(format, 'NHWC')))
    return undefined;
  if (is(padding, 'EXPLICIT') || listOf(dilations).some((one) => one !== 1)) return undefined;
  const strides = listOf(attributes.strides).slice(1, 3);
  // Groups of channels have kernels of fewer.
  if (strides.length !== 2 || pictures.length !== 4 || pictures[3] !== kernel[2]) return undefined;
  const family = FAMILIES.find(({ fits }) => fits({ ...shapes, strides, gives }));
  if (!family) return undefined;
  const pads = strides.map((stride, axis) => {
    const reach = ((made[axis + 1] ?? 0) - 1) * stride + (kernel[axis] ?? 0);
    return is(padding, 'SAME') ? Math.max(0, reach - (pictures[axis + 1] ?? 0)) >> 1 : 0;
  });
  const size = gives === 'kernel' ? kernel.slice(0, 2) : shapes[gives].slice(1, 3);
  return {
    op: family.op,
    attributes: { strides: { int: strides }, pads: { int: pads }, size: { int: [...size] } },
  };
}

const convolve: Rule = (node, { net }) => {
  const [pictures = '', kernel = ''] = node.inputs;
  const [made] = node.outputs;
  if (!made) return undefined;
  const own = ownOp(node, { pictures: shape(net, pictures), kernel: shape(net, kernel), made: made.shape }, 'made');
  if (!own) return undefined;
  const none = { type: FLOAT, shape: [0] };
  const value = { tensor: { ...none, bytes: new Uint8Array(0) } };
  const bias = net.make('Const', [], { dtype: { type: FLOAT }, value }, [none]);
  return net.make(own.op, [pictures, kernel, bias], { ...own.attributes, relu: { bool: false } }, [made]);
};

/** The convolution whose result only this node takes. */
function before(node: RecordedNode, { net, users, isSeen }: Around, old: RecordedNode): RecordedNode | undefined {
  const [ref = ''] = old.inputs;
  const convolution = net.node(node.inputs[0] ?? '');
  const isOwn = FAMILIES.some(({ op }) => op === convolution?.op);
  return isOwn && !isSeen(ref) && users(ref).length === 1 ? convolution : undefined;
}

/** `conv + bias` */
const addBias: Rule = (node, around, old) => {
  const { op, inputs, attributes } = before(node, around, old) ?? {};
  if (!op || !inputs || !attributes || shape(around.net, inputs[2])[0] !== 0) return undefined;
  return around.net.make(op, [...inputs.slice(0, 2), node.inputs[1] ?? ''], attributes, node.outputs);
};

/** `relu(conv + bias)` */
const activate: Rule = (node, around, old) => {
  const { op, inputs, attributes } = before(node, around, old) ?? {};
  return op && inputs && around.net.make(op, inputs, { ...attributes, relu: { bool: true } }, node.outputs);
};

const POOLED = `${fewChannels.op}Pooled`;

const areTwo = (value: Attribute | undefined): boolean => String(listOf(value)) === '1,2,2,1';

/** Whether the gradients of kernel and bias are all that what flows back into a convolution is for. */
const endsAt = (ref: string, { users, isSeen }: Around): boolean =>
  !isSeen(ref) &&
  users(ref).every(({ op, inputs }) =>
    op === 'Conv2DBackpropFilter' ? inputs[2] === ref && inputs[0] !== ref : op === 'BiasAddGrad',
  );

/**
 * The largest of each 2 × 2 pixels of `relu(conv + bias)` of few channels, where nothing else needs the convolution's result itself: all
 * that is left of it is where those were.
 */
const pool: Rule = (node, around, old) => {
  const { net, users, isSeen } = around;
  const convolution = net.node(node.inputs[0] ?? '');
  const [made] = convolution?.outputs ?? [];
  const [pooled] = node.outputs;
  const [ref = ''] = old.inputs;
  const { ksize, strides, padding } = node.attributes;
  if (convolution?.op !== fewChannels.op || !isTrue(convolution.attributes.relu) || !made || !pooled || isSeen(ref))
    return undefined;
  const isWhole = is(padding, 'VALID') || made.shape.slice(1, 3).every((size) => size % 2 === 0);
  if (!areTwo(ksize) || !areTwo(strides) || !isWhole || (made.shape[3] ?? 0) % LANES !== 0) return undefined;
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

/** What flows into the pooled convolution behind `flow`, and where that goes. */
function pooledFlow(net: Net, flow: string): [string, string] | undefined {
  const back = net.node(flow);
  const [, largest = '', bent = ''] = back?.inputs ?? [];
  const relu = net.node(bent);
  const isPooled = back?.op === 'MaxPoolGrad' && net.node(largest)?.op === POOLED;
  // What is not above zero is nowhere, so that ReLU need not be asked again.
  return isPooled && relu?.op === 'ReluGrad' && relu.inputs[1] === largest
    ? [relu.inputs[0] ?? '', `${largest}:1`]
    : undefined;
}

const kernelGradient: Rule = (node, { net }) => {
  const [pictures = '', , flow = ''] = node.inputs;
  const [kernel] = node.outputs;
  if (!kernel) return undefined;
  const own = ownOp(node, { pictures: shape(net, pictures), kernel: kernel.shape, made: shape(net, flow) }, 'kernel');
  if (!own) return undefined;
  const made = [kernel, { type: FLOAT, shape: kernel.shape.slice(3) }];
  const pooled = pooledFlow(net, flow);
  return pooled
    ? net.make(`${POOLED}KernelGrad`, [pictures, ...pooled], own.attributes, made)
    : net.make(`${own.op}KernelGrad`, [pictures, flow], own.attributes, made);
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
  if (!pictures) return undefined;
  const shapes = { pictures: pictures.shape, kernel: shape(net, kernel), made: shape(net, flow) };
  const own = ownOp(node, shapes, 'pictures');
  return own && net.make(`${own.op}PictureGrad`, [kernel, flow], own.attributes, [pictures]);
};

/** Convolutions of pictures by the addon. */
export const ownConvolutions: Record<string, Rule> = {
  Conv2D: convolve,
  BiasAdd: addBias,
  Relu: activate,
  MaxPool: pool,
  Conv2DBackpropFilter: kernelGradient,
  BiasAddGrad: biasGradient,
  Conv2DBackpropInput: pictureGradient,
};
