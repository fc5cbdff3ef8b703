import type { z } from 'zod';
import type { finishedEvent, LoggedEvent, messageEvent, metricTable, RunEvent, sample } from '@/lib/protocol/run-event';
import { append, type Series } from './series';

export type MetricTable = z.infer<typeof metricTable>;
export type Sample = z.infer<typeof sample>;
export type Started = Extract<RunEvent, { type: 'started' }>;
export type Branched = Extract<RunEvent, { type: 'branched' }>;
export type Finished = z.infer<typeof finishedEvent>;
export type Message = z.infer<typeof messageEvent>;

/** Something that was seen at an iteration. */
export interface Seen<Value> {
  iteration: number;
  epoch: number;
  value: Value;
}

/** What a person sees of a run: the fold of its events. Plain data; a fold never changes the view that it got. */
export interface RunView {
  /** Of the last event in it; -1: none yet. */
  seq: number;
  /** The latest iteration that any event tells of. */
  iteration: number;
  started: Started | null;
  /** Where the run branched off another, and what it took over. */
  branched: Branched | null;
  /** By metric key, of every batch that was written and of every sweep. */
  curves: Readonly<Record<string, Series>>;
  /** By metric key, oldest first. */
  tables: Readonly<Record<string, readonly Seen<MetricTable>[]>>;
  /** By sink, oldest first. */
  samples: Readonly<Record<string, { name: string; items: readonly Seen<Sample>[] }>>;
  messages: readonly Message[];
  /** Iteration of the checkpoint that did best so far. */
  best: number | null;
  finished: Finished | null;
}

export const emptyRunView: RunView = {
  seq: -1,
  iteration: 0,
  started: null,
  branched: null,
  curves: {},
  tables: {},
  samples: {},
  messages: [],
  best: null,
  finished: null,
};

/** Pictures are large: a sink keeps at most this many moments, old ones further apart. */
export const MOST_SAMPLES = 240;

/** The view after these events. Events that are in it already (a slice that starts again tells them once more) change nothing. */
export function foldRun(view: RunView, logged: readonly LoggedEvent[]): RunView {
  const fresh = logged.filter(({ seq }) => seq > view.seq).sort((a, b) => a.seq - b.seq);
  const last = fresh.at(-1);
  if (!last) return view;
  const next = { ...view, seq: last.seq, curves: { ...view.curves }, tables: { ...view.tables } };
  next.samples = { ...view.samples };
  const points: Points = new Map();
  for (const { event } of fresh) foldEvent(next, event, points);
  for (const [key, { x, y }] of points) next.curves = { ...next.curves, [key]: append(next.curves[key], x, y) };
  return next;
}

/** New points, gathered so that a curve is copied once a fold and not once a point. */
type Points = Map<string, { x: number[]; y: number[] }>;

/** `view` is the fold's own copy of the outer objects; the inner ones are replaced, never changed. */
function foldEvent(view: { -readonly [Key in keyof RunView]: RunView[Key] }, event: RunEvent, points: Points): void {
  if (event.type === 'started') {
    view.started = event;
    return;
  }
  view.iteration = Math.max(view.iteration, event.iteration);
  switch (event.type) {
    case 'branched':
      view.branched = event;
      break;
    case 'metrics':
      addPoints(points, event.iteration, event.values);
      break;
    case 'sweep':
      // The mean of an epoch's batches has the same key as the batches themselves, whose curve it would break.
      if (event.split !== 'train') addPoints(points, event.iteration, event.values);
      for (const [key, value] of Object.entries(event.tables))
        view.tables = { ...view.tables, [key]: [...(view.tables[key] ?? []), seen(event, value)] };
      break;
    case 'sample': {
      const items = view.samples[event.sink]?.items ?? [];
      const sink = { name: event.name, items: thinSamples([...items, seen(event, event.value)]) };
      view.samples = { ...view.samples, [event.sink]: sink };
      break;
    }
    case 'checkpoint':
      if (event.best) view.best = event.iteration;
      break;
    case 'command': {
      const { iteration, epoch, n, text, iterations, epochs } = event;
      const message = { type: 'message', iteration, epoch, level: 'info', code: `command ${n}`, text } as const;
      view.messages = [...view.messages, message];
      if (view.started) view.started = { ...view.started, iterations, epochs };
      break;
    }
    case 'message':
      view.messages = [...view.messages, event];
      break;
    case 'finished':
      view.finished = event;
      break;
  }
}

const seen = <Value>(event: { iteration: number; epoch: number }, value: Value): Seen<Value> => ({
  iteration: event.iteration,
  epoch: event.epoch,
  value,
});

function addPoints(points: Points, iteration: number, values: Record<string, number | null>): void {
  for (const [key, value] of Object.entries(values)) {
    const curve = points.get(key) ?? { x: [], y: [] };
    curve.x.push(iteration);
    curve.y.push(value ?? Number.NaN);
    points.set(key, curve);
  }
}

/** Every second of the older half goes when there are too many; the first and the latest stay. */
function thinSamples<Value>(items: readonly Seen<Value>[]): readonly Seen<Value>[] {
  if (items.length <= MOST_SAMPLES) return items;
  const half = Math.floor(items.length / 2);
  return items.filter((_, index) => index >= half || index % 2 === 0);
}

/** What was seen last at or before iteration `at`. */
export function lastSeen<Value>(items: readonly Seen<Value>[], at: number): Seen<Value> | undefined {
  for (let index = items.length - 1; index >= 0; index--) {
    const item = items[index];
    if (item && item.iteration <= at) return item;
  }
  return undefined;
}
