/** What is new about a run: rows of its log, or its state (status, progress, metrics). */
export type RunNews = 'events' | 'state';

/** Every web process listens here; the payload is `<RunNews> <run id>`. */
export const RUN_CHANNEL = 'run';

/** Every worker listens here; the payload is the id of a run whose `wants` changed, or that has a new command. */
export const CONTROL_CHANNEL = 'control';
