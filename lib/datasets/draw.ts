import { normal, seedOf, uniform } from '@/lib/tensor/philox';

/** Numbers one after another, the same for the same seed and name. */
export interface Draw {
  /** In [min, max). */
  uniform(min: number, max: number): number;
  /** Mean 0, standard deviation 1. */
  normal(): number;
}

const BLOCK = 4096;

/** Draws for a generated data set. `name` keeps the sets apart. */
export function drawFrom(seed: number, name: string): Draw {
  const uniforms = stream((block) => uniform(seedOf(seed, name, 'uniform', block), BLOCK));
  const normals = stream((block) => normal(seedOf(seed, name, 'normal', block), BLOCK));
  return { uniform: (min, max) => min + (max - min) * uniforms(), normal: normals };
}

function stream(make: (block: number) => Float32Array): () => number {
  let taken = 0;
  let block: Float32Array = make(0);
  return () => {
    if (taken > 0 && taken % BLOCK === 0) block = make(taken / BLOCK);
    return block[taken++ % BLOCK] ?? 0;
  };
}
