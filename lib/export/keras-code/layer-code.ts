import type { Json } from '@/lib/base/json';
import { snakeCase } from '../keras/weights-h5';
import type { GraphLayer } from '../keras-graph';
import { pythonLiteral, pythonString } from '../python-text';

/** What Keras takes without a name, by class. */
const POSITIONAL: Record<string, string[]> = {
  Activation: ['activation'],
  Conv2D: ['filters', 'kernel_size'],
  Dense: ['units'],
  Dropout: ['rate'],
  Embedding: ['input_dim', 'output_dim'],
  LSTM: ['units'],
  MaxPooling2D: ['pool_size'],
  AveragePooling2D: ['pool_size'],
  Reshape: ['target_shape'],
};

/** Keras' own defaults, which readable code leaves out; by class where they differ. */
const DEFAULTS: Record<string, Json> = {
  activation: 'linear',
  axis: -1,
  center: true,
  data_format: 'channels_last',
  dilation_rate: [1, 1],
  go_backwards: false,
  keepdims: false,
  padding: 'valid',
  return_sequences: false,
  return_state: false,
  scale: true,
  stateful: false,
  strides: [1, 1],
  unit_forget_bias: true,
  unroll: false,
  use_bias: true,
  dropout: 0,
  recurrent_dropout: 0,
  'BatchNormalization.epsilon': 0.001,
  'BatchNormalization.momentum': 0.99,
  'LSTM.activation': 'tanh',
  'LSTM.recurrent_activation': 'sigmoid',
};

/** `layers.Conv2D(32, (3, 3), padding="same", activation="relu", name="conv1")` */
export const layerCode = ({ className, config, name }: GraphLayer): string =>
  construction({ className, config }, [`name=${pythonString(name)}`]);

/** Settings of operations that stand before their tensors. */
const LEADING: Record<string, string> = { Einsum: 'subscripts' };

/** `keras.ops.any(mask, axis=-1)`: what the operation is set to stands after its tensors. */
export function operationCode({ className, config }: GraphLayer, tensors: string): string {
  const { [LEADING[className] ?? '']: first, ...rest } = config;
  const leading = first === undefined ? [] : [argument(first)];
  return `keras.ops.${snakeCase(className)}(${[...leading, tensors, ...settings(rest)].join(', ')})`;
}

const settings = (config: Record<string, Json>): string[] =>
  Object.entries(config).map(([key, value]) => `${key}=${argument(value)}`);

/** The constructor of a layer, or of one that another wraps. */
function construction(layer: Construction, more: string[] = []): string {
  const { className, config } = layer;
  const first = (POSITIONAL[className] ?? []).filter((key) => key in config);
  const rest = Object.entries(config).filter(([key, value]) => !first.includes(key) && !isDefault(layer, key, value));
  const parts = [
    ...first.map((key) => argument(config[key] ?? null)),
    ...rest.map(([key, value]) => `${key}=${argument(value)}`),
    ...more,
  ];
  return `layers.${className}(${parts.join(', ')})`;
}

type Construction = Pick<GraphLayer, 'className' | 'config'>;

/** A value, or a layer in Keras' serialised form. */
function argument(value: Json): string {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return pythonLiteral(value);
  const { class_name: className, config } = value;
  if (typeof className !== 'string' || config === null || typeof config !== 'object' || Array.isArray(config))
    return pythonLiteral(value);
  return construction({ className, config: config ?? {} });
}

function isDefault({ className, config }: Construction, key: string, value: Json): boolean {
  // A pool moves on by its own size unless told otherwise.
  if (key === 'strides' && 'pool_size' in config) return equal(value, config.pool_size);
  const expected = DEFAULTS[`${className}.${key}`] ?? DEFAULTS[key];
  return expected !== undefined && equal(value, expected);
}

const equal = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);
