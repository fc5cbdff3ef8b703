import type { Meaning, Spec } from '@/lib/tensor/spec';
import type { Field } from '../field';
import type { KerasEmission, KerasLayer, Tensor, Tf } from '../kind';
import { kerasOperation } from './keras-operation';
import { isConstant, type LiveNumber } from './live';
import { sparsemax } from './sparsemax';

/** What else some functions depend on: fields of the Activation kind, and what Keras' functions have where nothing is said. */
export const STANDARD = { slope: 0.2, alpha: 1, threshold: 0.5, value: 0 };

export type ActivationConstants<T = number> = Record<keyof typeof STANDARD, T>;

/**
 * Activation functions by the ids that params hold. Each is one expression over tensors (gradients come from its ops)
 * and, for the drawing on a node, over one number. All follow Keras 3 (`keras/src/activations`).
 */
export interface Activation {
  title: string;
  formula: string;
  apply(tf: Tf, x: Tensor, constants: ActivationConstants<LiveNumber>): Tensor;
  /** The function of one number, as the editor draws it; of several along an axis: against a zero beside it. */
  curve(x: number, constants: ActivationConstants): number;
  range?: [number, number];
  /** What its numbers are, where they are no features. */
  meaning?: Meaning;
  /** The constants that matter to it. */
  constants?: (keyof typeof STANDARD)[];
  /** Keras' string for it; absent: only Keras' layers can say it (`activationLayer`). */
  keras?: string;
  /** TensorFlow.js' string where it differs; null where it has no such function. */
  tfjs?: string | null;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const hardSigmoid = (x: number): number => Math.min(Math.max(0, x + 3), 6) / 6;
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

export const SELU_ALPHA = 1.6732632423543772;
export const SELU_SCALE = 1.0507009873554805;

/** 1 where x is above the bound, else 0, without a slope. */
const isAbove = (tf: Tf, x: Tensor, bound: LiveNumber): Tensor => tf.step(tf.sub(x, bound));

/** The part of x below zero, bent towards −1. */
const bentBelow = (tf: Tf, x: Tensor): Tensor => tf.expm1(tf.neg(tf.relu(tf.neg(x))));

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
    apply: (tf, x, { slope }) =>
      typeof slope === 'number' ? tf.leakyRelu(x, slope) : tf.sub(tf.relu(x), tf.mul(slope, tf.relu(tf.neg(x)))),
    curve: (x, { slope }) => (x > 0 ? x : slope * x),
    constants: ['slope'],
    keras: 'leaky_relu',
    tfjs: null,
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
    formula: 'x > 0 ? x : α·(exp(x) − 1)',
    apply: (tf, x, { alpha }) =>
      isConstant(alpha, 1) ? tf.elu(x) : tf.add(tf.relu(x), tf.mul(alpha, bentBelow(tf, x))),
    curve: (x, { alpha }) => (x > 0 ? x : alpha * Math.expm1(x)),
    constants: ['alpha'],
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
    meaning: 'probabilities',
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
    meaning: 'probabilities',
    keras: 'softmax',
  },
  celu: {
    title: 'CELU',
    formula: 'max(0, x) + min(0, α·(exp(x / α) − 1))',
    apply: (tf, x, { alpha }) => tf.add(tf.relu(x), tf.mul(alpha, bentBelow(tf, tf.div(x, alpha)))),
    curve: (x, { alpha }) => (x > 0 ? x : alpha * Math.expm1(x / alpha)),
    constants: ['alpha'],
    keras: 'celu',
    tfjs: null,
  },
  'hard-sigmoid': {
    title: 'Hard sigmoid',
    formula: 'min(max(0, x + 3), 6) / 6',
    apply: (tf, x) => tf.div(tf.relu6(tf.add(x, 3)), 6),
    curve: hardSigmoid,
    range: [0, 1],
    meaning: 'probabilities',
    keras: 'hard_sigmoid',
    tfjs: null, // its hard sigmoid has another slope
  },
  'hard-swish': {
    title: 'Hard swish',
    formula: 'x·min(max(0, x + 3), 6) / 6',
    apply: (tf, x) => tf.mul(x, tf.div(tf.relu6(tf.add(x, 3)), 6)),
    curve: (x) => x * hardSigmoid(x),
    keras: 'hard_silu',
    tfjs: null,
  },
  'hard-tanh': {
    title: 'Hard tanh',
    formula: 'min(max(−1, x), 1)',
    apply: (tf, x) => tf.clipByValue(x, -1, 1),
    curve: (x) => Math.min(Math.max(-1, x), 1),
    range: [-1, 1],
    keras: 'hard_tanh',
    tfjs: null,
  },
  'hard-shrink': {
    title: 'Hard shrink',
    formula: '|x| > θ ? x : 0',
    apply: (tf, x, { threshold }) => tf.mul(x, isAbove(tf, tf.abs(x), threshold)),
    curve: (x, { threshold }) => (Math.abs(x) > threshold ? x : 0),
    constants: ['threshold'],
    keras: 'hard_shrink',
    tfjs: null,
  },
  'soft-shrink': {
    title: 'Soft shrink',
    formula: 'sign(x)·max(0, |x| − θ)',
    apply: (tf, x, { threshold }) => tf.sub(tf.relu(tf.sub(x, threshold)), tf.relu(tf.sub(tf.neg(x), threshold))),
    curve: (x, { threshold }) => Math.sign(x) * Math.max(0, Math.abs(x) - threshold),
    constants: ['threshold'],
    keras: 'soft_shrink',
    tfjs: null,
  },
  'tanh-shrink': {
    title: 'Tanh shrink',
    formula: 'x − tanh(x)',
    apply: (tf, x) => tf.sub(x, tf.tanh(x)),
    curve: (x) => x - Math.tanh(x),
    keras: 'tanh_shrink',
    tfjs: null,
  },
  'log-sigmoid': {
    title: 'Log-sigmoid',
    formula: '−log(1 + exp(−x))',
    apply: (tf, x) => tf.neg(tf.softplus(tf.neg(x))),
    curve: (x) => -softplus(-x),
    keras: 'log_sigmoid',
    tfjs: null,
  },
  squareplus: {
    title: 'Squareplus',
    formula: '(x + √(x² + 4)) / 2',
    apply: (tf, x) => tf.div(tf.add(x, tf.sqrt(tf.add(tf.square(x), 4))), 2),
    curve: (x) => (x + Math.sqrt(x * x + 4)) / 2,
    keras: 'squareplus',
    tfjs: null,
  },
  'sparse-plus': {
    title: 'Sparse plus',
    formula: 'x ≤ −1 ? 0 : x < 1 ? (x + 1)² / 4 : x',
    apply: (tf, x) => tf.add(tf.div(tf.square(tf.add(tf.clipByValue(x, -1, 1), 1)), 4), tf.relu(tf.sub(x, 1))),
    curve: (x) => (x <= -1 ? 0 : x < 1 ? (x + 1) ** 2 / 4 : x),
    keras: 'sparse_plus',
    tfjs: null,
  },
  'sparse-sigmoid': {
    title: 'Sparse sigmoid',
    formula: 'min(max(0, (x + 1) / 2), 1)',
    apply: (tf, x) => tf.div(tf.add(tf.clipByValue(x, -1, 1), 1), 2),
    curve: (x) => Math.min(Math.max(0, (x + 1) / 2), 1),
    range: [0, 1],
    meaning: 'probabilities',
    keras: 'sparse_sigmoid',
    tfjs: null,
  },
  exponential: {
    title: 'Exponential',
    formula: 'exp(x)',
    apply: (tf, x) => tf.exp(x),
    curve: Math.exp,
    keras: 'exponential',
    tfjs: null,
  },
  'log-softmax': {
    title: 'Log-softmax',
    formula: 'xᵢ − log Σⱼ exp(xⱼ)',
    apply: (tf, x) => tf.logSoftmax(x),
    curve: (x) => -softplus(-x),
    meaning: 'logits',
    keras: 'log_softmax',
    tfjs: null,
  },
  sparsemax: {
    title: 'Sparsemax',
    formula: 'max(0, xᵢ − τ), with τ so that all add up to 1',
    apply: sparsemax,
    curve: (x) => Math.min(Math.max(0, (x + 1) / 2), 1),
    range: [0, 1],
    meaning: 'probabilities', // Keras 3.15's function of that name is another: what it gives does not add up to 1
  },
  threshold: {
    title: 'Threshold',
    formula: 'x > θ ? x : value',
    apply(tf, x, { threshold, value }) {
      const above = isAbove(tf, x, threshold);
      return tf.add(tf.mul(above, x), tf.mul(tf.sub(1, above), value));
    },
    curve: (x, { threshold, value }) => (x > threshold ? x : value),
    constants: ['threshold', 'value'],
  },
};

const unknownActivation = (id: string): never => {
  throw new Error(`Invariant: unknown activation ${id}`);
};

export const activationOf = (id: string): Activation => activations[id] ?? unknownActivation(id);

/** Applies the activation of a layer's `activation` field. */
export const activate = (tf: Tf, x: Tensor, id: string): Tensor => activationOf(id).apply(tf, x, STANDARD);

/** The field that layers with a built-in activation have. */
export const activationField = (): Field & { type: 'choice' } => ({
  type: 'choice',
  title: 'Activation',
  default: 'linear',
  help: 'The function that bends each output number. Without one, stacked layers are no more than a single linear one.',
  choices: activationChoices(),
});

/** Of functions that Keras' layers have built in. */
const activationChoices = () => choicesOf(Object.entries(activations).filter(([, { keras }]) => keras));

/** Of functions that a layer may apply again to what it made of its own answer: an exponential would soon be infinite. */
export const recurrentActivationChoices = () => activationChoices().filter(({ value }) => value !== 'exponential');

/** Of all functions. */
export const allActivationChoices = () => choicesOf(Object.entries(activations));

const choicesOf = (some: [string, Activation][]): { value: string; title: string; help: string }[] =>
  some.map(([value, { title, formula }]) => ({ value, title, help: formula }));

/** What an activation makes of a spec: the shape stays, the meaning and range follow the function. */
export function activatedSpec(x: Spec, id: string): Spec {
  const { range, meaning } = activationOf(id);
  const last = x.shape?.at(-1);
  if (id === 'linear') return x;
  return {
    shape: x.shape,
    dtype: 'float32',
    meaning: meaning ?? (x.meaning === 'image' ? 'image' : 'features'),
    ...(ALONG_CLASSES.has(id) && typeof last === 'number' ? { classes: last } : {}),
    ...(range === undefined ? {} : { range }),
  };
}

/** They weigh the numbers of the last axis against each other. */
const ALONG_CLASSES = new Set(['softmax', 'log-softmax', 'sparsemax']);

/** FLOPs of one activation of one number; transcendental functions count as a handful. */
export const activationFlops = (id: string): number => (id === 'linear' ? 0 : id.includes('relu') ? 1 : 4);

/** A layer with its activation, fused where TensorFlow.js can follow too, else followed by an activation layer. */
export function withActivation(layer: KerasLayer, id: string): KerasLayer[] {
  if (id === 'leaky-relu') {
    return [{ ...layer, config: { ...layer.config, activation: 'linear' } }, leakyRelu(STANDARD.slope)];
  }
  return [builtIn(layer, id)];
}

/** A layer with the activation as its own setting. */
export function builtIn(layer: KerasLayer, id: string): KerasLayer {
  const { keras = 'linear', tfjs } = activationOf(id);
  const fused: KerasLayer = { ...layer, config: { ...layer.config, activation: keras } };
  if (tfjs === undefined || layer.tfjs?.unsupported !== undefined) return fused;
  return {
    ...fused,
    tfjs:
      tfjs === null
        ? { unsupported: `TensorFlow.js has no activation ${keras}` }
        : { ...layer.tfjs, config: { ...layer.tfjs?.config, activation: tfjs } },
  };
}

const leakyRelu = (slope: number): KerasLayer => ({
  className: 'LeakyReLU',
  config: { negative_slope: slope },
  weights: [],
  tfjs: { config: { alpha: slope } },
});

const SHRINKS: Record<string, string> = { 'hard-shrink': 'HardShrink', 'soft-shrink': 'SoftShrink' };

/** The activation as a layer of its own. */
export function activationLayer(id: string, constants: ActivationConstants): KerasEmission {
  const { slope, alpha, threshold, value } = constants;
  const { constants: own = [], keras } = activationOf(id);
  if (id === 'leaky-relu') return [leakyRelu(slope)];
  if (id === 'threshold') return [kerasOperation('nn', 'Threshold', { threshold, default_value: value })];
  if (keras === undefined) return { unsupported: 'what Keras calls sparsemax gives numbers that do not add up to 1' };
  if (own.every((key) => constants[key] === STANDARD[key]))
    return [builtIn({ className: 'Activation', config: {}, weights: [] }, id)];
  if (id === 'elu') {
    const tfjs = { unsupported: 'TensorFlow.js has ELU with alpha 1 only' };
    return [{ className: 'ELU', config: { alpha }, weights: [], tfjs }];
  }
  return [
    id === 'celu' ? kerasOperation('nn', 'Celu', { alpha }) : kerasOperation('nn', SHRINKS[id] ?? '', { threshold }),
  ];
}
