import type { Tensor, Tf } from '../kind';

export type Interpolation = 'nearest' | 'bilinear';

/**
 * `[batch, height, width, channels]` at another height and width, with half-pixel centres, as Keras has it. It is two
 * products with fixed matrices: TensorFlow.js' own resizing has a wrong gradient for these centres.
 */
export function resample(tf: Tf, x: Tensor, height: number, width: number, interpolation: Interpolation): Tensor {
  const [batch = 1, rows = 1, columns = 1, channels = 1] = x.shape;
  const tall = tf.matMul(shares(tf, rows, height, interpolation), tf.reshape(x, [batch, rows, columns * channels]));
  const lines = tf.reshape(tall, [batch * height, columns, channels]);
  const wide = tf.matMul(shares(tf, columns, width, interpolation), lines);
  return tf.reshape(wide, [batch, height, width, channels]);
}

/** The matrix `[1, length, size]`: what share each of `size` pixels has in each of `length`. */
function shares(tf: Tf, size: number, length: number, interpolation: Interpolation): Tensor {
  const weights = new Float32Array(length * size);
  const add = (place: number, pixel: number, share: number): void => {
    const at = place * size + Math.min(size - 1, Math.max(0, pixel));
    weights[at] = (weights[at] ?? 0) + share;
  };
  for (let place = 0; place < length; place++) {
    const centre = ((place + 0.5) * size) / length;
    if (interpolation === 'nearest') add(place, Math.floor(centre), 1);
    else {
      const below = Math.floor(centre - 0.5);
      const share = centre - 0.5 - below;
      add(place, below, 1 - share);
      add(place, below + 1, share);
    }
  }
  return tf.tensor3d(weights, [1, length, size]);
}
