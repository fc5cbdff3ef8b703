import type { LoggedEvent, RunEvent, RunProgress } from '@/lib/protocol/run-event';
import type { StoredCheckpoint } from '@/server/jobs/write-slice';
import type { FromTrainingChild } from './child-protocol';

/** Milliseconds that an event waits for others: each batch costs the service and all who watch some milliseconds. */
const GATHER = 250;
/** Events that may be on their way to the database; then training waits, and nothing is lost. */
const MOST = 4_000;
const MOST_CHARACTERS = 32_000_000;

/** Gathers what the slice has to say and hands it to the worker in numbered batches. */
export class Outbox {
  private events: LoggedEvent[] = [];
  private latest: RunProgress | null = null;
  private stored: StoredCheckpoint[] = [];
  private timer: NodeJS.Timeout | null = null;
  private batch = 0;
  private flushed = Number.NEGATIVE_INFINITY;
  /** Batches that are not in the database yet. */
  private readonly pending: { batch: number; events: number; characters: number }[] = [];
  private waiting: (() => void)[] = [];

  constructor(private readonly tell: (message: FromTrainingChild) => void) {}

  event(seq: number, event: RunEvent): void {
    this.events.push({ seq, event });
    this.schedule();
  }

  progress(progress: RunProgress): void {
    this.latest = progress;
    this.schedule();
  }

  checkpoint(stored: StoredCheckpoint): void {
    this.stored.push(stored);
    this.schedule();
  }

  /** The worker has written all batches up to this one. */
  written(batch: number): void {
    while (this.pending[0] && this.pending[0].batch <= batch) this.pending.shift();
    const { waiting } = this;
    this.waiting = [];
    for (const wake of waiting) wake();
  }

  /** Resolves once there is room for more. */
  async room(): Promise<void> {
    while (this.isFull()) {
      this.flush();
      await this.change();
    }
  }

  /** Resolves once everything is in the database. */
  async drained(): Promise<void> {
    this.flush();
    while (this.pending.length > 0) await this.change();
  }

  private isFull(): boolean {
    const events = this.pending.reduce((sum, one) => sum + one.events, this.events.length);
    return events > MOST || this.pending.reduce((sum, one) => sum + one.characters, 0) > MOST_CHARACTERS;
  }

  private change(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** What comes after a silence goes out at once: between iterations there may be no moment for a timer. */
  private schedule(): void {
    if (performance.now() - this.flushed >= GATHER) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), GATHER);
  }

  private flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const { events, latest, stored } = this;
    if (events.length === 0 && latest === null && stored.length === 0) return;
    this.events = [];
    this.latest = null;
    this.stored = [];
    this.flushed = performance.now();
    const batch = ++this.batch;
    this.pending.push({ batch, events: events.length, characters: sizeOf(events) });
    this.tell({ say: 'batch', batch, events, progress: latest, checkpoints: stored });
  }
}

/** Samples are what is large. */
const sizeOf = (events: LoggedEvent[]): number =>
  events.reduce((sum, { event }) => sum + (event.type === 'sample' ? JSON.stringify(event.value).length : 300), 0);
