import type { RecordedNode } from './net';
import type { Around, Rule } from './rewrite';
import { FLOAT } from './types';

/** Ops of the addon (`addon/multiply-op.cc`). */
const PRODUCT = 'NetloomMatMul';
const DENSE = 'NetloomDense';
const THROUGH_RELU = 'NetloomMatMulReluGrad';

const isShared = (ref: string, { users, isSeen }: Around): boolean => isSeen(ref) || users(ref).length > 1;

/** The product that a node finishes, if nothing else needs it. */
function unfinished(op: string, { inputs: [x = ''] }: RecordedNode, around: Around, old: RecordedNode) {
  const product = around.net.node(x);
  return product?.op === op && !isShared(old.inputs[0] as string, around) ? product : undefined;
}

const product: Rule = ({ inputs, attributes, outputs }, { net }) => {
  const { T: type, transpose_a = { bool: false }, transpose_b = { bool: false } } = attributes;
  if (!type || !('type' in type) || type.type !== FLOAT) return undefined;
  return net.make(PRODUCT, inputs, { transpose_a, transpose_b }, outputs);
};

/** `a·b + bias`. */
const addBias: Rule = (node, around, old) => {
  const found = unfinished(PRODUCT, node, around, old);
  if (!found) return undefined;
  const attributes = { ...found.attributes, relu: { bool: false } };
  return around.net.make(DENSE, [...found.inputs, node.inputs[1] as string], attributes, node.outputs);
};

/** `relu(a·b + bias)`. */
const activate: Rule = (node, around, old) => {
  const found = unfinished(DENSE, node, around, old);
  return found && around.net.make(DENSE, found.inputs, { ...found.attributes, relu: { bool: true } }, node.outputs);
};

/** A product that flows back through a ReLU. */
const throughRelu: Rule = (node, around, old) => {
  const found = unfinished(PRODUCT, node, around, old);
  const [, y = ''] = node.inputs;
  return found && around.net.make(THROUGH_RELU, [...found.inputs, y], found.attributes, node.outputs);
};

/**
 * The addon's products of matrices in the place of TensorFlow's, with what TensorFlow would fuse, and with ReLU's gradient.
 * They come near the processor's peak with transposed factors, too, and on two threads as on one (docs/performance.md).
 */
export const ownProducts: Record<string, Rule> = {
  MatMul: product,
  BiasAdd: addBias,
  Relu: activate,
  ReluGrad: throughRelu,
};
