import { eq } from 'drizzle-orm';
import { type RunWants, runs } from '@/drizzle/schema/runs';
import type { EngineName } from '@/lib/engine/host';
import type { Wish } from '@/lib/engine/run-training';
import type { Log } from '@/server/api/services';
import type { Db } from '@/server/db/database';
import { throughOutage } from '@/server/db/outage';
import { commandsOf } from '@/server/domain/runs/run-commands.queries';
import { type Claim, reclaimSlice, type Worker } from '@/server/jobs/claim-slice';
import { pruneCheckpoints } from '@/server/jobs/prune-checkpoints';
import { holdSearch, queueChildren, searchOf, type WantedChild } from '@/server/jobs/search-children';
import { countFailure, othersWait, readSliceStart } from '@/server/jobs/slice-start';
import { type Batch, closeRun, endSlice, holdRun, StaleClaim, writeBatch } from '@/server/jobs/write-slice';
import type { BlobStore } from '@/server/storage/blob-store';
import type { ChildPool, TrainingChild } from './child-pool';
import type { FromTrainingChild } from './child-protocol';

/** Seconds after which a slice makes room where others wait, and in any case. */
const TURN = 15;
const LONGEST = 600;
/** So many children lost in a row without a new checkpoint, and the run has failed. */
const MOST_FAILURES = 5;
/** Milliseconds that a child may take to obey a cancel. */
const PATIENCE = 10_000;

export interface SliceWorld {
  db: Db;
  blobs: BlobStore;
  pool: ChildPool;
  worker: Worker;
  jobId: string;
  log: Log;
  /** The run waits for its next slice. */
  requeue(runId: string): Promise<void>;
}

/** How a child's work ended. */
type Ending =
  | { how: 'finished' | 'paused' | 'stale' }
  | { how: 'waits'; wanted: WantedChild[] }
  | { how: 'lost'; what: string }
  | { how: 'other-engine'; engine: EngineName }
  | { how: 'failed'; message: string; later: boolean };

/** One slice of a run: carries what its child says into the database, and what people want to the child. */
export class Slice {
  private claim: Claim;
  private child: TrainingChild | null = null;
  private wants: RunWants = 'go';
  private yielding = false;
  private told: Wish = 'go';
  /** Commands that the child knows of. */
  private obeyed = 0;
  private readonly began = Date.now();
  private overdue: NodeJS.Timeout | null = null;

  constructor(
    private readonly world: SliceWorld,
    claim: Claim,
  ) {
    this.claim = claim;
  }

  get runId(): string {
    return this.claim.runId;
  }

  /** Trains until the run ends, pauses, or makes room for others; survives the loss of its children. */
  async serve(): Promise<void> {
    const { db, blobs, log } = this.world;
    const clock = setInterval(() => void this.checkTurn(), 1_000);
    try {
      await this.follow();
    } catch (error) {
      if (!(error instanceof StaleClaim)) throw error;
      log.info({ run: this.runId }, 'another slice has taken the run');
    } finally {
      clearInterval(clock);
      if (this.overdue) clearTimeout(this.overdue);
      this.child?.kill();
    }
    await this.wakeSearch().catch((error: unknown) => {
      log.warn({ run: this.runId, error: String(error) }, 'its search goes on a little later');
    });
    await pruneCheckpoints(db, blobs, this.runId).catch((error: unknown) => {
      log.warn({ run: this.runId, error: String(error) }, 'old checkpoints stay for now');
    });
  }

  /** What the owner wants may have changed, and there may be new commands. */
  async reread(): Promise<void> {
    const [row] = await this.world.db.select({ wants: runs.wants }).from(runs).where(eq(runs.id, this.runId));
    if (row) this.want(row.wants);
    const commands = await commandsOf(this.world.db, this.runId);
    if (commands.length === this.obeyed || !this.child) return;
    this.obeyed = commands.length;
    this.child.send({ do: 'commands', commands });
  }

  /** Asks for a checkpoint and hands the run back. */
  yield(): void {
    this.yielding = true;
    this.tellWish();
  }

  private async follow(): Promise<void> {
    const { db, log, worker, jobId } = this.world;
    let engine: EngineName | undefined;
    for (;;) {
      const ending = await this.train(engine);
      log.info({ run: this.runId, fence: this.claim.fence, how: ending.how }, 'slice ended');
      const { claim } = this;
      switch (ending.how) {
        case 'stale':
          return;
        case 'finished':
          await throughOutage(() => endSlice(db, claim, 'finished'), Number.POSITIVE_INFINITY);
          return;
        case 'waits':
          await this.wait(ending.wanted);
          return;
        case 'paused': {
          const outcome = this.wants === 'pause' ? 'paused' : 'yielded';
          if (await throughOutage(() => endSlice(db, claim, outcome), Number.POSITIVE_INFINITY))
            await throughOutage(() => this.world.requeue(this.runId), Number.POSITIVE_INFINITY);
          return;
        }
        case 'other-engine':
          engine = ending.engine;
          break;
        case 'failed':
          if (ending.later) {
            await throughOutage(() => holdRun(db, claim, ending.message));
            const search = await throughOutage(() => searchOf(db, this.runId));
            if (search !== null) await throughOutage(() => holdSearch(db, search, ending.message));
          } else await throughOutage(() => closeRun(db, claim, 'failed', ending.message));
          return;
        case 'lost': {
          if (this.wants === 'cancel') {
            await throughOutage(() => closeRun(db, claim, 'cancelled', 'Cancelled.'));
            return;
          }
          const failures = await throughOutage(() => countFailure(db, this.runId), Number.POSITIVE_INFINITY);
          if (failures >= MOST_FAILURES) {
            const reason = `The training process ended ${failures} times in a row (${ending.what}), most likely for want of memory. Try a smaller batch or a smaller network.`;
            await throughOutage(() => closeRun(db, claim, 'failed', reason));
            return;
          }
          const next = await throughOutage(() => reclaimSlice(db, claim, jobId, worker), Number.POSITIVE_INFINITY);
          if (!next) return;
          this.claim = next;
        }
      }
    }
  }

  /** Lets the networks that a search asks for wait for a worker, and the search for them. */
  private async wait(wanted: readonly WantedChild[]): Promise<void> {
    const { db, requeue } = this.world;
    const { claim } = this;
    const made = await throughOutage(() => queueChildren(db, claim, wanted), Number.POSITIVE_INFINITY);
    await throughOutage(() => endSlice(db, claim, 'yielded'), Number.POSITIVE_INFINITY);
    // One more, for the search: its children may have ended already.
    for (let token = 0; token <= made; token++)
      await throughOutage(() => requeue(this.runId), Number.POSITIVE_INFINITY);
  }

  /** A search goes on when its last child has ended. */
  private async wakeSearch(): Promise<void> {
    const search = await throughOutage(() => searchOf(this.world.db, this.runId));
    if (search !== null) await this.world.requeue(search);
  }

  /** Lets one child train as far as it comes. */
  private async train(engine: EngineName | undefined): Promise<Ending> {
    const { db, pool, log } = this.world;
    const { claim } = this;
    const child = pool.take(claim.threads, engine);
    this.child = child;
    this.told = 'go';
    const incoming: Extract<FromTrainingChild, { say: 'batch' }>[] = [];
    let writing = Promise.resolve();
    let said: Ending | null = null;
    let wanted: WantedChild[] = [];
    const ending = new Promise<Ending>((resolve) => {
      /** Ends once all that was said is written. */
      const settle = (how: Ending): void => {
        said ??= how;
        void writing.then(() => resolve(said ?? how));
      };
      const write = async (): Promise<void> => {
        const some = incoming.splice(0);
        const last = some.at(-1);
        if (!last || said?.how === 'stale') return;
        try {
          const { wants, replaced } = await throughOutage(
            () => writeBatch(db, claim, merge(some)),
            Number.POSITIVE_INFINITY,
          );
          child.send({ do: 'written', batch: last.batch });
          this.want(wants);
          for (const ref of replaced) await this.world.blobs.remove(ref);
        } catch (error) {
          if (!(error instanceof StaleClaim))
            log.error({ run: claim.runId, error: String(error) }, 'events not written');
          child.kill();
          said = error instanceof StaleClaim ? { how: 'stale' } : { how: 'lost', what: 'its events were refused' };
        }
      };
      child.listen({
        message: (message) => {
          if (message.say === 'batch') {
            incoming.push(message);
            writing = writing.then(write);
          } else if (message.say === 'children') wanted = message.wanted;
          else if (message.say === 'ended') {
            const waits = message.outcome === 'paused' && wanted.length > 0 && this.wants === 'go';
            settle(waits ? { how: 'waits', wanted } : { how: message.outcome });
          } else if (message.say === 'other-engine') settle({ how: 'other-engine', engine: message.engine });
          else if (message.say === 'failed') {
            log.error({ run: claim.runId, detail: message.detail }, 'training failed');
            settle({ how: 'failed', message: message.message, later: message.later });
          }
        },
        exit: (what) => settle({ how: 'lost', what }),
      });
    });
    const start = await throughOutage(() => readSliceStart(db, claim.runId), Number.POSITIVE_INFINITY);
    await child.ready.catch(() => undefined);
    // Known before it begins: a paused run that is to make one step must not make two.
    await this.reread().catch(() => undefined);
    this.told = this.wish();
    this.obeyed = start.commands.length;
    child.send({ do: 'train', runId: claim.runId, fence: claim.fence, start, wish: this.told });
    await this.reread().catch(() => undefined);
    const result = await ending;
    this.child = null;
    if (result.how === 'finished' || result.how === 'paused' || result.how === 'waits') pool.giveBack(child);
    else child.kill();
    return result;
  }

  private want(wants: RunWants): void {
    this.wants = wants;
    this.tellWish();
    if (wants === 'cancel') this.overdue ??= setTimeout(() => this.child?.kill(), PATIENCE);
  }

  private wish(): Wish {
    if (this.wants === 'cancel') return 'stop';
    return this.wants === 'pause' || this.yielding ? 'pause' : 'go';
  }

  private tellWish(): void {
    const wish = this.wish();
    if (wish === this.told || !this.child) return;
    this.told = wish;
    this.child.send({ do: 'wish', wish });
  }

  /** Where others wait, a turn is short; a slice is bounded in any case. */
  private async checkTurn(): Promise<void> {
    const seconds = (Date.now() - this.began) / 1000;
    if (this.yielding || seconds < TURN) return;
    const others = await othersWait(this.world.db, this.runId).catch(() => false);
    if (others || seconds >= LONGEST) this.yield();
  }
}

/** Several batches as one. */
function merge(batches: readonly Batch[]): Batch {
  return {
    events: batches.flatMap(({ events }) => events),
    progress: batches.findLast(({ progress }) => progress !== null)?.progress ?? null,
    checkpoints: batches.flatMap(({ checkpoints }) => checkpoints),
  };
}
