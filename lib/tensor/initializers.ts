import type { Json } from '@/lib/base/json';

/**
 * Initial weights by the laws of Keras 3 (`keras/src/initializers`). They are drawn in TypeScript from one stateless
 * source of uniform numbers, so every engine starts from the same weights.
 */

/** The next `count` numbers in [0, 1); each call goes on in the stream. */
export type UniformSource = (count: number) => ArrayLike<number>;

/**
 * Values of a variable, row-major.
 * @throws where the law is unknown: a bug, since kinds name the laws.
 */
export function initialize(
  law: string,
  shape: readonly number[],
  params: Record<string, Json>,
  uniform: UniformSource,
): Float32Array {
  const size = shape.reduce((product, dim) => product * dim, 1);
  const number = (key: string, otherwise: number): number => {
    const value = params[key];
    return typeof value === 'number' ? value : otherwise;
  };
  switch (law) {
    case 'zeros':
      return new Float32Array(size);
    case 'ones':
      return new Float32Array(size).fill(1);
    case 'constant':
      return new Float32Array(size).fill(number('value', 0));
    case 'uniform':
      return uniformBetween(size, number('min', -0.05), number('max', 0.05), uniform);
    case 'normal':
      return normals(size, number('mean', 0), number('std', 0.05), uniform);
    case 'truncated_normal':
      return truncatedNormals(size, number('mean', 0), number('std', 0.05), uniform);
    case 'orthogonal':
      return orthogonal(shape, number('gain', 1), uniform);
    case 'identity':
      return identity(shape, number('gain', 1));
    case 'unit_forget_bias':
      return unitForgetBias(size);
  }
  const scaling = /^(glorot|he|lecun)_(uniform|normal)$/.exec(law);
  if (scaling === null) throw new Error(`Invariant: unknown initial law ${law}`);
  const [fanIn, fanOut] = fans(shape);
  const fan = scaling[1] === 'glorot' ? (fanIn + fanOut) / 2 : fanIn;
  const variance = (scaling[1] === 'he' ? 2 : 1) / Math.max(1, fan);
  if (scaling[2] === 'uniform') {
    const limit = Math.sqrt(3 * variance);
    return uniformBetween(size, -limit, limit, uniform);
  }
  // A normal cut at two standard deviations has this smaller one (Keras, VarianceScaling).
  return truncatedNormals(size, 0, Math.sqrt(variance) / 0.87962566103423978, uniform);
}

/** Fan in and out as Keras' `compute_fans`: a kernel is [receptive field…, in, out]. */
export function fans(shape: readonly number[]): [number, number] {
  if (shape.length === 0) return [1, 1];
  const last = shape.at(-1) ?? 1;
  if (shape.length === 1) return [last, last];
  const before = shape.at(-2) ?? 1;
  const field = shape.slice(0, -2).reduce((product, dim) => product * dim, 1);
  return [before * field, last * field];
}

function uniformBetween(size: number, min: number, max: number, uniform: UniformSource): Float32Array {
  const drawn = uniform(size);
  return Float32Array.from({ length: size }, (_, index) => min + (max - min) * at(drawn, index));
}

/** Box–Muller: two uniform numbers for every pair of normal ones. */
function standardNormals(size: number, uniform: UniformSource): Float64Array {
  const normal = new Float64Array(size);
  const drawn = uniform(size + (size % 2));
  for (let index = 0; index < size; index += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - at(drawn, index)));
    const angle = 2 * Math.PI * at(drawn, index + 1);
    normal[index] = radius * Math.cos(angle);
    if (index + 1 < size) normal[index + 1] = radius * Math.sin(angle);
  }
  return normal;
}

const normals = (size: number, mean: number, std: number, uniform: UniformSource): Float32Array =>
  Float32Array.from(standardNormals(size, uniform), (value) => mean + std * value);

/** Values beyond two standard deviations are drawn anew. */
function truncatedNormals(size: number, mean: number, std: number, uniform: UniformSource): Float32Array {
  const values = new Float32Array(size);
  let filled = 0;
  while (filled < size) {
    for (const value of standardNormals(size - filled, uniform)) {
      if (Math.abs(value) <= 2) values[filled++] = mean + std * value;
    }
  }
  return values;
}

/**
 * Orthonormal rows or columns (Saxe et al. 2013): the Q of a normal matrix's QR, by modified Gram–Schmidt run twice
 * over each column, which keeps it orthonormal to working precision. R's diagonal is positive, as Keras makes it.
 */
function orthogonal(shape: readonly number[], gain: number, uniform: UniformSource): Float32Array {
  const columns = shape.at(-1) ?? 1;
  const rows = shape.slice(0, -1).reduce((product, dim) => product * dim, 1);
  const [long, short] = rows >= columns ? [rows, columns] : [columns, rows];
  const basis = standardNormals(long * short, uniform); // `short` vectors of length `long`, one after the other
  for (let vector = 0; vector < short; vector++) {
    const own = basis.subarray(vector * long, (vector + 1) * long);
    for (let round = 0; round < 2; round++) {
      for (let other = 0; other < vector; other++) {
        const unit = basis.subarray(other * long, (other + 1) * long);
        const along = dot(own, unit);
        for (let index = 0; index < long; index++) own[index] = at(own, index) - along * at(unit, index);
      }
      const length = Math.sqrt(dot(own, own));
      for (let index = 0; index < long; index++) own[index] = at(own, index) / length;
    }
  }
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const source = rows >= columns ? column * long + row : row * long + column;
      values[row * columns + column] = gain * at(basis, source);
    }
  }
  return values;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += at(a, index) * at(b, index);
  return sum;
}

function identity(shape: readonly number[], gain: number): Float32Array {
  const columns = shape.at(-1) ?? 1;
  const rows = shape.slice(0, -1).reduce((product, dim) => product * dim, 1);
  const values = new Float32Array(rows * columns);
  for (let index = 0; index < Math.min(rows, columns); index++) values[index * columns + index] = gain;
  return values;
}

/** LSTM bias of gates i, f, c, o: one for the forget gate, so that memory lasts from the start (Jozefowicz et al. 2015). */
function unitForgetBias(size: number): Float32Array {
  const units = size / 4;
  return new Float32Array(size).fill(1, units, 2 * units);
}

const at = (values: ArrayLike<number>, index: number): number => values[index] ?? 0;
