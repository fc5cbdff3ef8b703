import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { required } from '@/lib/base/invariant';
import { parseParams } from '@/lib/nodes/common/parse-params';
import type { RunContext, Tf } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { seedOf, uniform } from '@/lib/tensor/philox';

const BATCH = 400;
const LEVELS = 5;

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** For each example the level from which on it has the second style; `LEVELS` where it has the first everywhere. */
function cuts(probability: number, mode: RunContext['mode'] = 'train'): number[] {
  const kind = required(kinds['style-mix'], 'style-mix');
  if (kind.run?.as !== 'op') throw new Error('style-mix does not run');
  let stream = 0;
  const size = (shape: number[]) => shape.reduce((product, length) => product * length, 1);
  const { outputs } = kind.run.run(tf as unknown as Tf, {
    params: parseParams(kind.face, { levels: LEVELS, probability }).params,
    numbers: {},
    inputs: { x: [tf.zeros([BATCH, 1])], w2: [tf.ones([BATCH, 1])] },
    spec: () => undefined,
    variables: {},
    mode,
    random: {
      uniform: (shape) => tf.tensor(uniform(seedOf('mix', stream++), size(shape)), shape),
      normal: () => tf.scalar(0),
    },
    batch: BATCH,
  });
  const styles = [...required(outputs.y, 'styles').dataSync()];
  return Array.from({ length: BATCH }, (_, row) => {
    const own = styles.slice(row * LEVELS, (row + 1) * LEVELS);
    // Once fine, always fine.
    expect(own).toEqual([...own].sort());
    return own.includes(1) ? own.indexOf(1) : LEVELS;
  });
}

const share = (found: number[], wanted: (cut: number) => boolean) => found.filter(wanted).length / BATCH;

describe('style mix', () => {
  it('takes the finer levels from the second style as often as asked, from any level but the first', () => {
    const found = cuts(0.6);
    expect(share(found, (cut) => cut < LEVELS)).toBeCloseTo(0.6, 1);
    for (let level = 1; level < LEVELS; level++)
      expect(share(found, (cut) => cut === level)).toBeCloseTo(0.6 / (LEVELS - 1), 1);
    expect(Math.min(...found)).toBe(1);
  });

  it('has the first style everywhere where it is never mixed, and in use', () => {
    expect(share(cuts(0), (cut) => cut === LEVELS)).toBe(1);
    expect(share(cuts(1, 'evaluation'), (cut) => cut === LEVELS)).toBe(1);
  });
});
