import { LEAKY_SLOPE } from './activations';
import type { OnnxPlace } from './kind';

/** How the activations of `activations.ts` are written for PyTorch and ONNX. */

const torch: Record<string, (x: string, slope: number, axis: number) => string> = {
  linear: (x) => x,
  relu: (x) => `F.relu(${x})`,
  'leaky-relu': (x, slope) => `F.leaky_relu(${x}, ${slope})`,
  relu6: (x) => `F.relu6(${x})`,
  elu: (x) => `F.elu(${x})`,
  selu: (x) => `F.selu(${x})`,
  gelu: (x) => `F.gelu(${x})`,
  swish: (x) => `F.silu(${x})`,
  mish: (x) => `F.mish(${x})`,
  tanh: (x) => `torch.tanh(${x})`,
  sigmoid: (x) => `torch.sigmoid(${x})`,
  softplus: (x) => `F.softplus(${x})`,
  softsign: (x) => `F.softsign(${x})`,
  softmax: (x, _, axis) => `F.softmax(${x}, dim=${axis})`,
};

type Place = Pick<OnnxPlace, 'node' | 'constant' | 'axis'>;

const onnx: Record<string, (place: Place, x: string, slope: number) => string> = {
  linear: (_, x) => x,
  relu: ({ node }, x) => node('Relu', [x]),
  'leaky-relu': ({ node }, x, slope) => node('LeakyRelu', [x], { alpha: { float: slope } }),
  relu6: ({ node, constant }, x) => node('Clip', [x, constant(0), constant(6)]),
  elu: ({ node }, x) => node('Elu', [x]),
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
};

const unknown = (id: string): never => {
  throw new Error(`Invariant: activation ${id} is not written`);
};

/** An expression of an expression. `axis`: of the channels, for softmax. */
export const torchActivation = (id: string, x: string, axis: number, slope = LEAKY_SLOPE): string =>
  (torch[id] ?? unknown(id))(x, slope, axis);

/** Nodes after `x`; softmax runs along the channels of what is at hand. */
export const onnxActivation = (place: Place, id: string, x: string, slope = LEAKY_SLOPE): string =>
  (onnx[id] ?? unknown(id))(place, x, slope);
