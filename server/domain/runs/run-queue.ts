/** Hands runs to workers; `server/jobs` implements it. */
export interface RunQueue {
  /** The run waits for a worker from now on. Called again for a run that already waits, nothing changes. */
  enqueue(runId: string): Promise<void>;
}
