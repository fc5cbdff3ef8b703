import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineHost } from '@/lib/engine/host';
import { applyOverrides, overrideId, programAsSet } from '@/lib/engine/overrides';
import type { CommandEvent, NumberedCommand } from '@/lib/engine/run-commands';
import { makeCheckpoint } from '@/lib/engine/run-state';
import type { Wish } from '@/lib/engine/run-training';
import { openRun } from '@/lib/engine/training-run';
import { kinds } from '@/lib/nodes/kinds.generated';
import type { RunCommand } from '@/lib/protocol/run-event';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openCpuHost } from '@/server/engine/cpu-host';
import { collectRun, timeless } from '@/tests/helpers/collect-run';
import { programOf } from '@/tests/helpers/compile-context';
import { ganFamily, mlpFamily } from '@/tests/helpers/family-documents';
import { batchNormDocument } from '@/tests/helpers/programs';

let host: EngineHost;
beforeAll(async () => {
  host = await openCpuHost(nodeDatasets());
});

const numbered = (...commands: RunCommand[]): NumberedCommand[] =>
  commands.map((command, i) => ({ n: i + 1, command }));
const paused = (commands: NumberedCommand[]) => ({ wants: (): Wish => 'pause', commands: () => commands });

describe('a paused run', () => {
  it('makes one step and pauses again; in the end it is the run that nobody touched, but for the notes in its log', async () => {
    const program = programOf(mlpFamily());
    const whole = await collectRun(program, host);
    const first = await collectRun(program, host, { pauseAfter: 4 });
    const commands = numbered({ do: 'step', update: null });
    const stepped = await collectRun(program, host, {
      control: paused(commands),
      ...(first.last ? { resume: first.last } : {}),
    });
    expect(stepped.outcome).toBe('paused');
    expect(stepped.last?.iteration).toBe(5);
    const made = stepped.events.slice(first.events.length);
    expect(made.map(({ type }) => type)).toContain('metrics');
    expect(made[0]).toMatchObject({ type: 'command', iteration: 4, n: 1, command: { do: 'step', update: null } });
    const rest = await collectRun(program, host, stepped.last ? { resume: stepped.last } : {});
    expect(rest.last?.tensors).toEqual(whole.last?.tensors);
  });

  it('steps through the end of an epoch with its validation', async () => {
    const program = programOf(mlpFamily());
    const first = await collectRun(program, host, { pauseAfter: 8 });
    const stepped = await collectRun(program, host, {
      control: paused(numbered({ do: 'step', update: null })),
      ...(first.last ? { resume: first.last } : {}),
    });
    expect(stepped.last?.iteration).toBe(9);
    expect(stepped.events.slice(first.events.length).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['command', 'sweep', 'checkpoint']),
    );
  });

  it('steps one optimizer alone: the other weights stay, and replaying the log repeats the run', async () => {
    const program = programOf(ganFamily());
    const first = await collectRun(program, host, { pauseAfter: 3 });
    const commands = numbered({ do: 'step', update: 'oD' }, { do: 'step', update: 'oD' }, { do: 'step', update: 'oG' });
    const stepped = await collectRun(program, host, {
      control: paused(commands),
      ...(first.last ? { resume: first.last } : {}),
    });
    expect(stepped.last?.iteration).toBe(6);
    const alone = await collectRun(program, host, {
      control: paused(commands.slice(0, 2)),
      ...(first.last ? { resume: first.last } : {}),
    });
    const of = (run: typeof first, id: string) => run.last?.tensors[`variable:${id}`];
    expect(of(alone, 'G/h#kernel')).toEqual(of(first, 'G/h#kernel'));
    expect(of(alone, 'Dr/h#kernel')).not.toEqual(of(first, 'Dr/h#kernel'));

    const rest = await collectRun(program, host, stepped.last ? { resume: stepped.last } : {});
    const events = [...first.events, ...stepped.events.slice(first.events.length)];
    events.push(...rest.events.slice(events.length));
    const log = events.filter((event): event is CommandEvent => event.type === 'command');
    const replayed = await collectRun(program, host, { log });
    expect(replayed.events.map(timeless)).toEqual(events.map(timeless));
    expect(replayed.last?.tensors).toEqual(rest.last?.tensors);
  });

  it('takes no step once its training is over', async () => {
    const program = programOf(batchNormDocument());
    const { last } = await collectRun(program, host, { pauseAfter: 6 });
    const over = await collectRun(program, host, {
      control: paused(numbered({ do: 'step', update: null })),
      ...(last ? { resume: last } : {}),
    });
    expect(over.outcome).toBe('paused');
    expect(over.last?.iteration).toBe(5);
    expect(over.events.find((event) => event?.type === 'command')).toMatchObject({
      iteration: 5,
      text: expect.stringMatching(/is over/),
    });
  });
});

describe('live numbers', () => {
  it('follow a person instead of a schedule, until they are given back', async () => {
    const program = programOf(batchNormDocument());
    const rate = (value: number | null): RunCommand => ({ do: 'set', path: 'momentum', param: 'rate', value });
    const whole = await collectRun(program, host);
    const frozen = await collectRun(program, host, {
      control: { wants: () => 'go', commands: () => numbered(rate(0)) },
    });
    const weights = (run: typeof whole) => run.last?.tensors['variable:dense#kernel'];
    const first = await collectRun(program, host, { pauseAfter: 0 });
    expect(weights(frozen)).toEqual(weights(first));
    const free = await collectRun(program, host, {
      control: { wants: () => 'go', commands: () => numbered(rate(0), rate(null)) },
    });
    expect(weights(free)).toEqual(weights(whole));
    expect(frozen.events.filter(({ type }) => type === 'command')).toHaveLength(1);
  });

  it('an override is a value of its own in a step, and a plain number in an export', async () => {
    const program = programOf(mlpFamily());
    const run = await openRun(program, kinds, host, 7, {});
    run.progress.overrides.numbers[overrideId('opt', 'rate')] = 0.5;
    applyOverrides(run);
    const [update] = run.plan.updates;
    expect(update?.task.numbers.rate).toBe('override:opt.rate');
    expect(run.program.hash).toBe(program.hash);
    const plain = programAsSet(program, makeCheckpoint(run));
    expect(plain.tasks.find((task) => task.do === 'update')?.numbers.rate).toBe(0.5);
    for (const [, tensor] of run.device.variables) tensor.dispose();
  });
});

describe('the length of a run', () => {
  const length = (epochs: number): RunCommand => ({ do: 'length', length: { epochs } });

  it('grows while it trains', async () => {
    const log: CommandEvent[] = [
      {
        type: 'command',
        iteration: 10,
        epoch: 0,
        n: 1,
        command: length(4),
        text: 'Length: 4 epochs',
        iterations: 36,
        epochs: 4,
      },
    ];
    const run = await collectRun(programOf(mlpFamily()), host, { log });
    expect(run.events.find(({ type }) => type === 'command')).toEqual({ ...log[0], epoch: 1 });
    const finished = run.events.at(-1);
    expect(finished).toMatchObject({ type: 'finished', status: 'succeeded' });
    expect(finished?.type === 'finished' && finished.iteration).toBeGreaterThanOrEqual(27);
  });

  it('cannot end before now: the run ends with its next iteration, validated as always', async () => {
    const log: CommandEvent[] = [
      { type: 'command', iteration: 13, epoch: 0, n: 1, command: length(1), text: '', iterations: 0, epochs: null },
    ];
    const { events, last } = await collectRun(programOf(mlpFamily()), host, { log });
    expect(last?.iteration).toBe(14);
    expect(events.find(({ type }) => type === 'command')).toMatchObject({ iterations: 14 });
    expect(events.filter((event) => event.type === 'sweep' && event.split === 'validation')).toHaveLength(2);
  });
});
