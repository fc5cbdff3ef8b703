import type { LoggedEvent, RunProgress } from '@/lib/protocol/run-event';

/** What is new about a run: rows of its log, its state (status, progress, metrics), or both, as a slice has written them. */
export type RunNews = 'events' | 'state' | SliceNews;

/** What a slice that trains writes: its readers need not ask the database for it. */
export interface SliceNews {
  events: LoggedEvent[];
  /** Null: as it was. */
  progress: RunProgress | null;
}

/** Bytes of a payload: PostgreSQL takes less than 8,000. */
const MOST = 7_999;

/** `<events or state> <run id>`. */
export const payloadOf = (runId: string, news: 'events' | 'state'): string => `${news} ${runId}`;

/** `slice <run id> <JSON>`, or null where that is too long. `events`: as JSON. */
export function slicePayload(runId: string, events: string, progress: RunProgress | null): string | null {
  const payload = `slice ${runId} {"events":${events},"progress":${JSON.stringify(progress)}}`;
  return Buffer.byteLength(payload) > MOST ? null : payload;
}

/** The run that a payload is about; `news` reads the rest. Null where it is none of ours. */
export function readPayload(payload: string): { runId: string; news(): RunNews } | null {
  const [what, runId] = payload.split(' ', 2);
  if (!what || !runId) return null;
  if (what === 'events' || what === 'state') return { runId, news: () => what };
  if (what !== 'slice') return null;
  return { runId, news: () => JSON.parse(payload.slice(what.length + runId.length + 2)) as SliceNews };
}
