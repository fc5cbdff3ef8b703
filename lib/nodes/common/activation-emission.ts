import type { OnnxPlace } from '../kind';
import { type ActivationConstants, STANDARD } from './activations';
import { FLOAT } from './onnx-nodes';
import { torchOption } from './torch-option';

/** How the activations of `activations.ts` are written for PyTorch and ONNX. */

type Write<T extends unknown[]> = (...of: [...T, constants: ActivationConstants]) => string;

/** `axis`: of the channels, for those that weigh them against each other. */
const torch: Record<string, Write<[x: string, axis: number]>> = {
  linear: (x) => x,
  relu: (x) => `F.relu(${x})`,
  'leaky-relu': (x, _, { slope }) => `F.leaky_relu(${x}, ${slope})`,
  relu6: (x) => `F.relu6(${x})`,
  elu: (x, _, { alpha }) => `F.elu(${x}${torchOption('alpha', alpha, 1)})`,
  selu: (x) => `F.selu(${x})`,
  gelu: (x) => `F.gelu(${x})`,
  swish: (x) => `F.silu(${x})`,
  mish: (x) => `F.mish(${x})`,
  tanh: (x) => `torch.tanh(${x})`,
  sigmoid: (x) => `torch.sigmoid(${x})`,
  softplus: (x) => `F.softplus(${x})`,
  softsign: (x) => `F.softsign(${x})`,
  softmax: (x, axis) => `F.softmax(${x}, dim=${axis})`,
  celu: (x, _, { alpha }) => `F.celu(${x}${torchOption('alpha', alpha, 1)})`,
  'hard-sigmoid': (x) => `F.hardsigmoid(${x})`,
  'hard-swish': (x) => `F.hardswish(${x})`,
  'hard-tanh': (x) => `F.hardtanh(${x})`,
  'hard-shrink': (x, _, { threshold }) => `F.hardshrink(${x}, ${threshold})`,
  'soft-shrink': (x, _, { threshold }) => `F.softshrink(${x}, ${threshold})`,
  'tanh-shrink': (x) => `F.tanhshrink(${x})`,
  'log-sigmoid': (x) => `F.logsigmoid(${x})`,
  squareplus: (x) => `squareplus(${x})`,
  'sparse-plus': (x) => `sparse_plus(${x})`,
  'sparse-sigmoid': (x) => `((${x} + 1) / 2).clamp(0, 1)`,
  exponential: (x) => `torch.exp(${x})`,
  'log-softmax': (x, axis) => `F.log_softmax(${x}, dim=${axis})`,
  sparsemax: (x, axis) => `sparsemax(${x}, dim=${axis})`,
  threshold: (x, _, { threshold, value }) => `F.threshold(${x}, ${threshold}, ${value})`,
};

/** Functions that PyTorch lacks. */
const helpers: Record<string, string> = {
  squareplus: `def squareplus(x):
    """A smooth ReLU without exponentials."""
    return (x + torch.sqrt(x * x + 4)) / 2`,
  'sparse-plus': `def sparse_plus(x):
    """Zero up to -1, a parabola up to 1, then x itself."""
    return (x.clamp(-1, 1) + 1).square() / 4 + F.relu(x - 1)`,
  sparsemax: `def sparsemax(x, dim):
    """The closest point whose numbers are not negative and add up to one."""
    ordered = x.sort(dim=dim, descending=True).values
    places = torch.ones_like(x).cumsum(dim)
    stays = (1 + places * ordered > ordered.cumsum(dim)).to(x.dtype)
    threshold = ((ordered * stays).sum(dim, keepdim=True) - 1) / stays.sum(dim, keepdim=True)
    return F.relu(x - threshold)`,
};

type Place = Pick<OnnxPlace, 'node' | 'nodes' | 'constant' | 'axis'>;

const onnx: Record<string, Write<[place: Place, x: string]>> = {
  linear: (_, x) => x,
  relu: ({ node }, x) => node('Relu', [x]),
  'leaky-relu': ({ node }, x, { slope }) => node('LeakyRelu', [x], { alpha: { float: slope } }),
  relu6: ({ node, constant }, x) => node('Clip', [x, constant(0), constant(6)]),
  elu: ({ node }, x, { alpha }) => node('Elu', [x], { alpha: { float: alpha } }),
  selu: ({ node }, x) => node('Selu', [x]),
  // x · Φ(x), by the error function.
  gelu({ node, constant }, x) {
    const phi = node('Add', [node('Erf', [node('Mul', [x, constant(Math.SQRT1_2)])]), constant(1)]);
    return node('Mul', [node('Mul', [x, constant(0.5)]), phi]);
  },
  swish: ({ node }, x) => node('Mul', [x, node('Sigmoid', [x])]),
  mish: ({ node }, x) => node('Mul', [x, node('Tanh', [node('Softplus', [x])])]),
  tanh: ({ node }, x) => node('Tanh', [x]),
  sigmoid: ({ node }, x) => node('Sigmoid', [x]),
  softplus: ({ node }, x) => node('Softplus', [x]),
  softsign: ({ node }, x) => node('Softsign', [x]),
  softmax: ({ node, axis }, x) => node('Softmax', [x], { axis: axis(-1) }),
  celu: ({ node }, x, { alpha }) => node('Celu', [x], { alpha: { float: alpha } }),
  'hard-sigmoid': ({ node }, x) => node('HardSigmoid', [x], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } }),
  'hard-swish': ({ node }, x) => node('HardSwish', [x]),
  'hard-tanh': ({ node, constant }, x) => node('Clip', [x, constant(-1), constant(1)]),
  'hard-shrink': ({ node }, x, { threshold }) => node('Shrink', [x], { lambd: { float: threshold } }),
  'soft-shrink': ({ node }, x, { threshold }) =>
    node('Shrink', [x], { lambd: { float: threshold }, bias: { float: threshold } }),
  'tanh-shrink': ({ node }, x) => node('Sub', [x, node('Tanh', [x])]),
  'log-sigmoid': ({ node }, x) => node('Neg', [node('Softplus', [node('Neg', [x])])]),
  squareplus({ node, constant }, x) {
    const root = node('Sqrt', [node('Add', [node('Mul', [x, x]), constant(4)])]);
    return node('Mul', [node('Add', [x, root]), constant(0.5)]);
  },
  'sparse-plus'({ node, constant }, x) {
    const bent = node('Add', [node('Clip', [x, constant(-1), constant(1)]), constant(1)]);
    const beyond = node('Relu', [node('Sub', [x, constant(1)])]);
    return node('Add', [node('Mul', [node('Mul', [bent, bent]), constant(0.25)]), beyond]);
  },
  'sparse-sigmoid': ({ node }, x) => node('HardSigmoid', [x], { alpha: { float: 0.5 }, beta: { float: 0.5 } }),
  exponential: ({ node }, x) => node('Exp', [x]),
  'log-softmax': ({ node, axis }, x) => node('LogSoftmax', [x], { axis: axis(-1) }),
  sparsemax({ node, nodes, constant, axis }, x) {
    const along = axis(-1);
    const axes = constant([along], 'int64');
    const shape = node('Shape', [x]);
    const [ordered = ''] = nodes('TopK', [x, node('Gather', [shape, axes])], { axis: along }, 2);
    const sums = (of: string) => node('CumSum', [of, constant(along, 'int64')]);
    const total = (of: string) => node('ReduceSum', [of, axes], { keepdims: 1 });
    const places = sums(node('Expand', [constant(1), shape]));
    const room = node('Add', [node('Mul', [places, ordered]), constant(1)]);
    const stays = node('Cast', [node('Greater', [room, sums(ordered)])], { to: FLOAT });
    const above = node('Sub', [total(node('Mul', [ordered, stays])), constant(1)]);
    return node('Relu', [node('Sub', [x, node('Div', [above, total(stays)])])]);
  },
  threshold: ({ node, constant }, x, { threshold, value }) =>
    node('Where', [node('Greater', [x, constant(threshold)]), x, constant(value)]),
};

const unknown = (id: string): never => {
  throw new Error(`Invariant: activation ${id} is not written`);
};

/** An expression of an expression; the code needs `torchActivationHelpers`. `axis`: of the channels, for softmax. */
export const torchActivation = (id: string, x: string, axis: number, constants = STANDARD): string =>
  (torch[id] ?? unknown(id))(x, axis, constants);

/** The functions that the expression calls, beside `helpers` of the caller's own. */
export const torchActivationHelpers = (id: string, own: string[] = []): { helpers?: string[] } => {
  const all = [...own, ...(helpers[id] === undefined ? [] : [helpers[id]])];
  return all.length === 0 ? {} : { helpers: all };
};

/** Nodes after `x`; softmax runs along the channels of what is at hand. */
export const onnxActivation = (place: Place, id: string, x: string, constants = STANDARD): string =>
  (onnx[id] ?? unknown(id))(place, x, constants);
