import type { Json } from '@/lib/base/json';
import { KERNEL_LAWS } from '@/lib/tensor/initializer-laws';
import type { Field } from '../field';
import type { KerasLayer } from '../kind';

const TITLES: Record<string, string> = {
  zeros: 'Zeros',
  ones: 'Ones',
  uniform: 'Uniform ± 0.05',
  normal: 'Normal, σ 0.05',
  truncated_normal: 'Truncated normal, σ 0.05',
  glorot_uniform: 'Glorot uniform',
  glorot_normal: 'Glorot normal',
  he_uniform: 'He uniform',
  he_normal: 'He normal',
  lecun_uniform: 'LeCun uniform',
  lecun_normal: 'LeCun normal',
  orthogonal: 'Orthogonal',
};

/** The choice of a law for initial weights. */
export const initializerField = (title = 'Initial kernel', law = 'glorot_uniform'): Field => ({
  type: 'choice',
  title,
  default: law,
  help: 'How the weights are drawn before training. Glorot suits tanh and softmax, He suits ReLU, LeCun suits SELU.',
  choices: KERNEL_LAWS.map((value) => ({ value, title: TITLES[value] ?? value })),
});

/** Adds an initializer to a layer's config, unless it is the layer's default. */
export function withInitializer(layer: KerasLayer, key: string, law: string, otherwise = 'glorot_uniform'): KerasLayer {
  if (law === otherwise) return layer;
  const tfjs: Record<string, Json> = { ...layer.tfjs?.config, [key]: TFJS_NAMES[law] ?? camelCase(law) };
  return { ...layer, config: { ...layer.config, [key]: law }, tfjs: { ...layer.tfjs, config: tfjs } };
}

const TFJS_NAMES: Record<string, string> = { uniform: 'randomUniform', normal: 'randomNormal' };

const camelCase = (text: string): string => text.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
