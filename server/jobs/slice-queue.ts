import { PgBoss } from 'pg-boss';
import type { RunQueue } from '@/server/domain/runs/run-queue';

/**
 * The queue of slices, on pg-boss. A job is a token, "some run waits"; which run is served is decided when a worker
 * takes it (`claim-slice.ts`), so that fairness needs no guess at the time of queueing, and a token too many does no harm.
 */
export const SLICE_QUEUE = 'slice';

/** A worker that does not show itself for so many seconds has lost its job. pg-boss allows no less. */
const HEARTBEAT = 10;
/** Seconds between looks for such workers; those of this host are found sooner (`rescue-runs.ts`). */
const SUPERVISE = 5;

export interface SliceQueue extends RunQueue {
  /** Calls `serve` for one job at a time until `close`; it gets the job's id. Errors are given back to the queue. */
  work(serve: (jobId: string) => Promise<void>): Promise<void>;
  /** Gives a job back at once, whose worker is known to be gone. */
  release(jobId: string): Promise<void>;
  close(): Promise<void>;
}

/** `supervise`: also looks after jobs whose worker is gone; workers do, the web process need not. */
export async function openSliceQueue(
  databaseUrl: string,
  options: { supervise: boolean; onError(error: Error): void },
): Promise<SliceQueue> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: 'netloom-queue',
    max: 3,
    supervise: options.supervise,
    schedule: false,
    useListenNotify: options.supervise,
    superviseIntervalSeconds: SUPERVISE,
    monitorIntervalSeconds: SUPERVISE,
    // Nobody asks the queue about these, and they are work for as long as the process lives: its list of processes wakes
    // each fifty times a second to measure delays, and no job waits for another.
    registerInstance: false,
    monitorVacuum: false,
    flowIntervalSeconds: 3_600,
  });
  boss.on('error', options.onError);
  await boss.start();
  await boss.createQueue(SLICE_QUEUE, {
    notify: true,
    heartbeatSeconds: HEARTBEAT,
    expireInSeconds: 6 * 3600,
    retryLimit: 1_000_000,
    retryDelay: 0,
    deleteAfterSeconds: 600,
  });
  return {
    async enqueue() {
      await boss.send(SLICE_QUEUE, {});
    },
    async work(serve) {
      await boss.work(
        SLICE_QUEUE,
        { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1, heartbeatRefreshSeconds: 3 },
        async ([job]) => {
          if (job) await serve(job.id);
        },
      );
    },
    async release(jobId) {
      await boss.fail(SLICE_QUEUE, jobId);
    },
    async close() {
      await boss.stop({ graceful: true, timeout: 12_000 });
    },
  };
}
