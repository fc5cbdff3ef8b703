import type { Op } from '@/lib/compile/program';
import type { Random, Tf } from '@/lib/nodes/kind';
import { normal, type Seed, seedOf, uniform } from '@/lib/tensor/philox';
import type { EngineHost, RandomKey } from './host';

/** Seed of the `stream`-th draw of one op call: PROGRAMS section 3, "Random numbers". */
export const seedOfDraw = (key: RandomKey, stream: number): Seed =>
  seedOf(key.seed, key.path, key.pass, key.clock, key.t, stream);

/** Draws in TypeScript and uploads; hosts with stateless random ops of their own give the same bits. */
export function drawHere(tf: Tf, key: RandomKey): Random {
  let stream = 0;
  const draw = (of: typeof uniform, shape: number[], a: number, b: number) => {
    const size = shape.reduce((product, length) => product * length, 1);
    return tf.tensor(of(seedOfDraw(key, stream++), size, a, b), shape, 'float32');
  };
  return {
    uniform: (shape, min = 0, max = 1) => draw(uniform, shape, min, max),
    normal: (shape, mean = 0, std = 1) => draw(normal, shape, mean, std),
  };
}

export const randomOf = (host: EngineHost, op: Op, key: Omit<RandomKey, 'path'>): Random => {
  const whole = keyOf(op, { ...key, path: op.id });
  return host.random?.(whole) ?? drawHere(host.tf, whole);
};

/** What hangs on examples hangs neither on the moment nor on what is done with them. */
export const keyOf = ({ rng }: Pick<Op, 'rng'>, key: RandomKey): RandomKey =>
  rng === 'example' ? { ...key, pass: 'train', clock: 0 } : key;
