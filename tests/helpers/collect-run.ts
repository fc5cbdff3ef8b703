import type { Program } from '@/lib/compile/program';
import type { Checkpoint } from '@/lib/engine/checkpoint';
import { readCheckpoint, writeCheckpoint } from '@/lib/engine/checkpoint-file';
import type { EngineHost } from '@/lib/engine/host';
import { runTraining, type TrainingOptions, type TrainingOutcome } from '@/lib/engine/run-training';
import { kinds } from '@/lib/nodes/kinds.generated';
import type { RunEvent } from '@/lib/protocol/run-event';

export interface Collected {
  outcome: TrainingOutcome;
  /** By seq. */
  events: RunEvent[];
  checkpoints: Checkpoint[];
  last: Checkpoint | undefined;
}

/** Runs a program to its end, or until `pauseAfter` iterations are done; keeps all that comes out. */
export async function collectRun(
  program: Program,
  host: EngineHost,
  options: Partial<TrainingOptions> & { pauseAfter?: number } = {},
): Promise<Collected> {
  const { pauseAfter, ...rest } = options;
  const done = rest.resume?.iteration ?? 0;
  let asked = 0;
  // Asked once before each iteration; validation sweeps ask too, after the last iteration.
  const control = { wants: () => (pauseAfter !== undefined && done + asked++ >= pauseAfter ? 'pause' : 'go') as 'go' };
  const generator = runTraining(program, host, {
    kinds,
    seed: 7,
    metricsEvery: 1,
    ...(pauseAfter === undefined ? {} : { control }),
    ...rest,
  });
  const events: RunEvent[] = [];
  const checkpoints: Checkpoint[] = [];
  for (;;) {
    const step = await generator.next();
    if (step.done) return { outcome: step.value, events, checkpoints, last: checkpoints.at(-1) };
    const item = step.value;
    if (item.kind === 'event') events[item.seq] = item.event;
    if (item.kind === 'checkpoint') checkpoints.push(readCheckpoint(writeCheckpoint(item.checkpoint)));
  }
}

/** Without what the clock decides. */
export const timeless = (event: RunEvent | undefined): unknown =>
  event?.type === 'finished' ? { ...event, seconds: 0, examplesPerSecond: 0 } : event;
