/** What is new about a run: rows of its log, or its state (status, progress, metrics). */
export type RunNews = 'events' | 'state';

/** Everybody who watches one run listens here; the payload is a `RunNews`. */
export const runChannel = (runId: string): string => `run:${runId}`;

/** Every worker listens here; the payload is the id of a run whose `wants` changed. */
export const CONTROL_CHANNEL = 'control';
