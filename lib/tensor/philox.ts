/**
 * Stateless random numbers: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011) with
 * the same bits as TensorFlow's `StatelessRandomUniform`, which the native engine calls. A number depends on its key
 * and its place in the draw only, so that a resumed run equals an uninterrupted one.
 */

/** Two int32: the `seed` input of TensorFlow's stateless ops. */
export type Seed = readonly [number, number];

const TWO_32 = 4294967296;
const EPSILON = Math.fround(1e-7);

/** High half of a 32×32-bit product: the double's error is far below half a unit of the quotient. */
const high = (a: number, b: number): number => Math.round((a * b - (Math.imul(a, b) >>> 0)) / TWO_32) >>> 0;

/** Ten rounds, in place: four uint32 of counter become four uint32 of noise. */
function philox(c: Uint32Array, key0: number, key1: number): void {
  let [c0, c1, c2, c3] = [c[0] as number, c[1] as number, c[2] as number, c[3] as number];
  for (let round = 0; round < 10; round++) {
    const high0 = high(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0) >>> 0;
    const high1 = high(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2) >>> 0;
    c0 = (high1 ^ c1 ^ key0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ key1) >>> 0;
    c3 = low0;
    key0 = (key0 + 0x9e3779b9) >>> 0;
    key1 = (key1 + 0xbb67ae85) >>> 0;
  }
  c[0] = c0;
  c[1] = c1;
  c[2] = c2;
  c[3] = c3;
}

const avalanche = (h: number): number => {
  let x = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
};

/** Seed of a draw from what names it, such as (run seed, path, pass, clock, t, stream): a hash of 64 bits. */
export function seedOf(...parts: (string | number)[]): Seed {
  const text = parts.join('\u0000');
  let a = 0x243f6a88;
  let b = 0x85a308d3;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x9e3779b1) + (a >>> 13);
    b = Math.imul(b + code, 0x85ebca77) ^ (b >>> 11);
  }
  return [avalanche(a ^ Math.imul(b, 3)) | 0, avalanche(b + Math.imul(a, 5)) | 0];
}

/** `count` uint32, in the order in which TensorFlow fills an output. */
export function uniformBits(seed: Seed, count: number): Uint32Array {
  // TensorFlow scrambles the seed first; an int32 seed is sign-extended to 64 bits.
  const block = new Uint32Array([seed[0], seed[0] < 0 ? -1 : 0, seed[1], seed[1] < 0 ? -1 : 0]);
  philox(block, 0x3ec8f720, 0x02461e29);
  const [key0, key1, c2, c3] = [block[0] as number, block[1] as number, block[2] as number, block[3] as number];
  const bits = new Uint32Array(count);
  for (let at = 0, group = 0; at < count; at += 4, group++) {
    block[0] = group;
    block[1] = 0;
    block[2] = c2;
    block[3] = c3;
    philox(block, key0, key1);
    for (let i = 0; i < 4 && at + i < count; i++) bits[at + i] = block[i] as number;
  }
  return bits;
}

/** 23 random bits as a float in [0, 1): the mantissa of a number in [1, 2), less 1. */
const unit = (bits: number): number => (bits & 0x7fffff) / 0x800000;

/** float32 in [min, max): `unit · (max − min) + min`, rounded to float32 after each operation. */
export function uniform(seed: Seed, count: number, min = 0, max = 1): Float32Array {
  const bits = uniformBits(seed, count);
  const values = new Float32Array(count);
  const low = Math.fround(min);
  const range = Math.fround(Math.fround(max) - low);
  for (let i = 0; i < count; i++) values[i] = Math.fround(unit(bits[i] as number) * range) + low;
  return values;
}

/**
 * float32 with the given mean and standard deviation by Box and Muller (1958), from the same bits as TensorFlow's
 * `StatelessRandomNormal`; equal to it up to the last places of log, sin and cos.
 */
export function normal(seed: Seed, count: number, mean = 0, std = 1): Float32Array {
  const bits = uniformBits(seed, count + (count % 2));
  const values = new Float32Array(count);
  const center = Math.fround(mean);
  const scale = Math.fround(std);
  for (let i = 0; i < count; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(Math.max(unit(bits[i] as number), EPSILON)));
    const angle = 2 * Math.PI * unit(bits[i + 1] as number);
    values[i] = Math.fround(Math.fround(radius * Math.sin(angle)) * scale) + center;
    if (i + 1 < count) values[i + 1] = Math.fround(Math.fround(radius * Math.cos(angle)) * scale) + center;
  }
  return values;
}

/** A seeded order of 0 … n − 1 (Fisher and Yates, Durstenfeld's form). */
export function permutation(seed: Seed, n: number): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const bits = uniformBits(seed, n);
  for (let last = n - 1; last > 0; last--) {
    const other = Math.floor(((bits[last] as number) / TWO_32) * (last + 1));
    const kept = order[last] as number;
    order[last] = order[other] as number;
    order[other] = kept;
  }
  return order;
}
