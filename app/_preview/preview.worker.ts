import * as tfjs from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { Program, ValueId } from '@/lib/compile/program';
import type { DatasetOpener } from '@/lib/datasets/card';
import { isGenerated } from '@/lib/datasets/dataset';
import { datasets } from '@/lib/datasets/datasets.generated';
import { openGenerated } from '@/lib/datasets/open-generated';
import { browserHost } from '@/lib/engine/browser-host';
import { weightsOf } from '@/lib/engine/call-function';
import type { Checkpoint } from '@/lib/engine/checkpoint';
import { evaluateProgram } from '@/lib/engine/evaluate';
import type { EngineHost } from '@/lib/engine/host';
import { type EngineItem, runTraining, type Wish } from '@/lib/engine/run-training';
import { fillWasmKernels } from '@/lib/engine/wasm/fill-kernels';
import type { Tf } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import type { LoggedEvent, RunProgress } from '@/lib/protocol/run-event';
import { type Activation, activationOf } from './activation';
import type { FromPreview, ToPreview } from './messages';
import { openRows } from './open-rows';

/** A run in the page: the same program and engine as on a server, on WebAssembly or, where there is none, JavaScript. */

type Start = Extract<ToPreview, { do: 'start' }>;

const REPORT_MS = 100;
/** Every how many milliseconds the values on the wires are looked at; it costs a forward pass of one example. */
const LOOK_MS = 400;
/** Iterations between two checkpoints, which are what the wires are looked at with. */
const LOOK_EVERY = 5;

let wish: Wish = 'go';
let begin: (() => void) | null = null;

const post = (message: FromPreview): void => self.postMessage(message);

self.onmessage = ({ data }: MessageEvent<ToPreview>) => {
  if (data.do === 'start') void train(data).catch((error: unknown) => post({ is: 'failed', text: textOf(error) }));
  else {
    wish = data.wish;
    if (wish !== 'pause') begin?.();
  }
};

async function train(start: Start): Promise<void> {
  const host = await openHost(datasetsOf(start));
  let resume: Checkpoint | undefined;
  for (;;) {
    const reporter = makeReporter(start.program, host);
    const items = runTraining(start.program, host, {
      kinds,
      seed: start.seed,
      expected: start.expected,
      control: { wants: () => wish },
      checkpointEvery: LOOK_EVERY,
      ...(resume ? { resume } : {}),
    });
    let next = await items.next();
    for (; !next.done; next = await items.next()) {
      if (next.value.kind === 'checkpoint') resume = next.value.checkpoint;
      await reporter.take(next.value);
    }
    reporter.flush();
    if (next.value === 'finished') return post({ is: 'finished' });
    post({ is: 'paused' });
    await new Promise<void>((resolve) => {
      begin = resolve;
      if (wish !== 'pause') resolve();
    });
  }
}

/** Gathers what happened and reports it ten times a second. */
function makeReporter(program: Program, host: EngineHost) {
  const shown = visibleValues(program);
  let events: LoggedEvent[] = [];
  let progress: RunProgress | null = null;
  let activations: Record<string, Activation> | null = null;
  // The first event goes at once: it says that training began, and on what.
  let reported = Number.NEGATIVE_INFINITY;
  let looked = Number.NEGATIVE_INFINITY;
  const flush = () => {
    reported = host.now();
    post({ is: 'update', events, progress, activations });
    events = [];
    activations = null;
  };
  return {
    flush,
    async take(item: EngineItem) {
      if (item.kind === 'event') events.push({ seq: item.seq, event: item.event });
      else if (item.kind === 'progress') progress = item.progress;
      else if (host.now() - looked >= LOOK_MS && shown.length > 0) {
        activations = await look(program, host, item.checkpoint, shown);
        looked = host.now();
      }
      if (host.now() - reported >= REPORT_MS) flush();
    },
  };
}

/** One picture-like or row-like output of each node of the main graph that computes. */
function visibleValues(program: Program): ValueId[] {
  const withRows = program.ops.some((op) => op.where === 'source' && kinds[op.kind]?.face.role === 'dataset');
  if (!withRows) return [];
  return program.ops.flatMap((op) => {
    const value = op.where === 'device' && !op.id.includes('/') ? op.out.y : undefined;
    const spec = value === undefined ? undefined : program.values[value];
    return value !== undefined && spec?.dtype === 'float32' && (spec.shape?.length === 2 || spec.shape?.length === 4)
      ? [value]
      : [];
  });
}

async function look(
  program: Program,
  host: EngineHost,
  checkpoint: Checkpoint,
  fetch: ValueId[],
): Promise<Record<string, Activation>> {
  const { values } = await evaluateProgram(
    program,
    weightsOf(checkpoint),
    host,
    { fetch, mode: 'evaluation', split: 'validation', index: [0] },
    { kinds },
  );
  return Object.fromEntries(
    Object.entries(values).flatMap(([id, value]) => {
      const activation = activationOf(value);
      return activation ? [[id.slice(0, id.indexOf('.')), activation]] : [];
    }),
  );
}

function datasetsOf({ rows }: Start): DatasetOpener {
  return {
    async open(id, options) {
      const given = rows[id];
      if (given) return openRows(given);
      const definition = datasets[id];
      if (definition && isGenerated(definition)) return openGenerated(definition, options);
      throw new Error(`The data set ${id} is not on this page.`);
    },
  };
}

async function openHost(opener: DatasetOpener): Promise<EngineHost> {
  const tf = tfjs as unknown as Tf;
  try {
    setWasmPaths({
      'tfjs-backend-wasm.wasm': new URL(
        '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm',
        import.meta.url,
      ).toString(),
      'tfjs-backend-wasm-simd.wasm': new URL(
        '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
        import.meta.url,
      ).toString(),
      'tfjs-backend-wasm-threaded-simd.wasm': new URL(
        '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm',
        import.meta.url,
      ).toString(),
    });
    // One thread: equal results on every machine, and no worker below this one.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    fillWasmKernels(tf);
    if (await tf.setBackend('wasm')) return browserHost(tf, 'wasm', opener);
  } catch {
    // Without WebAssembly there is still JavaScript.
  }
  await tf.setBackend('cpu');
  return browserHost(tf, 'cpu', opener);
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
