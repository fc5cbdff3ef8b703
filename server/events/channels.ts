/** Every web process listens here; the payload is that of `run-payload.ts`. */
export const RUN_CHANNEL = 'run';

/** Every worker listens here; the payload is the id of a run whose `wants` changed, or that has a new command. */
export const CONTROL_CHANNEL = 'control';
