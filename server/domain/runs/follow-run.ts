import { and, asc, eq, gt } from 'drizzle-orm';
import { runEvents } from '@/drizzle/schema/run-events';
import type { LoggedEvent } from '@/lib/protocol/run-event';
import type { RunUpdate } from '@/lib/protocol/service';
import type { Queryable } from '@/server/db/database';
import { throughOutage } from '@/server/db/outage';
import type { RunNewsHub } from '@/server/events/run-news';
import { getRun } from './runs.queries';

const PAGE = 250;
/** News closer together than this are told together; what comes after a silence is told at once. */
const GATHER = 100;

export interface FollowRun {
  db: Queryable;
  news: RunNewsHub;
  runId: string;
  /** Seq of the last event that the reader has; -1: none. */
  after: number;
  signal: AbortSignal;
  /** Throws where the reader may not look any more. */
  recheck(): Promise<unknown>;
}

/**
 * The state and the log of a run, from `after` on and then as it grows, without gap or duplicate: it listens first, then
 * reads, and reads on whenever there is news. `seq` is that of the last event told. Ends with `signal`.
 */
export async function* followRun(follow: FollowRun): AsyncGenerator<{ seq: number; update: RunUpdate }> {
  const { db, news, runId, signal } = follow;
  const due = { events: true, state: true };
  let wake = () => {};
  const unwatch = news.watch(runId, (kind) => {
    due[kind] = true;
    wake();
  });
  const onAbort = () => wake();
  signal.addEventListener('abort', onAbort);
  let seq = follow.after;
  try {
    while (!signal.aborted) {
      const began = performance.now();
      if (due.state) {
        due.state = false;
        const run = await throughOutage(async () => {
          await follow.recheck();
          return getRun(db, runId);
        });
        yield { seq, update: { kind: 'state', run } };
      }
      if (due.events) {
        due.events = false;
        const events = await throughOutage(() => readOn(db, runId, seq));
        const last = events.at(-1);
        if (last) {
          due.events = events.length === PAGE;
          seq = last.seq;
          yield { seq, update: { kind: 'events', events } };
        }
      }
      if (due.events || signal.aborted) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (due.events || due.state || signal.aborted) resolve();
      });
      await gather(began + GATHER - performance.now(), signal);
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    unwatch();
  }
}

/** The next events in order; stops before a gap, which cannot last: somebody is just writing it. */
async function readOn(db: Queryable, runId: string, after: number): Promise<LoggedEvent[]> {
  const rows = await db
    .select({ seq: runEvents.seq, event: runEvents.event })
    .from(runEvents)
    .where(and(eq(runEvents.runId, runId), gt(runEvents.seq, after)))
    .orderBy(asc(runEvents.seq))
    .limit(PAGE);
  const gap = rows.findIndex((row, index) => row.seq !== after + 1 + index);
  return gap < 0 ? rows : rows.slice(0, gap);
}

const gather = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, Math.max(0, milliseconds));
    signal.addEventListener('abort', done, { once: true });
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
