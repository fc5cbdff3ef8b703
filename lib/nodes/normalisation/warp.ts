import type { Tensor, Tf } from '../kind';

/**
 * How each picture of a batch is moved: first mirrored, then turned and stretched about its middle, then shifted. All are
 * `[batch, 1, 1]`: mirrors are 1 or -1, shifts count pixels down and to the right, a positive angle turns clockwise.
 */
export interface Motion {
  mirrorY: Tensor;
  mirrorX: Tensor;
  cos: Tensor;
  sin: Tensor;
  scale: Tensor;
  down: Tensor;
  right: Tensor;
}

/** `edge` repeats the outermost pixels, `zero` leaves what lies outside empty. */
export type Outside = 'edge' | 'zero';

/**
 * `[batch, height, width, channels]` moved. Each pixel looks where it came from: with `smooth`, between four pixels, else at
 * the nearest. It is made of gathers, so that gradients reach the picture.
 */
export function warp(tf: Tf, x: Tensor, motion: Motion, smooth: boolean, outside: Outside): Tensor {
  const [batch = 0, height = 0, width = 0, channels = 0] = x.shape;
  const { cos, sin, scale } = motion;
  const v = tf.sub(tf.reshape(tf.range(0, height, 1, 'float32'), [1, height, 1]), tf.add(motion.down, middle(height)));
  const u = tf.sub(tf.reshape(tf.range(0, width, 1, 'float32'), [1, 1, width]), tf.add(motion.right, middle(width)));
  const turnedV = tf.div(tf.sub(tf.mul(v, cos), tf.mul(u, sin)), scale);
  const turnedU = tf.div(tf.add(tf.mul(u, cos), tf.mul(v, sin)), scale);
  const y = tf.add(tf.mul(turnedV, motion.mirrorY), middle(height));
  const across = tf.add(tf.mul(turnedU, motion.mirrorX), middle(width));

  const whole = (value: number): Tensor => tf.scalar(value, 'int32');
  const pixels = tf.reshape(x, [batch * height * width, channels]);
  const first = tf.mul(tf.reshape(tf.range(0, batch, 1, 'int32'), [batch, 1, 1]), whole(height * width));
  /** The pixels at whole rows and columns. */
  const at = (rows: Tensor, columns: Tensor): Tensor => {
    const row = tf.cast(tf.clipByValue(rows, 0, height - 1), 'int32');
    const column = tf.cast(tf.clipByValue(columns, 0, width - 1), 'int32');
    const place = tf.reshape(tf.add(first, tf.add(tf.mul(row, whole(width)), column)), [-1]);
    const found = tf.reshape(tf.gather(pixels, place as ReturnType<typeof tf.tensor1d>), [
      batch,
      height,
      width,
      channels,
    ]);
    if (outside === 'edge') return found;
    const inside = tf.logicalAnd(within(tf, rows, height), within(tf, columns, width));
    return tf.mul(found, tf.cast(tf.expandDims(inside, 3), found.dtype));
  };
  if (!smooth) return at(tf.floor(tf.add(y, 0.5)), tf.floor(tf.add(across, 0.5)));

  const [top, left] = [tf.floor(y), tf.floor(across)];
  const [below, beside] = [tf.expandDims(tf.sub(y, top), 3), tf.expandDims(tf.sub(across, left), 3)];
  const line = (rows: Tensor): Tensor => between(tf, at(rows, left), at(rows, tf.add(left, 1)), beside);
  return between(tf, line(top), line(tf.add(top, 1)), below);
}

const middle = (length: number): number => (length - 1) / 2;

const within = (tf: Tf, places: Tensor, length: number): Tensor =>
  tf.logicalAnd(tf.greaterEqual(places, 0), tf.lessEqual(places, length - 1));

const between = (tf: Tf, a: Tensor, b: Tensor, share: Tensor): Tensor =>
  tf.add(tf.mul(a, tf.sub(1, share)), tf.mul(b, share));

/**
 * Boxes `[batch, boxes, 4]` (`boxes.ts`) of pictures that are moved: the upright boxes around the moved corners, cut off at
 * the picture's edges. A box that is not used, or that has left the picture, becomes zero.
 */
export function warpBoxes(tf: Tf, boxes: Tensor, motion: Motion, height: number, width: number): Tensor {
  const { cos, sin, scale } = motion;
  const pick = (from: Tensor, places: number[]): Tensor => tf.gather(from, tf.tensor1d(places, 'int32'), 2);
  const v = tf.mul(tf.mul(tf.mul(tf.sub(pick(boxes, [0, 0, 2, 2]), 0.5), height), motion.mirrorY), scale);
  const u = tf.mul(tf.mul(tf.mul(tf.sub(pick(boxes, [1, 3, 1, 3]), 0.5), width), motion.mirrorX), scale);
  const part = (place: Tensor, shift: Tensor, length: number): Tensor =>
    tf.clipByValue(tf.add(tf.div(tf.add(place, shift), length), 0.5), 0, 1);
  const y = part(tf.add(tf.mul(v, cos), tf.mul(u, sin)), motion.down, height);
  const x = part(tf.sub(tf.mul(u, cos), tf.mul(v, sin)), motion.right, width);
  const moved = tf.stack([tf.min(y, 2), tf.min(x, 2), tf.max(y, 2), tf.max(x, 2)], 2);
  const hasArea = (box: Tensor): Tensor => {
    const sides = tf.sub(pick(box, [2, 3]), pick(box, [0, 1]));
    return tf.greater(tf.min(sides, 2, true), 0);
  };
  return tf.mul(moved, tf.cast(tf.logicalAnd(hasArea(boxes), hasArea(moved)), 'float32'));
}
