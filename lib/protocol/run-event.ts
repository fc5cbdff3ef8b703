import { z } from 'zod';

/**
 * A run is an append-only log of these. Identity is (run, seq); seq is gapless from 0 and given by the slice's child.
 *
 * The log must be the same however often a run is interrupted: an event is a function of the iteration that made it
 * (document, seed, thread count), never of the clock. A slice that starts again after a crash regenerates the events
 * after its checkpoint's seq, and the database ignores those that it has. What does depend on the clock (speed, time
 * left, device memory) stands beside the log in `RunProgress` and only accompanies an event as a passing remark.
 */

const pictures = {
  shape: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  pixels: z.string(),
};

export const metricTable = z.union([
  z.object({ table: z.literal('confusion'), classes: z.array(z.string()), counts: z.array(z.array(z.number())) }),
  z.object({
    table: z.literal('points'),
    series: z.array(z.object({ name: z.string(), x: z.array(z.number()), y: z.array(z.number()) })),
  }),
  z.object({
    table: z.literal('pictures'),
    ...pictures,
    rows: z.array(z.object({ name: z.string(), count: z.number().int() })),
  }),
]);

const placedBox = z.object({
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  class: z.number().int(),
  score: z.number().optional(),
});

export const sample = z.union([
  z.object({
    sample: z.literal('images'),
    ...pictures,
    captions: z.array(z.string()).optional(),
    right: z.array(z.boolean()).optional(),
  }),
  z.object({
    sample: z.literal('field'),
    x: z.tuple([z.number(), z.number()]),
    y: z.tuple([z.number(), z.number()]),
    size: z.tuple([z.number(), z.number()]),
    values: z.array(z.number()),
    classes: z.number(),
    points: z.object({ x: z.array(z.number()), y: z.array(z.number()), label: z.array(z.number()) }).optional(),
  }),
  z.object({
    sample: z.literal('curves'),
    series: z.array(
      z.object({
        name: z.string(),
        x: z.array(z.number()),
        y: z.array(z.number()),
        spread: z.array(z.number()).optional(),
      }),
    ),
    points: z.object({ x: z.array(z.number()), y: z.array(z.number()) }).optional(),
  }),
  z.object({
    sample: z.literal('boxes'),
    ...pictures,
    classes: z.array(z.string()),
    found: z.array(z.array(placedBox)),
    truth: z.array(z.array(placedBox)).optional(),
  }),
  z.object({
    sample: z.literal('masks'),
    ...pictures,
    classes: z.array(z.string()),
    masks: z.string(),
    truth: z.string().optional(),
  }),
  z.object({
    sample: z.literal('captions'),
    ...pictures,
    texts: z.array(z.string()),
    truth: z.array(z.string()).optional(),
  }),
  z.object({
    sample: z.literal('histogram'),
    low: z.number(),
    high: z.number(),
    series: z.array(z.object({ name: z.string(), counts: z.array(z.number()) })),
  }),
  z.object({
    sample: z.literal('matrix'),
    size: z.tuple([z.number(), z.number()]),
    values: z.array(z.number()),
  }),
  z.object({
    sample: z.literal('scatter'),
    series: z.array(
      z.object({ x: z.array(z.number()), y: z.array(z.number()), label: z.array(z.number()).optional() }),
    ),
    classes: z.array(z.string()),
  }),
  z.object({
    sample: z.literal('population'),
    children: z.array(
      z.object({
        set: z.record(z.string(), z.json()),
        score: z.number(),
        parameters: z.number().nullable(),
        iteration: z.number(),
      }),
    ),
  }),
  z.object({ sample: z.literal('numbers'), columns: z.array(z.string()), rows: z.array(z.array(z.number())) }),
  z.object({ sample: z.literal('text'), lines: z.array(z.string()) }),
]);

/** JSON has no NaN: a metric that is not finite is null. */
const metricValues = z.record(z.string(), z.number().nullable());

const at = { iteration: z.number().int(), epoch: z.number().int() };

/** First event of a run. `iterations`: planned; null where only the data tells. */
export const startedEvent = z.object({
  type: z.literal('started'),
  hash: z.string(),
  seed: z.number(),
  engine: z.enum(['tensorflow', 'webgpu', 'wasm', 'cpu']),
  device: z.string(),
  threads: z.number(),
  iterations: z.number().nullable(),
  iterationsPerEpoch: z.number().nullable(),
  epochs: z.number().nullable(),
  batch: z.number(),
  parameters: z.number(),
  /** Every how many iterations a `metrics` event is written. */
  metricsEvery: z.number(),
});

const names = z.array(z.string());
const branchMatch = z.object({ matched: names, fresh: names, dropped: names });

/** What a branch took over by name from iteration `from` of another run, what it began anew, and what it left behind. */
export const branchReport = z.object({
  run: z.string(),
  from: z.number().int(),
  variables: branchMatch,
  slots: branchMatch,
});
export type BranchMatch = z.infer<typeof branchMatch>;
export type BranchReport = z.infer<typeof branchReport>;

/** Second event of a run that branches off another. */
export const branchedEvent = z.object({ type: z.literal('branched'), ...at, ...branchReport.shape });

const runLength = z.union([
  z.object({ epochs: z.number().positive() }),
  z.object({ iterations: z.number().int().min(1) }),
]);

/**
 * What a person asks of a run while it trains or is paused: a step, of all due updates or of one alone; another value of a
 * live number, or null for the document's own again; another length.
 */
export const runCommand = z.discriminatedUnion('do', [
  z.object({ do: z.literal('step'), update: z.string().max(200).nullable() }),
  z.object({
    do: z.literal('set'),
    path: z.string().max(200),
    param: z.string().max(100),
    value: z.number().nullable(),
  }),
  z.object({ do: z.literal('length'), length: runLength }),
]);
export type RunCommand = z.infer<typeof runCommand>;

/** The `n`-th command takes effect before this iteration; `text`: for people. The run's length is that from then on. */
export const commandEvent = z.object({
  type: z.literal('command'),
  ...at,
  n: z.number().int(),
  command: runCommand,
  text: z.string(),
  iterations: z.number(),
  epochs: z.number().nullable(),
});

/** Training metrics of iteration `iteration` (0-based): `train.loss`, `train.accuracy`, and live numbers as `rate.<name>`. */
export const metricsEvent = z.object({ type: z.literal('metrics'), ...at, values: metricValues });

/** Results of a sweep: `val.loss`, `val.accuracy`, `test.accuracy`; tables by the same keys. */
export const sweepEvent = z.object({
  type: z.literal('sweep'),
  ...at,
  split: z.enum(['train', 'validation', 'test']),
  values: metricValues,
  tables: z.record(z.string(), metricTable),
});

export const sampleEvent = z.object({
  type: z.literal('sample'),
  ...at,
  sink: z.string(),
  name: z.string(),
  value: sample,
});

/** `ref`: name of the checkpoint in the run's store. */
export const checkpointEvent = z.object({ type: z.literal('checkpoint'), ...at, ref: z.string(), best: z.boolean() });

/** A note for the reader, such as a NaN's place or early stopping. */
export const messageEvent = z.object({
  type: z.literal('message'),
  ...at,
  level: z.enum(['info', 'warning', 'error']),
  code: z.string(),
  text: z.string(),
  node: z.string().optional(),
});

export const expectationResult = z.object({
  metric: z.string(),
  op: z.enum(['<', '<=', '>', '>=']),
  value: z.number().nullable(),
  got: z.number().nullable(),
  met: z.boolean(),
});

export const finishedEvent = z.object({
  type: z.literal('finished'),
  ...at,
  status: z.enum(['succeeded', 'failed', 'cancelled', 'diverged']),
  seconds: z.number(),
  examplesSeen: z.number(),
  examplesPerSecond: z.number(),
  engine: z.enum(['tensorflow', 'webgpu', 'wasm', 'cpu']),
  metrics: metricValues,
  expected: z.array(expectationResult),
  branch: branchReport.optional(),
});

export const runEvent = z.discriminatedUnion('type', [
  startedEvent,
  branchedEvent,
  commandEvent,
  metricsEvent,
  sweepEvent,
  sampleEvent,
  checkpointEvent,
  messageEvent,
  finishedEvent,
]);

export type RunEvent = z.infer<typeof runEvent>;
export type LoggedEvent = { seq: number; event: RunEvent };

/** Beside the log: where the run is right now. Replaced, never kept. */
export const runProgress = z.object({
  iteration: z.number().int(),
  epoch: z.number().int(),
  iterations: z.number().nullable(),
  examplesSeen: z.number(),
  examplesPerSecond: z.number(),
  secondsLeft: z.number().nullable(),
  stepMilliseconds: z.number(),
  memoryBytes: z.number().nullable(),
  device: z.string(),
});
export type RunProgress = z.infer<typeof runProgress>;

export const runStatus = z.enum([
  'queued',
  'running',
  'pausing',
  'paused',
  'succeeded',
  'failed',
  'cancelled',
  'diverged',
]);
export type RunStatus = z.infer<typeof runStatus>;
