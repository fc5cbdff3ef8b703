import { expect, it } from 'vitest';
import type { RunEvent } from '@/lib/protocol/run-event';
import type { FromTrainingChild } from '@/server/worker/child-protocol';
import { Outbox } from '@/server/worker/outbox';

const event = (iteration: number): RunEvent => ({ type: 'metrics', iteration, epoch: 0, values: { 'train.loss': 1 } });

type Batch = Extract<FromTrainingChild, { say: 'batch' }>;

function open() {
  const batches: Batch[] = [];
  const outbox = new Outbox((message) => {
    if (message.say === 'batch') batches.push(message);
  });
  return { batches, outbox };
}

it('sends the first event at once and gathers those that follow', async () => {
  const { batches, outbox } = open();
  for (let seq = 0; seq < 50; seq++) outbox.event(seq, event(seq));
  expect(batches.map(({ events }) => events.length)).toEqual([1]);
  const drained = outbox.drained();
  expect(batches.map(({ events }) => events.length)).toEqual([1, 49]);
  expect(batches.flatMap(({ events }) => events.map(({ seq }) => seq))).toEqual([...Array(50).keys()]);
  outbox.written(2);
  await drained;
});

it('makes training wait while the database is away, and loses nothing', async () => {
  const { batches, outbox } = open();
  let seq = 0;
  let waits = false;
  const train = async (): Promise<void> => {
    while (seq < 6_000) {
      outbox.event(seq, event(seq));
      seq++;
      await outbox.room();
    }
    await outbox.drained();
  };
  const trained = train().then(() => {
    waits = true;
  });
  // Macrotasks pass; the database answers nothing.
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
  expect(seq).toBeLessThan(4_100);
  expect(waits).toBe(false);
  while (!waits) {
    outbox.written(batches.at(-1)?.batch ?? 0);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await trained;
  expect(batches.flatMap(({ events }) => events.map((one) => one.seq))).toEqual([...Array(6_000).keys()]);
});

it('keeps only the latest progress', async () => {
  const { batches, outbox } = open();
  const progress = (iteration: number) => ({
    iteration,
    epoch: 0,
    iterations: 10,
    examplesSeen: 0,
    examplesPerSecond: 0,
    secondsLeft: null,
    stepMilliseconds: 1,
    memoryBytes: null,
    device: 'here',
  });
  outbox.event(0, event(0));
  outbox.progress(progress(1));
  outbox.progress(progress(2));
  void outbox.drained();
  expect(batches.map((batch) => batch.progress?.iteration)).toEqual([undefined, 2]);
});
