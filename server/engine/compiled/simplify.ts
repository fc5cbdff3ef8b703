import type { Net, RecordedNode } from './net';
import type { Around, Rule } from './rewrite';
import { FLOAT, INT32 } from './types';

const same = (a: readonly number[] | undefined, b: readonly number[] | undefined): boolean =>
  a !== undefined && b !== undefined && a.length === b.length && a.every((size, i) => size === b[i]);

const isFloat = (node: RecordedNode): boolean => node.outputs[0]?.type === FLOAT;
const T = { type: FLOAT };

/** `x + b` with a vector along the last axis. */
const biasAdd: Rule = (node, { net }) => {
  const result = node.outputs[0]?.shape ?? [];
  if (!isFloat(node) || result.length < 2 || result.length > 5) return undefined;
  for (const [x, b] of [node.inputs, [...node.inputs].reverse()] as [string, string][]) {
    const vector = net.output(b)?.shape;
    if (vector?.length === 1 && vector[0] === result.at(-1) && same(net.output(x)?.shape, result))
      return net.make('BiasAdd', [x, b], { T }, node.outputs);
  }
  return undefined;
};

/** A sum over all axes but the last, which is the gradient of a bias. */
const biasAddGrad: Rule = (node, { net }) => {
  const [x = '', axes] = node.inputs;
  const rank = net.output(x)?.shape.length ?? 0;
  const over = net.integers(axes);
  const { keep_dims: keeps } = node.attributes;
  if (!isFloat(node) || !over || rank < 2 || rank > 5 || (keeps && 'bool' in keeps && keeps.bool)) return undefined;
  const allButLast = over.length === rank - 1 && over.every((axis, i) => axis === i);
  return allButLast ? net.make('BiasAddGrad', [x], { T }, node.outputs) : undefined;
};

/** The product of two matrices by the op that TensorFlow fuses. */
const matMul: Rule = (node, { net }) => {
  const [a = '', b = ''] = node.inputs;
  if (net.output(a)?.shape.length !== 2 || net.output(b)?.shape.length !== 2) return undefined;
  const { adj_x = { bool: false }, adj_y = { bool: false }, T: type = T } = node.attributes;
  return net.make('MatMul', [a, b], { T: type, transpose_a: adj_x, transpose_b: adj_y }, node.outputs);
};

/** Ops of two tensors repeat the smaller one by themselves. */
const spreads: Rule = (node, { net }) => {
  const result = node.outputs[0]?.shape ?? [];
  const inputs = node.inputs.map((ref, i) => {
    const wide = net.node(ref);
    const other = node.inputs[1 - i] ?? '';
    return wide?.op === 'BroadcastTo' && same(net.output(other)?.shape, result) ? (wide.inputs[0] as string) : ref;
  });
  // One of the two must keep the shape.
  const [a, b] = inputs;
  const changed = inputs.filter((ref, i) => ref !== node.inputs[i]).length === 1;
  return changed ? net.make(node.op, [a as string, b as string], node.attributes, node.outputs) : undefined;
};

/** Fewer products than this are as fast one by one. */
const MANY = 4;

/**
 * A sum of products `aᵢᵀ·bᵢ`, such as the gradient of a kernel that each step of a sequence uses, is one product of all
 * factors in a row.
 */
const sumOfProducts: Rule = (node, around, old) => {
  const { net, users } = around;
  const [user, ...more] = users(old.name);
  // The whole sum is looked at where it ends.
  if (!isFloat(node) || (user && more.length === 0 && isSum(user) && !around.isSeen(old.name))) return undefined;
  const products = termsOf(node, around);
  const whole = node.outputs[0];
  if (!whole || products.length < MANY || !products.every((one) => isKernelGradient(one))) return undefined;
  const rows = products.map((one) => one.inputs.map((ref) => net.output(ref)?.shape ?? []));
  const total = rows.reduce((sum, [left]) => sum + (left?.[0] ?? 0), 0);
  const [a, b] = [0, 1].map((side) =>
    concatenated(
      net,
      products.map((one) => one.inputs[side] ?? ''),
      [total, whole.shape[side] ?? 0],
    ),
  );
  return net.make('MatMul', [a ?? '', b ?? ''], products[0]?.attributes ?? {}, [whole]);
};

const isSum = ({ op }: RecordedNode): boolean => op === 'AddV2' || op === 'Add';

/** `aᵀ·b` */
const isKernelGradient = ({ op, attributes }: RecordedNode): boolean => {
  const { transpose_a: left, transpose_b: right } = attributes;
  return op === 'MatMul' && isTrue(left) && !isTrue(right);
};

const isTrue = (value: RecordedNode['attributes'][string] | undefined): boolean =>
  value !== undefined && 'bool' in value && value.bool === true;

/** What a chain of sums adds up, first to last; a sum that something else looks at is a term itself. */
function termsOf(sum: RecordedNode, { net, users, isSeen }: Around): RecordedNode[] {
  const terms: RecordedNode[] = [];
  const open = [...sum.inputs].reverse();
  for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
    const node = net.node(ref);
    const inner = node && isSum(node) && !isSeen(node.name) && users(node.name).length === 1;
    if (inner && same(node.outputs[0]?.shape, sum.outputs[0]?.shape)) open.push(...[...node.inputs].reverse());
    else if (node) terms.push(node);
  }
  return terms;
}

/** Below each other. */
function concatenated(net: Net, refs: string[], shape: number[]): string {
  const bytes = new Uint8Array(Int32Array.of(0).buffer);
  const axis = net.make('Const', [], { dtype: { type: INT32 }, value: { tensor: { type: INT32, shape: [], bytes } } }, [
    { type: INT32, shape: [] },
  ]);
  const attributes = { T, N: { int: refs.length }, Tidx: { type: INT32 } };
  return net.make('ConcatV2', [...refs, axis], attributes, [{ type: FLOAT, shape }]);
}

/** Ops that give what they get. */
const passes: Rule = (node, { net }) => {
  const [x = ''] = node.inputs;
  const [from, to] = [net.output(x), node.outputs[0]];
  return from && to && from.type === to.type && same(from.shape, to.shape) ? x : undefined;
};

/**
 * What flows back through a pooling and then through the ReLU before it: the largest of a window passes where it is above
 * zero, which is known before it is sent to its place, when there is less to do.
 */
const reluGradient: Rule = ({ inputs: [flow = '', y = ''], attributes }, { net }) => {
  const pooling = net.node(flow);
  const [x, largest = '', dy = ''] = pooling?.inputs ?? [];
  const spec = net.output(largest);
  if (pooling?.op !== 'MaxPoolGrad' || x !== y || !spec) return undefined;
  const through = net.make('ReluGrad', [dy, largest], attributes, [spec]);
  return net.make('MaxPoolGrad', [x, largest, through], pooling.attributes, pooling.outputs);
};

/**
 * Puts ops in place of others that TensorFlow fuses with what is around them (a matrix product, its bias and its
 * activation are one kernel then), or that do nothing. The numbers stay the same up to rounding.
 */
export const simplifications: Record<string, Rule> = {
  Add: (...at) => sumOfProducts(...at) ?? biasAdd(...at) ?? spreads(...at),
  AddV2: (...at) => sumOfProducts(...at) ?? biasAdd(...at) ?? spreads(...at),
  Mul: spreads,
  RealDiv: spreads,
  Sub: spreads,
  Sum: biasAddGrad,
  BatchMatMulV2: matMul,
  Cast: passes,
  Reshape: passes,
  Identity: passes,
  ReluGrad: reluGradient,
};
