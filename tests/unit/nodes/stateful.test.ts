import { beforeAll, describe, expect, it } from 'vitest';
import { required } from '@/lib/base/invariant';
import type { KindExample, RunResult, Tensor } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import type { Spec } from '@/lib/tensor/spec';
import { prepare, runExample, tf } from '@/tests/contract/kinds/example';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const features = (shape: Spec['shape']): Spec => ({ shape, dtype: 'float32', meaning: 'features' });
const rows: KindExample = {
  title: 'rows',
  params: { units: 3, gives: 'every' },
  inputs: { x: [features(['batch', 6, 2])] },
};
const film: KindExample = {
  title: 'film',
  params: { filters: 2, kernel: [2, 2], gives: 'every' },
  inputs: { x: [features(['batch', 6, 3, 2, 1])] },
};
const readers = { 'simple-rnn': rows, lstm: rows, gru: rows, 'conv-lstm-2d': film } as const;

const numbers = (tensor: Tensor | undefined): number[] => [...(tensor as Tensor).dataSync()];
const part = (x: Tensor, from: number, steps: number): Tensor =>
  tf.slice(x as tf.Tensor, [0, from], [x.shape[0] ?? 0, steps]);

describe.each(Object.entries(readers))('a stateful %s', (id, example) => {
  const kind = required(kinds[id], id);
  /** Reads with these states from the batch before; without any: from zero, as a plain layer. */
  const reading = (mode: 'train' | 'evaluation') => {
    const prepared = prepare(kind, example, { stateful: true }, mode);
    const slots = (prepared.inference.variables ?? []).filter(({ perExample }) => perExample).map(({ slot }) => slot);
    const zeros = Object.fromEntries(
      slots.map((slot) => [slot, tf.zerosLike(prepared.context.variables[slot] as tf.Tensor)]),
    );
    const [x] = prepared.context.inputs.x as [Tensor];
    const read = (piece: Tensor, states: Record<string, Tensor> = zeros): RunResult =>
      runExample(kind, {
        ...prepared,
        context: {
          ...prepared.context,
          inputs: { x: [piece] },
          variables: { ...prepared.context.variables, ...states },
        },
      });
    return { x, read, prepared };
  };

  it('reads a long sequence in pieces as in one', () => {
    tf.tidy(() => {
      const { x, read } = reading('train');
      const whole = read(x);
      const first = read(part(x, 0, 2));
      const second = read(part(x, 2, 4), first.writes);
      expect(numbers(second.outputs.y)).toEqual(numbers(part(whole.outputs.y as Tensor, 2, 4)));
      for (const [slot, state] of Object.entries(whole.writes ?? {}))
        expect(numbers(second.writes?.[slot]), slot).toEqual(numbers(state));
    });
  });

  it('begins at zero outside of a training, and keeps nothing', () => {
    tf.tidy(() => {
      const { x, read, prepared } = reading('evaluation');
      const answer = read(x, prepared.context.variables);
      expect(numbers(answer.outputs.y)).toEqual(numbers(read(x).outputs.y));
      expect(answer.writes).toBeUndefined();
    });
  });

  it('lets rows that a smaller batch lacks stay as they are', () => {
    tf.tidy(() => {
      const { x, read } = reading('train');
      const before = read(x).writes ?? {};
      const few = read(tf.slice(x as tf.Tensor, 0, 2), before).writes ?? {};
      const all = read(x, before).writes ?? {};
      for (const [slot, state] of Object.entries(before)) {
        expect(few[slot]?.shape).toEqual(state.shape);
        expect(numbers(tf.slice(few[slot] as tf.Tensor, 0, 2))).toEqual(
          numbers(tf.slice(all[slot] as tf.Tensor, 0, 2)),
        );
        expect(numbers(tf.slice(few[slot] as tf.Tensor, 2))).toEqual(numbers(tf.slice(state as tf.Tensor, 2)));
      }
    });
  });

  it('takes no other beginning', () => {
    const hidden = features(['batch', ...(id === 'conv-lstm-2d' ? [3, 2, 2] : [3])]);
    const given = { ...example, inputs: { ...example.inputs, hidden: [hidden] } };
    const { inference } = prepare(kind, given, { stateful: true });
    expect(inference.problems?.map(({ code, param }) => `${code} ${param}`)).toEqual(['param-range stateful']);
  });
});
