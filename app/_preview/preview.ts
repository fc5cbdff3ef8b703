import { createStore, type StoreApi } from 'zustand/vanilla';
import { readableError } from '@/app/_client/readable-error';
import { emptyRunView, foldRun, type RunView } from '@/app/_runs/fold-run';
import type { RunAction } from '@/app/_runs/use-run-control';
import { iterationFlops } from '@/lib/compile/iteration-flops';
import type { Program } from '@/lib/compile/program';
import type { CompileResult } from '@/lib/compile/result';
import { isGenerated } from '@/lib/datasets/dataset';
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

/** Why a document is not for the page, and what to do; null where it is. */
export function obstacleTo({ program, diagnostics }: Pick<CompileResult, 'program' | 'diagnostics'>): string | null {
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (!program) return `The document does not compile. ${error?.message ?? 'Mend its problems first.'}`;
  if (!program.tasks.some((task) => task.do === 'update'))
    return 'Nothing is trained here: wire an optimizer to a Training node, or press Run to evaluate the document once.';
  if (program.variables.some(({ init }) => init.by === 'asset'))
    return 'This network starts from a file of trained weights, which only the service has. Press Run to train it there.';
  const batch = program.symbols.batch ?? 1;
  const work = iterationFlops(program) * batch;
  const most = MOST_WORK / FIRST_BATCHES;
  return work > most
    ? `This network is too large for the page: a batch of ${batch} takes ${giga(work)} forward, and up to ${giga(most)} train here in good time. Press Run to train it on the service, or take smaller batches.`
    : null;
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

const giga = (flops: number): string => `${(flops / 1e9).toLocaleString('en-US', { maximumFractionDigits: 1 })} GFLOPs`;

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

  /**
   * Whatever keeps it from starting ends it as failed, with a reason for the user: a document that is not for the page,
   * data that cannot be had, a page that cannot load the engine.
   */
  async start(document: Document, result: CompileResult, ids: { documentId: string; seed?: number }): Promise<void> {
    this.stop();
    const start = ++this.starts;
    this.wish = 'go';
    const seed = ids.seed ?? result.program?.seed ?? 0;
    this.store.setState({
      run: summary(document.title, ids.documentId, seed, this.starts),
      view: emptyRunView,
      activations: {},
    });
    const { program } = result;
    const obstacle = obstacleTo(result);
    if (!program || obstacle !== null) return this.end('failed', obstacle);
    const rows = await this.rowsFor(program).catch((error: unknown) => {
      if (start === this.starts) this.end('failed', `The data did not come to this page. ${readableError(error)}`);
      return null;
    });
    if (start !== this.starts || !rows) return;
    this.worker = new Worker(new URL('./preview.worker.ts', import.meta.url), { type: 'module', name: 'preview' });
    this.worker.onmessage = ({ data }: MessageEvent<FromPreview>) => this.take(data);
    this.worker.onerror = ({ message }) =>
      this.take({ is: 'failed', text: message || 'the page could not load the engine' });
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

  /** The first rows of each set that is not made in code. */
  private async rowsFor(program: Program): Promise<Record<string, DatasetRows>> {
    const { datasets } = await import('@/lib/datasets/datasets.generated');
    const rows: Record<string, DatasetRows> = {};
    for (const op of program.ops) {
      const id = op.params.dataset;
      if (typeof id !== 'string' || op.kind !== 'dataset' || rows[id]) continue;
      const definition = datasets[id];
      if (!(definition && isGenerated(definition))) rows[id] = await this.rowsOf(id);
    }
    return rows;
  }

  private send(message: ToPreview): void {
    this.worker?.postMessage(message);
  }

  private take(message: FromPreview): void {
    if (message.is === 'update') this.update(message);
    else if (message.is === 'paused') this.set({ status: 'paused' });
    else if (message.is === 'failed')
      this.end(
        'failed',
        `The preview failed: ${sentence(message.text)} Try again, or press Run to train on the service.`,
      );
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
