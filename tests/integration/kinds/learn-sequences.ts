import { describe, expect, it } from 'vitest';
import type { EngineHost } from '@/lib/engine/host';
import type { PlainParams } from '@/lib/nodes/kind';
import { collectRun } from '@/tests/helpers/collect-run';
import { documentOf, programOf, type Wire } from '@/tests/helpers/programs';

type Sketch = Record<string, { kind: string; params?: PlainParams }>;

/** Drawn digits of 8 rows, read row by row; `reads` leads from `rows.y` to `answer.x`. */
const digits = (reads: Sketch, wires: Wire[]) =>
  documentOf(
    {
      data: { kind: 'dataset', params: { dataset: 'digits' } },
      rows: { kind: 'reshape', params: { shape: [8, 8] } },
      ...reads,
      answer: { kind: 'dense', params: { units: 10 } },
      loss: { kind: 'cross-entropy' },
      adam: { kind: 'adam', params: { rate: 0.01 } },
      training: { kind: 'training', params: { lengthBy: 'iterations', iterations: 60 } },
    },
    [
      ['data.image', 'rows.x'],
      ...wires,
      ['answer.y', 'loss.logits'],
      ['data.label', 'loss.labels'],
      ['loss.loss', 'adam.loss'],
      ['adam.step', 'training.steps'],
    ],
    32,
  );

const transformer = digits(
  {
    wide: { kind: 'dense', params: { units: 16 } },
    place: { kind: 'position-embedding', params: { length: 8 } },
    norm: { kind: 'layer-norm' },
    look: { kind: 'multi-head-attention', params: { heads: 2, size: 8 } },
    skip: { kind: 'add' },
    mean: { kind: 'global-average-pool-1d' },
  },
  [
    ['rows.y', 'wide.x'],
    ['wide.y', 'place.x'],
    ['place.y', 'norm.x'],
    ['norm.y', 'look.x'],
    ['place.y', 'skip.x'],
    ['look.y', 'skip.x'],
    ['skip.y', 'mean.x'],
    ['mean.y', 'answer.x'],
  ],
);

const bidirectional = digits({ read: { kind: 'bidirectional', params: { units: 12 } } }, [
  ['rows.y', 'read.x'],
  ['read.y', 'answer.x'],
]);

/** Sequence models learn on an engine, of which a process holds one. */
export function learnSequences(engine: string, open: () => EngineHost | Promise<EngineHost>): void {
  describe(`on ${engine}`, () => {
    it.each([
      ['a small transformer', transformer],
      ['a bidirectional LSTM', bidirectional],
    ])(
      '%s learns to read digits',
      async (_, document) => {
        const host = await open();
        const { events } = await collectRun(programOf(document), host);
        const losses = events.flatMap((event) =>
          event.type === 'metrics' && typeof event.values['train.loss'] === 'number'
            ? [event.values['train.loss']]
            : [],
        );
        expect(events.at(-1)).toMatchObject({ type: 'finished', status: 'succeeded' });
        expect(losses.at(-1)).toBeLessThan(0.7 * (losses[0] ?? 0));
      },
      120_000,
    );
  });
}
