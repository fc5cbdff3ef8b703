import { beforeAll, describe, expect, it } from 'vitest';
import { timeOf } from '@/lib/nodes/common/time-of';
import type { KindExample, Tensor } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { examplesOf } from '@/tests/helpers/examples-of';
import { prepare, runExample, tf } from './example';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** A sequence of at least two steps on port x. */
const steps = ({ inputs }: KindExample): number => {
  const shape = inputs.x?.[0]?.shape ?? [];
  return shape.length === 3 && inputs.x?.length === 1 && typeof shape[1] === 'number' ? shape[1] : 0;
};

const cases = Object.entries(kinds).flatMap(([id, kind]) =>
  kind.run?.as === 'op'
    ? examplesOf(kind)
        .filter((example) => steps(example) > 1)
        .map((example) => ({ id, kind, example, title: example.title }))
    : [],
);

describe.each(cases)('$id: $title', ({ kind, example }) => {
  it('looks no further along the sequence than it says', () => {
    const prepared = prepare(kind, example);
    const time = timeOf(kind.face, prepared.params);
    const length = steps(example);
    tf.tidy(() => {
      const [x] = prepared.context.inputs.x as [Tensor];
      const before = runExample(kind, prepared).outputs;
      for (let at = 1; at < length; at++) {
        const change = tf.oneHot(tf.tensor1d([at], 'int32'), length);
        const shape = [1, length, 1];
        const moved = tf.cast(tf.add(x, tf.reshape(tf.cast(change, 'float32'), shape)), x.dtype);
        const after = runExample(kind, {
          ...prepared,
          context: { ...prepared.context, inputs: { ...prepared.context.inputs, x: [moved] } },
        }).outputs;
        for (const [port, tensor] of Object.entries(after)) {
          if (time === 'mixing' || tensor.rank < 3 || tensor.shape[1] !== length) continue;
          const differs = tf.notEqual(tensor, before[port] as Tensor);
          const rest = differs.shape.map((_, axis) => axis).filter((axis) => axis !== 1);
          const changed = [...tf.any(differs, rest).dataSync()];
          expect(changed.slice(0, at).some(Boolean), `${port} before step ${at}`).toBe(false);
          if (time === 'pointwise') expect(changed.slice(at + 1).some(Boolean), `${port} after step ${at}`).toBe(false);
        }
      }
    });
    prepared.dispose();
  });
});
