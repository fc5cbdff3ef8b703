import type { Json } from '@/lib/base/json';
import type { Field } from '../field';
import type {
  Evaluation,
  HostTensor,
  KerasLayer,
  MakeWeight,
  PlainParams,
  RunContext,
  RunResult,
  Tensor,
  Tf,
  TorchEmission,
  VariableDecl,
} from '../kind';
import { permute, slotOf } from './make-weight';
import { variableOf } from './operands';
import { flagOf, numberOf } from './params';

/**
 * Spectral normalisation (Miyato et al., 2018) of a kernel `[…, columns]`, seen as a matrix W `[rows, columns]`: it is
 * divided by its largest singular value σ, which a power iteration finds that goes on from call to call with a carried
 * vector u. While training it first moves u, as Keras and PyTorch do; in use σ = |W·u| / |u|. The gradient is that of the
 * number computed, through the iteration too: where u has settled, it is the paper's, which takes u as given.
 */

const U = 'vector_u';

export const spectralFields = (): Record<string, Field> => ({
  spectral: {
    type: 'switch',
    title: 'Spectral norm',
    default: false,
    help: 'Divides the kernel by how much it can stretch its input at most. Keeps the critic of a GAN from growing steep.',
  },
  powerIterations: {
    type: 'number',
    title: 'Power iterations',
    default: 1,
    min: 1,
    max: 100,
    integer: true,
    when: { field: 'spectral', is: [true] },
    help: 'How often the greatest stretch is looked for anew at each training step; it goes on from the step before.',
  },
});

export const spectralEvaluation = (params: PlainParams): Evaluation => (flagOf(params, 'spectral') ? 'own' : 'same');

/** `columns`: the last axis of the kernel. */
export const spectralVariables = (params: PlainParams, columns: number): VariableDecl[] =>
  flagOf(params, 'spectral')
    ? [{ slot: U, shape: [1, columns], role: 'carry', init: { law: 'truncated_normal', params: { std: 0.02 } } }]
    : [];

/** The layer's kernel, divided where it is to be, and what of it is written. */
export function kernelOf(
  tf: Tf,
  { params, variables, mode }: RunContext,
): { kernel: Tensor } & Pick<RunResult, 'writes'> {
  const kernel = variableOf(variables, 'kernel');
  if (!flagOf(params, 'spectral')) return { kernel };
  const before = variableOf(variables, U);
  const matrix = tf.reshape(kernel, [-1, kernel.shape.at(-1) ?? 1]);
  const times = mode === 'train' ? numberOf(params, 'powerIterations') : 0;
  let u = scaled(tf, before).unit;
  // In use u stays as it is, and one half of an iteration says how far it stretches.
  let stretched = scaled(tf, tf.matMul(u, matrix, false, true));
  for (let t = 0; t < times; t++) {
    const v = t === 0 ? stretched.unit : scaled(tf, tf.matMul(u, matrix, false, true)).unit;
    stretched = scaled(tf, tf.matMul(v, matrix));
    u = stretched.unit;
  }
  // A kernel of zeros has no direction: it stays, and so does u.
  const some = tf.step(stretched.length);
  const none = tf.sub(1, some);
  const divided = tf.div(kernel, tf.reshape(tf.add(stretched.length, none), []));
  if (mode !== 'train') return { kernel: divided };
  return { kernel: divided, writes: { [U]: tf.add(tf.mul(u, some), tf.mul(before, none)) } };
}

/** A row's length `[1, 1]`, and the row of length one in its direction; zeros stay zeros, with gradients. */
function scaled(tf: Tf, row: Tensor): { length: Tensor; unit: Tensor } {
  const squares = tf.sum(tf.square(row), 1, true);
  const some = tf.step(squares);
  const length = tf.sqrt(tf.add(squares, tf.sub(1, some)));
  return { length: tf.mul(length, some), unit: tf.div(row, length) };
}

/** Of a finished layer, in float64 sums: u and v of length one, v in the direction of W·u, and how far that stretches. */
function finished(kernel: HostTensor, vector: HostTensor) {
  const columns = vector.data.length;
  const rows = kernel.data.length / columns;
  const size = Math.hypot(...vector.data) || 1;
  const u = Float32Array.from(vector.data, (value) => value / size);
  const v = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++)
      sum += (kernel.data[row * columns + column] ?? 0) * (u[column] ?? 0);
    v[row] = sum;
  }
  const sigma = Math.sqrt(v.reduce((sum, value) => sum + value * value, 0)) || 1;
  return { u, v: v.map((value) => value / sigma), sigma };
}

/** The kernel of a finished network: divided. */
const divided: MakeWeight = (slots) => {
  const kernel = slotOf(slots, 'kernel');
  const { sigma } = finished(kernel, slotOf(slots, U));
  return { data: Float32Array.from(kernel.data, (value) => value / sigma), shape: kernel.shape };
};

/** What makes a weight of the kernel, of the divided one where it is to be. */
export const ofKernel = (params: PlainParams, make: MakeWeight): MakeWeight =>
  flagOf(params, 'spectral') ? (slots) => make({ ...slots, kernel: divided(slots) }) : make;

/** The layer in Keras' wrapper, which expects a kernel that is divided already. */
export function spectralLayers(params: PlainParams, [layer, ...rest]: KerasLayer[]): KerasLayer[] {
  if (!flagOf(params, 'spectral') || layer === undefined) return layer === undefined ? rest : [layer, ...rest];
  const inner: Json = {
    module: 'keras.layers',
    class_name: layer.className,
    config: layer.config,
    registered_name: null,
  };
  const { call, outputs } = layer;
  const [kernel = '', ...others] = layer.weights;
  return [
    {
      className: 'SpectralNormalization',
      config: { layer: inner, power_iterations: numberOf(params, 'powerIterations') },
      weights: [kernel, U, ...others],
      // The wrapper holds the kernel too.
      weightsAt: [['vars', 'layer/vars'], 'vars', ...others.map(() => 'layer/vars')],
      make: { kernel: divided },
      ...(call && { call }),
      ...(outputs && { outputs }),
    },
    ...rest,
  ];
}

/** A submodule with PyTorch's own parametrization, which goes on with the same vectors; its `weight` has the columns first. */
export function torchSpectral(params: PlainParams, emission: TorchEmission): TorchEmission {
  const { module, weights = {}, variables: _, ...rest } = emission;
  const make = weights.weight;
  if (!flagOf(params, 'spectral') || module === undefined || make === undefined) return emission;
  const { weight: __, ...others } = weights;
  const times = numberOf(params, 'powerIterations');
  const options = `dim=0${times === 1 ? '' : `, n_power_iterations=${times}`}`;
  return {
    ...rest,
    module: `nn.utils.parametrizations.spectral_norm(${module}, ${options})`,
    weights: {
      ...others,
      'parametrizations.weight.original': make,
      'parametrizations.weight.0._u': (slots) => vector(finished(slotOf(slots, 'kernel'), slotOf(slots, U)).u),
      'parametrizations.weight.0._v': (slots) => {
        const matrix = asRows(make(slots), slotOf(slots, U).data.length);
        return vector(finished(matrix, slotOf(slots, U)).v);
      },
    },
  };
}

const vector = (data: Float32Array): HostTensor => ({ data, shape: [data.length] });

/** PyTorch's `[columns, …]` as `[rows, columns]`, rows in PyTorch's order. */
const asRows = ({ data }: HostTensor, columns: number): HostTensor =>
  permute({ data, shape: [columns, data.length / columns] }, [1, 0]);
