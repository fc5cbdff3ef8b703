import { beforeAll, describe, expect, it } from 'vitest';
import { required } from '@/lib/base/invariant';
import type { KindExample, PlainParams, RunResult, Tensor } from '@/lib/nodes/kind';
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
const both = (example: KindExample, cell: string): KindExample => ({
  ...example,
  params: { ...example.params, cell, units: 3 },
});
type Reader = [title: string, id: string, example: KindExample];
const oneWay: Reader[] = [
  ...['simple-rnn', 'lstm', 'gru'].map((id): Reader => [id, id, rows]),
  ['conv-lstm-2d', 'conv-lstm-2d', film],
];
const readers: Reader[] = [
  ...oneWay,
  ['bidirectional GRU', 'bidirectional', both(rows, 'gru')],
  ['bidirectional conv LSTM', 'bidirectional', both(film, 'conv-lstm-2d')],
];

const numbers = (tensor: Tensor | undefined): number[] => [...(tensor as Tensor).dataSync()];
const part = (x: Tensor, from: number, steps: number): Tensor =>
  tf.slice(x as tf.Tensor, [0, from], [x.shape[0] ?? 0, steps]);

/** Reads with these states from the batch before; without any: from zero, as a plain layer. */
function readingWith(id: string, example: KindExample, mode: 'train' | 'evaluation', set: PlainParams = {}) {
  const kind = required(kinds[id], id);
  const prepared = prepare(kind, example, { stateful: true, ...set }, mode);
  const slots = (prepared.inference.variables ?? []).filter(({ perExample }) => perExample).map(({ slot }) => slot);
  const zeros = Object.fromEntries(
    slots.map((slot) => [slot, tf.zerosLike(prepared.context.variables[slot] as tf.Tensor)]),
  );
  const [x] = prepared.context.inputs.x as [Tensor];
  const read = (piece: Tensor, variables: Record<string, Tensor> = zeros): RunResult =>
    runExample(kind, {
      ...prepared,
      context: {
        ...prepared.context,
        inputs: { x: [piece] },
        variables: { ...prepared.context.variables, ...zeros, ...variables },
      },
    });
  return { x, read, prepared };
}

describe.each(oneWay)('a stateful %s', (_, id, example) => {
  it('reads a long sequence in pieces as in one', () => {
    tf.tidy(() => {
      const { x, read } = readingWith(id, example, 'train');
      const whole = read(x);
      const first = read(part(x, 0, 2));
      const second = read(part(x, 2, 4), first.writes);
      expect(numbers(second.outputs.y)).toEqual(numbers(part(whole.outputs.y as Tensor, 2, 4)));
      for (const [slot, state] of Object.entries(whole.writes ?? {}))
        expect(numbers(second.writes?.[slot]), slot).toEqual(numbers(state));
    });
  });

  it('takes no other beginning', () => {
    const hidden = features(['batch', ...(id === 'conv-lstm-2d' ? [3, 2, 2] : [3])]);
    const given = { ...example, inputs: { ...example.inputs, hidden: [hidden] } };
    const { inference } = prepare(required(kinds[id], id), given, { stateful: true });
    expect(inference.problems?.map(({ code, param }) => `${code} ${param}`)).toEqual(['param-range stateful']);
  });
});

describe.each(readers)('a stateful %s', (_, id, example) => {
  const reading = (mode: 'train' | 'evaluation') => readingWith(id, example, mode);

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
});

describe.each(['last', 'every'])('both ways of a stateful bidirectional layer, giving the %s step', (gives) => {
  it('go on each for itself, as two layers that read one way', () => {
    tf.tidy(() => {
      const { x, read, prepared } = readingWith('bidirectional', both(rows, 'lstm'), 'train', { gives });
      const pieces = [part(x, 0, 2), part(x, 2, 2), part(x, 4, 2)];
      const ways = ['forward_', 'backward_'].map((prefix) => {
        const own = Object.entries(prepared.context.variables).filter(([slot]) => slot.startsWith(prefix));
        const weights = Object.fromEntries(own.map(([slot, value]) => [slot.slice(prefix.length), value]));
        const backwards = prefix === 'backward_';
        const one = readingWith('lstm', rows, 'train', { gives, backwards });
        let states: Record<string, Tensor> = {};
        return pieces.map((piece) => {
          const { kernel, recurrent_kernel, bias } = weights as Record<string, Tensor>;
          const kept = { kernel, recurrent_kernel, bias } as Record<string, Tensor>;
          const { outputs, writes } = one.read(piece, { ...kept, ...states });
          states = writes ?? {};
          const y = outputs.y as tf.Tensor;
          return backwards && gives === 'every' ? tf.reverse(y, 1) : y;
        });
      });
      let states: Record<string, Tensor> | undefined;
      for (const [at, piece] of pieces.entries()) {
        const { outputs, writes } = read(piece, states);
        states = writes;
        expect(Object.keys(writes ?? {})).toHaveLength(4);
        const expected = tf.concat(
          ways.map((answers) => required(answers[at], 'an answer')),
          -1,
        );
        expect(numbers(outputs.y)).toEqual(numbers(expected));
      }
    });
  });
});
