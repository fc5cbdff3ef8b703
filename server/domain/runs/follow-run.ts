import { and, asc, eq, gt } from 'drizzle-orm';
import { runEvents } from '@/drizzle/schema/run-events';
import { latestMetrics } from '@/lib/protocol/latest-metrics';
import type { LoggedEvent } from '@/lib/protocol/run-event';
import type { RunSummary, RunUpdate } from '@/lib/protocol/service';
import type { Queryable } from '@/server/db/database';
import { throughOutage } from '@/server/db/outage';
import type { RunNewsHub } from '@/server/events/run-news';
import type { RunNews } from '@/server/events/run-payload';
import { getRun } from './runs.queries';

/** Events that are told at once. */
const PAGE = 250;
/** News closer together than this are told together; what comes after a silence is told at once. */
const GATHER = 100;
/** Milliseconds for which a reader that might look may go on. */
const TRUST = 2_000;

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
 * reads. From then on it tells what slices say that they wrote, and reads again only where that does not follow on what it
 * has told. `seq` is that of the last event told. Ends with `signal`.
 */
export async function* followRun(follow: FollowRun): AsyncGenerator<{ seq: number; update: RunUpdate }> {
  const { db, news, runId, signal } = follow;
  const heard = new Heard();
  let wake = () => {};
  const unwatch = news.watch(runId, (one) => {
    heard.add(one, seq);
    wake();
  });
  const onAbort = () => wake();
  signal.addEventListener('abort', onAbort);
  let seq = follow.after;
  let run: RunSummary | null = null;
  let checked = Number.NEGATIVE_INFINITY;
  const recheck = async (): Promise<void> => {
    await follow.recheck();
    checked = performance.now();
  };
  try {
    while (!signal.aborted) {
      const began = performance.now();
      if (heard.state) {
        heard.state = false;
        run = await throughOutage(async () => {
          await recheck();
          return getRun(db, runId);
        });
        yield { seq, update: { kind: 'state', run } };
      } else if (began - checked > TRUST) await throughOutage(recheck);
      let events = heard.take(seq);
      if (heard.events) {
        heard.events = false;
        events = await throughOutage(() => readOn(db, runId, seq));
        heard.events ||= events.length === PAGE;
      }
      seq = events.at(-1)?.seq ?? seq;
      const now: Changed | null = run && heard.change(run);
      if (run && now) run = { ...run, ...now };
      if (now || events.length > 0) yield { seq, update: { kind: 'events', events, ...(now ? { now } : {}) } };
      if (heard.events || signal.aborted) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (heard.any() || signal.aborted) resolve();
      });
      await gather(began + GATHER - performance.now(), signal);
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    unwatch();
  }
}

type Changed = Pick<RunSummary, 'progress' | 'metrics'>;

/** What was heard of a run and not told yet. */
class Heard {
  /** Whether there is more than is here, in the log and of the state: to be read. */
  events = true;
  state = true;
  private tail: LoggedEvent[] = [];
  private changed: Changed | null = null;

  /** `told`: seq of the last event told. */
  add(news: RunNews, told: number): void {
    if (news === 'events' || news === 'state') {
      this[news] = true;
      // What a state is read after is in it.
      if (news === 'state') this.changed = null;
      return;
    }
    const { events, progress } = news;
    if (!this.state)
      this.changed = {
        progress: progress ?? this.changed?.progress ?? null,
        metrics: { ...this.changed?.metrics, ...latestMetrics(events) },
      };
    const [first] = events;
    if (!first || this.events) return;
    const follows = first.seq === (this.tail.at(-1)?.seq ?? told) + 1;
    if (follows && this.tail.length < PAGE) this.tail.push(...events);
    else this.events = true;
  }

  /** The events that follow on `told`, all of them or none. */
  take(told: number): LoggedEvent[] {
    const tail = this.tail.filter(({ seq }) => seq > told);
    this.tail = [];
    if (tail[0] && tail[0].seq !== told + 1) this.events = true;
    return this.events ? [] : tail;
  }

  /** What a state becomes by what was heard since; null where that is nothing. */
  change(run: RunSummary): Changed | null {
    const { changed } = this;
    this.changed = null;
    return changed && { progress: changed.progress ?? run.progress, metrics: { ...run.metrics, ...changed.metrics } };
  }

  any(): boolean {
    return this.events || this.state || this.tail.length > 0 || this.changed !== null;
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
