import { seedOf, uniform } from '@/lib/tensor/philox';

/** `[m, k] × [k, n]`, and what happens to the result. */
export interface ProductCase {
  m: number;
  k: number;
  n: number;
  transposeA: boolean;
  transposeB: boolean;
  finish: 'none' | 'bias' | 'relu' | 'gate';
}

/** Less than a vector, ragged, deeper than is packed at once, more rows and columns than one thread takes. */
const SIZES: [number, number, number][] = [
  [1, 1, 1],
  [5, 3, 2],
  [7, 300, 10],
  [64, 37, 65],
  [33, 17, 130],
  [700, 20, 30],
  [64, 100, 784],
];

export const productCases: ProductCase[] = SIZES.flatMap(([m, k, n], i) =>
  [false, true].flatMap((transposeA) =>
    [false, true].flatMap((transposeB) =>
      (i % 2 === 0 ? (['none', 'relu'] as const) : (['bias', 'gate'] as const)).map((finish) => ({
        m,
        k,
        n,
        transposeA,
        transposeB,
        finish,
      })),
    ),
  ),
);

/** From −4 to 4: products of such and their sums are exact. */
export const whole = (name: string, count: number): Float32Array =>
  uniform(seedOf(2, name), count, -4.5, 4.5).map(Math.round);

/** Scores in both tails, and answers. */
export const scores = [-60, -20, -1, 0, 0.5, 3, 20, 60, 60, -60, 1.25];
export const answers = [0, 0, 0, 0.25, 1, 1, 1, 1, 0, 1, 0.5];

/** By the definition. */
export function productOf({ m, k, n, transposeA, transposeB, finish }: ProductCase): number[] {
  const [a, b, bias, gate] = [whole('a', m * k), whole('b', k * n), whole('bias', n), whole('gate', m * n)];
  const result: number[] = [];
  for (let row = 0; row < m; row++)
    for (let column = 0; column < n; column++) {
      let sum = 0;
      for (let i = 0; i < k; i++)
        sum +=
          (a[transposeA ? i * m + row : row * k + i] as number) *
          (b[transposeB ? column * k + i : i * n + column] as number);
      if (finish === 'bias' || finish === 'relu') sum += bias[column] as number;
      const passes = finish === 'relu' ? sum > 0 : finish === 'gate' ? (gate[row * n + column] as number) > 0 : true;
      result.push(passes ? sum : 0);
    }
  return result;
}
