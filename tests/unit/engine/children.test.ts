import { beforeAll, describe, expect, it } from 'vitest';
import type { Checkpoint } from '@/lib/engine/checkpoint';
import type { EngineHost } from '@/lib/engine/host';
import type { SavedState } from '@/lib/engine/run-state';
import { runTraining, type TrainingOptions } from '@/lib/engine/run-training';
import { trainChild } from '@/lib/engine/train-child';
import type { ChildRequest } from '@/lib/nodes/common/children';
import { kinds } from '@/lib/nodes/kinds.generated';
import type { RunEvent } from '@/lib/protocol/run-event';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openCpuHost } from '@/server/engine/cpu-host';
import { architectureSearch, child } from '@/tests/helpers/caller-documents';
import { collectRun, timeless } from '@/tests/helpers/collect-run';
import { programOf } from '@/tests/helpers/programs';

let host: EngineHost;
beforeAll(async () => {
  host = await openCpuHost(nodeDatasets());
});

const request = (set: ChildRequest['set'], more: Partial<ChildRequest> = {}): ChildRequest => ({
  document: JSON.parse(JSON.stringify(child())),
  set,
  metric: 'val.accuracy',
  budget: 5,
  otherwise: -1,
  ...more,
});

const alone = (one: ChildRequest) => trainChild(host, one, { kinds, seed: 7, wants: () => 'go', train: runTraining });

describe('a child', () => {
  it('scores what it would as a run of its own', async () => {
    const program = programOf({
      ...child(),
      params: { units: { title: 'u', default: 8 }, rate: { title: 'r', default: 0.3 } },
    });
    const whole = await collectRun({ ...program, run: { ...program.run, length: { iterations: 5 } } }, host);
    const { metrics } = whole.events.at(-1) as Extract<RunEvent, { type: 'finished' }>;
    const score = await alone(request({ units: 8, rate: 0.3 }));
    expect(score).toBe(metrics['val.accuracy']);
    expect(await alone(request({ units: 8, rate: 0.3 }, { metric: 'test.loss' }))).toBe(metrics['test.loss']);
  });

  it('that cannot be built, or has no such metric, has the other score', async () => {
    expect(await alone(request({ units: -3 }))).toBe(-1);
    expect(await alone(request({}, { metric: 'val.beauty' }))).toBe(-1);
    expect(await alone(request({ rate: 1e30 }))).toBe(-1);
  });

  it('that is no document at all ends the run with what is wrong with it', async () => {
    await expect(alone(request({}, { document: { title: 'nothing' } }))).rejects.toThrow('cannot be read');
  });
});

describe('a search', () => {
  it('trains each child once, and its rewards are their scores', async () => {
    const scores: Record<string, number> = {};
    const program = programOf(architectureSearch());
    const children: TrainingOptions['children'] = async (asked) => {
      for (const { key, request: one } of asked) {
        expect(scores[key]).toBeUndefined();
        scores[key] = (await alone(one)) ?? Number.NaN;
      }
      return Object.fromEntries(asked.map(({ key }) => [key, scores[key] ?? Number.NaN]));
    };
    const elsewhere = await collectRun(program, host, { checkpointEvery: 1, children });
    const keys = Object.keys(scores);
    expect(keys.length).toBeGreaterThan(2);
    const state = elsewhere.last?.state as unknown as SavedState;
    expect(Object.values(state.progress.children)).toHaveLength(keys.length);
    const rewards = elsewhere.events.flatMap((event) =>
      event.type === 'metrics' ? [event.values['train.reward'] ?? Number.NaN] : [],
    );
    expect(rewards).toHaveLength(6);
    for (const reward of rewards) expect(reward).toBeGreaterThan(0);
    // Where nobody else trains them, they are trained here.
    const here = await collectRun(program, host, { checkpointEvery: 1 });
    expect(here.events.map(timeless)).toEqual(elsewhere.events.map(timeless));
  }, 120_000);

  it('shows every child that it has trained, with what was chosen, its score and its size', async () => {
    const { events, last } = await collectRun(programOf(architectureSearch()), host);
    const samples = events.flatMap((event) => (event.type === 'sample' ? [event] : []));
    expect(samples.map(({ iteration }) => iteration)).toEqual([0, 1, 3, 5]);
    const counts = samples.map(({ value }) => (value.sample === 'population' ? value.children.length : Number.NaN));
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    const value = samples.at(-1)?.value;
    if (value?.sample !== 'population') throw new Error('a population was expected');
    const state = last?.state as unknown as SavedState;
    expect(value.children).toHaveLength(Object.keys(state.progress.children).length);
    for (const { set, score, parameters } of value.children) {
      const units = Number(set.units);
      expect(parameters).toBe(4 * units + units + 3 * units + 3);
      expect(score).toBe(await alone(request(set, { budget: 4, otherwise: 0 })));
    }
  });

  it('pauses where a child is not done yet, and goes on when it is', { timeout: 120_000 }, async () => {
    const program = programOf(architectureSearch(2));
    const whole = await collectRun(program, host);
    const done: Record<string, number> = {};
    const events: RunEvent[] = [];
    let pauses = 0;
    for (let resume: Checkpoint | undefined; ; pauses++) {
      const part = await collectRun(program, host, {
        ...(resume ? { resume } : {}),
        children: async (asked) => {
          const known = Object.fromEntries(asked.flatMap(({ key }) => (key in done ? [[key, done[key] ?? 0]] : [])));
          for (const { key, request: one } of asked) done[key] ??= (await alone(one)) ?? Number.NaN;
          return known;
        },
      });
      part.events.forEach((event, seq) => {
        events[seq] = event;
      });
      if (part.outcome === 'finished') break;
      resume = part.last ?? undefined;
    }
    expect(pauses).toBeGreaterThan(0);
    expect(events.map(timeless)).toEqual(whole.events.map(timeless));
  });

  it('goes on exactly after a pause, while a child is trained too', { timeout: 120_000 }, async () => {
    const program = programOf(architectureSearch(2));
    const tensors = host.tf.memory().numTensors;
    const whole = await collectRun(program, host);
    for (const moment of [0, 1, 3, 9, 15, 22]) {
      const before = await collectRun(program, host, { pauseAfter: moment });
      if (before.outcome === 'finished') continue;
      const rest = await collectRun(program, host, before.last ? { resume: before.last } : {});
      const joined = [...before.events, ...rest.events.slice(before.events.length)];
      expect(joined.map(timeless)).toEqual(whole.events.map(timeless));
    }
    expect(host.tf.memory().numTensors).toBe(tensors);
  });
});
