import type { Json } from '@/lib/base/json';
import type { HostTensor } from '@/lib/nodes/kind';

/**
 * All that a run needs to go on exactly: PROGRAMS section 3, "Checkpoint". Holds no RNG state, since every random
 * number is a function of the iteration.
 */
export interface Checkpoint {
  format: 'checkpoint/1';
  /** Of the program. */
  hash: string;
  seed: number;
  threads: number;
  engine: string;
  /** Iterations done. */
  iteration: number;
  epoch: number;
  /** Next seq of the event log. */
  seq: number;
  examplesSeen: number;
  /** Seconds of training so far, over all slices. */
  seconds: number;
  /** `variable:<id>`, `slot:<update>:<variable>:<slot>`, `accumulated:…`, `best:<id>`, `held:<value>`, `fold:…`. */
  tensors: Record<string, HostTensor>;
  /** Counters, cursors, monitor, retired updates, overrides and the latest metrics: plain JSON. */
  state: Record<string, Json>;
}
