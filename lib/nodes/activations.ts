import type { Spec } from '@/lib/tensor/spec';
import type { Field } from './field';
import type { KerasLayer, Tensor, Tf } from './kind';

/**
 * Activation functions by the ids that params hold. Each is one expression over tensors (gradients come from its ops)
 * and, for the drawing on a node, over one number. All follow Keras 3 (`keras/src/activations`).
 */
export interface Activation {
  title: string;
  formula: string;
  apply(tf: Tf, x: Tensor, slope: number | Tensor): Tensor;
  /** The function of one number, as the editor draws it. */
  curve(x: number, slope: number): number;
  range?: [number, number];
  /** Keras' string for it; absent: a layer of its own (`activationLayer`). */
  keras?: string;
  /** TensorFlow.js' string where it differs. */
  tfjs?: string;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

export const SELU_ALPHA = 1.6732632423543772;
export const SELU_SCALE = 1.0507009873554805;

/** The slope of Keras' `leaky_relu` function below zero (its LeakyReLU layer has 0.3, and a param). */
export const LEAKY_SLOPE = 0.2;

export const activations: Record<string, Activation> = {
  linear: { title: 'None', formula: 'x', apply: (_, x) => x, curve: (x) => x, keras: 'linear' },
  relu: {
    title: 'ReLU',
    formula: 'max(0, x)',
    apply: (tf, x) => tf.relu(x),
    curve: (x) => Math.max(0, x),
    keras: 'relu',
  },
  'leaky-relu': {
    title: 'Leaky ReLU',
    formula: 'x > 0 ? x : slope·x',
    apply: (tf, x, slope) =>
      typeof slope === 'number' ? tf.leakyRelu(x, slope) : tf.sub(tf.relu(x), tf.mul(slope, tf.relu(tf.neg(x)))),
    curve: (x, slope) => (x > 0 ? x : slope * x),
  },
  relu6: {
    title: 'ReLU6',
    formula: 'min(max(0, x), 6)',
    apply: (tf, x) => tf.relu6(x),
    curve: (x) => Math.min(Math.max(0, x), 6),
    range: [0, 6],
    keras: 'relu6',
  },
  elu: {
    title: 'ELU',
    formula: 'x > 0 ? x : exp(x) − 1',
    apply: (tf, x) => tf.elu(x),
    curve: (x) => (x > 0 ? x : Math.expm1(x)),
    keras: 'elu',
  },
  selu: {
    title: 'SELU',
    formula: '1.0507·(x > 0 ? x : 1.6733·(exp(x) − 1))',
    apply: (tf, x) => tf.selu(x),
    curve: (x) => SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x)),
    keras: 'selu',
  },
  gelu: {
    title: 'GELU',
    formula: 'x·Φ(x)',
    apply: (tf, x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)),
    curve: (x) => x * sigmoid(1.5957691 * (x + 0.044715 * x ** 3)),
    keras: 'gelu',
  },
  swish: {
    title: 'Swish',
    formula: 'x·σ(x)',
    apply: (tf, x) => tf.mul(x, tf.sigmoid(x)),
    curve: (x) => x * sigmoid(x),
    keras: 'silu',
    tfjs: 'swish',
  },
  mish: {
    title: 'Mish',
    formula: 'x·tanh(softplus(x))',
    apply: (tf, x) => tf.mul(x, tf.tanh(tf.softplus(x))),
    curve: (x) => x * Math.tanh(softplus(x)),
    keras: 'mish',
  },
  tanh: {
    title: 'Tanh',
    formula: 'tanh(x)',
    apply: (tf, x) => tf.tanh(x),
    curve: Math.tanh,
    range: [-1, 1],
    keras: 'tanh',
  },
  sigmoid: {
    title: 'Sigmoid',
    formula: '1 / (1 + exp(−x))',
    apply: (tf, x) => tf.sigmoid(x),
    curve: sigmoid,
    range: [0, 1],
    keras: 'sigmoid',
  },
  softplus: {
    title: 'Softplus',
    formula: 'log(1 + exp(x))',
    apply: (tf, x) => tf.softplus(x),
    curve: softplus,
    keras: 'softplus',
  },
  softsign: {
    title: 'Softsign',
    formula: 'x / (1 + |x|)',
    apply: (tf, x) => tf.div(x, tf.add(tf.abs(x), 1)),
    curve: (x) => x / (1 + Math.abs(x)),
    range: [-1, 1],
    keras: 'softsign',
  },
  softmax: {
    title: 'Softmax',
    formula: 'exp(xᵢ) / Σⱼ exp(xⱼ)',
    apply: (tf, x) => tf.softmax(x),
    curve: sigmoid,
    range: [0, 1],
    keras: 'softmax',
  },
};

const unknownActivation = (id: string): never => {
  throw new Error(`Invariant: unknown activation ${id}`);
};

export const activationOf = (id: string): Activation => activations[id] ?? unknownActivation(id);

/** Applies the activation of a layer's `activation` field. */
export const activate = (tf: Tf, x: Tensor, id: string): Tensor => activationOf(id).apply(tf, x, LEAKY_SLOPE);

/** The field that layers with a built-in activation have. */
export const activationField = (): Field & { type: 'choice' } => ({
  type: 'choice',
  title: 'Activation',
  default: 'linear',
  help: 'The function that bends each output number. Without one, stacked layers are no more than a single linear one.',
  choices: activationChoices(),
});

export const activationChoices = (): { value: string; title: string; help: string }[] =>
  Object.entries(activations).map(([value, { title, formula }]) => ({ value, title, help: formula }));

/** What an activation makes of a spec: the shape stays, the meaning and range follow the function. */
export function activatedSpec(x: Spec, id: string): Spec {
  const { range } = activationOf(id);
  const last = x.shape?.at(-1);
  if (id === 'linear') return x;
  const meaning = id === 'softmax' || id === 'sigmoid' ? 'probabilities' : x.meaning === 'image' ? 'image' : 'features';
  return {
    shape: x.shape,
    dtype: 'float32',
    meaning,
    ...(id === 'softmax' && typeof last === 'number' ? { classes: last } : {}),
    ...(range === undefined ? {} : { range }),
  };
}

/** FLOPs of one activation of one number; transcendental functions count as a handful. */
export const activationFlops = (id: string): number => (id === 'linear' ? 0 : id.includes('relu') ? 1 : 4);

/** A layer with its activation, fused where Keras has a string for it, else followed by an activation layer. */
export function withActivation(layer: KerasLayer, id: string): KerasLayer[] {
  const { keras, tfjs } = activationOf(id);
  if (keras === undefined) {
    return [{ ...layer, config: { ...layer.config, activation: 'linear' } }, activationLayer(id, LEAKY_SLOPE)];
  }
  const fused: KerasLayer = { ...layer, config: { ...layer.config, activation: keras } };
  if (tfjs !== undefined) fused.tfjs = { ...layer.tfjs, config: { ...layer.tfjs?.config, activation: tfjs } };
  return [fused];
}

/** The activation as a layer of its own. */
export function activationLayer(id: string, slope: number): KerasLayer {
  if (id === 'leaky-relu') {
    return {
      className: 'LeakyReLU',
      config: { negative_slope: slope },
      weights: [],
      tfjs: { config: { alpha: slope } },
    };
  }
  const { keras, tfjs } = activationOf(id);
  const layer: KerasLayer = { className: 'Activation', config: { activation: keras ?? id }, weights: [] };
  return tfjs === undefined ? layer : { ...layer, tfjs: { config: { activation: tfjs } } };
}
