import { beforeAll, describe, expect, it } from 'vitest';
import type { Program } from '@/lib/compile/program';
import type { Checkpoint } from '@/lib/engine/checkpoint';
import type { EngineHost } from '@/lib/engine/host';
import type { CommandEvent } from '@/lib/engine/run-commands';
import type { Document } from '@/lib/graph/document';
import type { RunCommand, RunEvent } from '@/lib/protocol/run-event';
import { collectRun, timeless } from '@/tests/helpers/collect-run';
import { programOf } from '@/tests/helpers/compile-context';
import {
  cnnFamily,
  explodingFamily,
  ganFamily,
  lstmFamily,
  mlpFamily,
  raceFamily,
  vaeFamily,
} from '@/tests/helpers/family-documents';

const families: Record<string, () => Document> = {
  'a multilayer perceptron that gathers gradients': mlpFamily,
  'convolutions with batch norm and dropout': cnnFamily,
  'an LSTM': lstmFamily,
  'a variational autoencoder': vaeFamily,
  'a GAN with a history and an average': ganFamily,
  'a race from which one optimizer is retired': raceFamily,
};

/** Wishes that are asked before a slice ends, in turn: iterations, and batches of sweeps. */
const SLICES = [1, 5, 8, 3, 11];

/** A run in slices, each of which begins from the bytes of the last one's checkpoint. */
async function runInSlices(program: Program, host: EngineHost, log: readonly CommandEvent[] = []) {
  const events: RunEvent[] = [];
  const stops: Checkpoint[] = [];
  let resume: Checkpoint | undefined;
  for (let slice = 0; slice < 200; slice++) {
    const began = resume?.seq ?? 0;
    const pauseAfter = (resume?.iteration ?? 0) + (SLICES[slice % SLICES.length] ?? 1);
    const part = await collectRun(program, host, { pauseAfter, log, ...(resume ? { resume } : {}) });
    events.length = began;
    events.push(...part.events.slice(began));
    if (part.outcome === 'finished') return { events, stops, last: part.last ?? resume };
    if (!part.last) throw new Error('a pause leaves a checkpoint');
    stops.push(part.last);
    resume = part.last;
  }
  throw new Error('the run never came to its end');
}

/** Commands as a log has them: each takes effect before an iteration. */
const commandLog = (...commands: [iteration: number, command: RunCommand][]): CommandEvent[] =>
  commands.map(([iteration, command], i) => ({
    type: 'command',
    iteration,
    epoch: 0,
    n: i + 1,
    command,
    text: '',
    iterations: 0,
    epochs: null,
  }));

const set = (path: string, param: string, value: number | null): RunCommand => ({ do: 'set', path, param, value });
const step = (update: string | null): RunCommand => ({ do: 'step', update });

const commanded: Record<string, { document: () => Document; log: CommandEvent[]; ends: number }> = {
  'rates, dropout and clipping of a perceptron, and its length': {
    document: mlpFamily,
    log: commandLog(
      [3, set('opt', 'rate', 0.05)],
      [5, set('drop', 'rate', 0.6)],
      [8, step(null)],
      [11, set('opt', 'clipAt', 0.1)],
      [11, { do: 'length', length: { epochs: 2 } }],
      [14, set('opt', 'rate', null)],
    ),
    ends: 18,
  },
  'single steps of a GAN, and a number within its blocks': {
    document: ganFamily,
    log: commandLog(
      [2, step('oG')],
      [3, step('oG')],
      [6, step('oD')],
      [7, set('oD', 'rate', 0.1)],
      [9, set('G/bn', 'momentum', 0.5)],
      [10, { do: 'length', length: { epochs: 1.5 } }],
    ),
    ends: 12,
  },
};

const gathered = ({ state }: Checkpoint): number[] =>
  Object.values(state.optimizers as unknown as Record<string, { gathered: number }>).map((one) => one.gathered);

const stateOf = ({ state }: Checkpoint): unknown => ({
  ...state,
  progress: { ...(state.progress as object), iterationSeconds: 0 },
});

/** Stopping and going on leaves no trace: the same weights, slots, statistics and events, bit for bit. */
export function resumesExactly(title: string, open: () => Promise<EngineHost>): void {
  describe(title, () => {
    let host: EngineHost;
    beforeAll(async () => {
      host = await open();
    }, 300_000);

    it.each(Object.keys(families))('goes on exactly: %s', async (name) => {
      const program = programOf((families[name] as () => Document)());
      const tensors = host.tf.memory().numTensors;
      const whole = await collectRun(program, host);
      const { events, stops, last } = await runInSlices(program, host);
      expect(events.map(timeless)).toEqual(whole.events.map(timeless));
      if (!last || !whole.last) throw new Error('a run that ends leaves a checkpoint');
      expect(last.tensors).toEqual(whole.last.tensors);
      expect(stateOf(last)).toEqual(stateOf(whole.last));
      expect(host.tf.memory().numTensors).toBe(tensors);

      // The stops were where they say: inside of an epoch, at its end, between gathered gradients.
      const started = events[0];
      const epoch = started?.type === 'started' ? started.iterationsPerEpoch : null;
      if (!epoch) throw new Error('these runs count epochs');
      const places = stops.map(({ iteration }) => iteration % epoch);
      expect(new Set(stops.map(({ iteration }) => iteration)).size).toBeGreaterThanOrEqual(3);
      expect(places.some((place) => place > 0)).toBe(true);
      if (program.tasks.some((task) => task.do === 'update' && task.accumulate > 1))
        expect(stops.some((stop) => gathered(stop).some((count) => count > 0))).toBe(true);
      expect(events.some((event) => event.type === 'message' && event.code === 'retired')).toBe(
        families[name] === raceFamily,
      );
    });

    it.each(Object.keys(commanded))('goes on exactly through what people set: %s', async (name) => {
      const { document, log, ends } = commanded[name] as (typeof commanded)[string];
      const program = programOf(document());
      const plain = await collectRun(program, host);
      const whole = await collectRun(program, host, { log });
      const { events, last } = await runInSlices(program, host, log);
      expect(events.map(timeless)).toEqual(whole.events.map(timeless));
      expect(last?.tensors).toEqual(whole.last?.tensors);
      const done = events.filter((event) => event.type === 'command');
      expect(done.map(({ iteration, command }) => ({ iteration, command }))).toEqual(
        log.map(({ iteration, command }) => ({ iteration, command })),
      );
      expect(last?.iteration).toBe(ends);
      // Before the first command nothing differs; after it everything does.
      const losses = (run: RunEvent[]) =>
        run.flatMap((event) => (event.type === 'metrics' ? [event.values['train.loss']] : []));
      const [first = 0] = log.map(({ iteration }) => iteration);
      expect(losses(events).slice(0, first)).toEqual(losses(plain.events).slice(0, first));
      expect(losses(events).at(-1)).not.toEqual(losses(plain.events)[ends - 1]);
    });

    it('a run that explodes after a stop names the same place', async () => {
      const program = programOf(explodingFamily());
      const whole = await collectRun(program, host);
      const { events, stops } = await runInSlices(program, host);
      expect(events.map(timeless)).toEqual(whole.events.map(timeless));
      expect(events.at(-1)).toMatchObject({ type: 'finished', status: 'diverged' });
      expect(events.at(-2)).toMatchObject({ type: 'message', code: 'not-finite', node: expect.any(String) });
      expect(stops.at(-1)?.iteration).toBeGreaterThan(3);
    });
  });
}
