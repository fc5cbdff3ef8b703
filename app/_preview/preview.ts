import { createStore, type StoreApi } from 'zustand/vanilla';
import { emptyRunView, foldRun, type RunView } from '@/app/_runs/fold-run';
import type { RunAction } from '@/app/_runs/use-run-control';
import type { CompileResult } from '@/lib/compile/result';
import { isGenerated } from '@/lib/datasets/dataset';
import { datasets } from '@/lib/datasets/datasets.generated';
import type { Wish } from '@/lib/engine/run-training';
import type { Document } from '@/lib/graph/document';
import type { RunStatus } from '@/lib/protocol/run-event';
import type { DatasetRows, RunSummary } from '@/lib/protocol/service';
import type { Activation } from './activation';
import type { FromPreview, ToPreview } from './messages';

/** Id of the run that trains in this page. */
export const PREVIEW_RUN = 'preview';

export interface PreviewState {
  /** Null until the first one is started. */
  run: RunSummary | null;
  view: RunView;
  /** What each node of the main graph gives for one example, by node id. */
  activations: Readonly<Record<string, Activation>>;
}

/** Where the forward passes of so many batches take more FLOPs than this, the run is for a worker of the service. */
const MOST_WORK = 2e12;
const FIRST_BATCHES = 100;

/**
 * Trains the document in the page itself, in a Web Worker with the same engine as the service's: no queue and no server,
 * so that a small network answers at once. One at a time; a new start ends the one before.
 */
export class Preview {
  readonly store: StoreApi<PreviewState> = createStore<PreviewState>()(() => ({
    run: null,
    view: emptyRunView,
    activations: {},
  }));
  private worker: Worker | null = null;
  private starts = 0;
  private wish: Wish = 'go';

  constructor(private readonly rowsOf: (dataset: string) => Promise<DatasetRows>) {}

  /** Why this document is not for the page; null where it is. */
  static obstacle({ program, totals }: Pick<CompileResult, 'program' | 'totals'>): string | null {
    if (!program) return 'Mend the problems first.';
    if (!program.tasks.some((task) => task.do === 'update')) return 'There is nothing to train.';
    const work = totals.flops * (program.symbols.batch ?? 1) * FIRST_BATCHES;
    return work > MOST_WORK ? 'This network is too large for the page: press Run.' : null;
  }

  /** Rejects with a sentence for the user where the data cannot be had. */
  async start(document: Document, { program }: CompileResult, ids: { documentId: string; seed?: number }) {
    if (!program) return;
    this.stop();
    const start = ++this.starts;
    this.wish = 'go';
    const seed = ids.seed ?? program.seed;
    this.store.setState({
      run: summary(document.title, ids.documentId, seed, this.starts),
      view: emptyRunView,
      activations: {},
    });
    const rows: Record<string, DatasetRows> = {};
    for (const op of program.ops) {
      const id = op.params.dataset;
      if (typeof id !== 'string' || op.kind !== 'dataset' || rows[id]) continue;
      const definition = datasets[id];
      if (!(definition && isGenerated(definition))) rows[id] = await this.rowsOf(id);
    }
    if (start !== this.starts) return;
    this.worker = new Worker(new URL('./preview.worker.ts', import.meta.url), { type: 'module', name: 'preview' });
    this.worker.onmessage = ({ data }: MessageEvent<FromPreview>) => this.take(data);
    this.worker.onerror = ({ message }) =>
      this.take({ is: 'failed', text: message || 'The preview cannot start here.' });
    const expected = document.expected.filter((one) => one.variant === undefined && one.preset === undefined);
    this.send({ do: 'start', program, seed, expected, rows });
    // A wish may have come while the data was on its way.
    if (this.wish !== 'go') this.send({ do: 'wish', wish: this.wish });
    this.set({ startedAt: new Date().toISOString(), ...(this.wish === 'go' ? { status: 'running' } : {}) });
  }

  control(action: RunAction): void {
    if (action === 'pause') this.set({ status: 'pausing' });
    if (action === 'resume') this.set({ status: 'running' });
    this.wish = WISHES[action];
    this.send({ do: 'wish', wish: this.wish });
  }

  /** Ends the worker, whatever it does. */
  stop(): void {
    this.worker?.terminate();
    this.worker = null;
  }

  private send(message: ToPreview): void {
    this.worker?.postMessage(message);
  }

  private take(message: FromPreview): void {
    if (message.is === 'update') this.update(message);
    else if (message.is === 'paused') this.set({ status: 'paused' });
    else if (message.is === 'failed') this.end('failed', message.text);
    else this.end(this.store.getState().view.finished?.status ?? 'succeeded', null);
  }

  private end(status: RunStatus, reason: string | null): void {
    this.stop();
    this.set({ status, reason, finishedAt: new Date().toISOString() });
  }

  private update(message: Extract<FromPreview, { is: 'update' }>): void {
    const { view, activations } = this.store.getState();
    const metrics: Record<string, number | null> = {};
    for (const { event } of message.events)
      if (event.type === 'metrics' || event.type === 'sweep') Object.assign(metrics, event.values);
    this.store.setState({
      view: foldRun(view, message.events),
      activations: message.activations ?? activations,
    });
    const { run } = this.store.getState();
    this.set({
      metrics: { ...run?.metrics, ...metrics },
      ...(message.progress ? { progress: message.progress } : {}),
    });
  }

  private set(change: Partial<RunSummary>): void {
    const { run } = this.store.getState();
    if (run) this.store.setState({ run: { ...run, ...change } });
  }
}

const WISHES: Record<RunAction, Wish> = { pause: 'pause', resume: 'go', cancel: 'stop' };

const summary = (title: string, documentId: string, seed: number, number: number): RunSummary => ({
  id: PREVIEW_RUN,
  workspaceId: '',
  documentId,
  number,
  title,
  preset: null,
  seed,
  status: 'queued',
  reason: null,
  createdAt: new Date().toISOString(),
  startedAt: null,
  finishedAt: null,
  progress: null,
  metrics: {},
  functions: [],
  parent: null,
});
