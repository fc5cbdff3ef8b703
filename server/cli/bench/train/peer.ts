/** One contestant, in a process of its own that is ready to train. */
export interface Peer {
  /** Numbers that gradients move, to see that all train the same network. */
  parameters: number;
  versions: Record<string, string>;
  /** Trains once and answers examples per second. */
  measure(): Promise<number>;
  close(): Promise<void>;
}

/** What is measured: iterations before the clock starts, and while it runs. */
export interface Length {
  warmUp: number;
  iterations: number;
}
