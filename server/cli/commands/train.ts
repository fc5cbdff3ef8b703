import { copyFileSync } from 'node:fs';
import type { DatasetCard } from '@/lib/datasets/card';
import { branchObstacle } from '@/lib/engine/start-branch';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Document } from '@/lib/graph/document';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { defaultThreads } from '@/server/engine/engine-environment';
import { assetCards } from '../asset-cards';
import type { Command } from '../command';
import { EXIT, InputError } from '../exit-code';
import { printDiagnostics } from '../print-diagnostics';
import { readSource } from '../read-source';
import { type BranchSource, readBranchSource } from '../train/branch-source';
import { combineVariants, endOf, type FinishLine, failedLine, historyOf } from '../train/finish-line';
import { expectationsFor, makeFolders, type PlannedRun, plannedBefore, planRuns } from '../train/plan-runs';
import { prepareEngine } from '../train/prepare-engine';
import { eventsOf, originFile, type RunSettings, readSettings } from '../train/run-folder';
import { showRun } from '../train/show-run';
import { summarize } from '../train/summarize';
import { trainInChild } from '../train/train-in-child';
import { type TrainOptions, trainOptions } from '../train/train-options';
import { uploadsFolder } from '../uploads-folder';

interface Plan {
  runs: PlannedRun[];
  settings: Omit<RunSettings, 'variants'>;
  resume: boolean;
  /** The checkpoint that a branch began from. */
  origin: string | undefined;
}

/** A new run; null where the document has errors, which are printed. */
async function planNew(options: TrainOptions): Promise<Plan | null> {
  const branch = options.branch && (await readBranchSource(options.branch.folder, options.branch.iteration));
  const { document, diagnostics: reading } =
    options.source === undefined && branch
      ? { document: branch.document, diagnostics: [] }
      : readSource(options.source ?? '');
  const data = { ...branch?.settings.data, ...options.data };
  const assets = { ...branch?.settings.assets, ...options.assets };
  const cards = nodeDatasets({ uploads: uploadsFolder(), paths: data }).cards();
  // A branch of the same document is trained as its run was, but for what is said now.
  const before = options.source === undefined ? branch?.settings : undefined;
  const preset = options.preset ?? before?.preset;
  const length = options.length ?? before?.length;
  const batch = options.batch ?? before?.batch;
  const request = {
    cards,
    assets: assetCards(assets),
    out: options.out ?? null,
    ...(preset === undefined ? {} : { preset }),
    ...(length === undefined ? {} : { length }),
    ...(batch === undefined ? {} : { batch }),
  };
  const { runs, diagnostics } = document ? planRuns({ ...request, document }) : { runs: [], diagnostics: [] };
  report([...reading, ...diagnostics], document, options.json);
  const [first] = runs;
  if (!document || !first) return null;
  const obstacle = branch && branchProblem(runs, cards, branch);
  if (obstacle) throw new InputError(obstacle);
  const changed = length !== undefined || Object.keys(options.data).length > 0;
  const settings = {
    seed: options.seed ?? branch?.settings.seed ?? first.program.seed,
    threads: options.threads ?? branch?.settings.threads ?? defaultThreads(),
    engine: options.engine,
    data,
    assets,
    expected: expectationsFor(document, preset, changed),
    ...(preset === undefined ? {} : { preset }),
    ...(length === undefined ? {} : { length }),
    ...(batch === undefined ? {} : { batch }),
    ...(branch ? { branch: { run: branch.run, names: branch.names } } : {}),
  };
  if (options.out !== undefined) {
    makeFolders(options.out, runs, document, settings);
    if (branch) copyFileSync(branch.file, originFile(options.out));
  }
  return { runs, settings, resume: false, origin: options.out === undefined ? branch?.file : originFile(options.out) };
}

/** Why these runs cannot begin at that checkpoint. */
function branchProblem(runs: readonly PlannedRun[], cards: Record<string, DatasetCard>, branch: BranchSource) {
  const [first, second] = runs;
  if (!first || second) return 'A branch is one run, but this document has several variants. Give one that has none.';
  return branchObstacle(first.program, cards, branch.iteration);
}

/** Diagnostics for people on stderr; with --json a line of them on stdout, where there are any. */
function report(diagnostics: readonly Diagnostic[], document: Document | undefined, json: boolean): void {
  if (json && diagnostics.some(({ severity }) => severity === 'error'))
    console.log(JSON.stringify({ type: 'diagnostics', diagnostics }));
  printDiagnostics(diagnostics, document);
}

/** A run that goes on in its own folder, with the seed, threads and engine that it began with. */
function planResumed(folder: string, options: TrainOptions): Plan {
  let earlier: ReturnType<typeof readSettings>;
  try {
    earlier = readSettings(folder);
  } catch {
    throw new InputError(`${folder} holds no run. Give a folder that an earlier --out made.`);
  }
  const { variants, ...settings } = earlier.settings;
  if (options.seed !== undefined && options.seed !== settings.seed)
    throw new InputError(`That run has seed ${settings.seed}; it cannot go on with ${options.seed}.`);
  return { runs: plannedBefore(folder, variants), settings, resume: true, origin: originFile(folder) };
}

async function trainOne(planned: PlannedRun, plan: Plan, json: boolean) {
  const { variant, program, folder } = planned;
  const { branch, preset: _, length: __, batch: ___, ...settings } = plan.settings;
  const before = folder === null || !plan.resume ? [] : eventsOf(folder);
  const ended = endOf(before);
  if (ended && plan.runs.length > 1) return { finished: ended, history: historyOf(before.map(({ event }) => event)) };
  const show = showRun(variant);
  const events = before.map(({ event }) => event);
  const job = {
    ...settings,
    program,
    folder,
    resume: plan.resume,
    uploads: uploadsFolder(),
    branch: branch && plan.origin !== undefined ? { ...branch, file: plan.origin } : null,
  };
  const expected = plan.runs.length > 1 ? [] : settings.expected;
  const end = await trainInChild(
    { ...job, expected },
    {
      onEvent(event) {
        events.push(event);
        const line = variant === null ? event : { variant, ...event };
        if (json && (event.type !== 'finished' || variant !== null)) console.log(JSON.stringify(line));
        if (!json) show.event(event);
      },
      onProgress: (progress) => {
        if (!json) show.progress(progress);
      },
    },
  );
  show.end();
  const finished: FinishLine = 'finished' in end ? end.finished : failedLine(events, end.failure);
  return { finished, history: historyOf(events) };
}

const EXIT_BY_STATUS = {
  succeeded: EXIT.done,
  cancelled: EXIT.cancelled,
  failed: EXIT.failed,
  diverged: EXIT.failed,
} as const;

export const command: Command = {
  summary: 'trains a document',
  usage: `[FILE|gallery:<id>] [options]

  --epochs N, --iterations N   how long, instead of what the document says
  --batch N                    examples in a batch
  --seed N                     of initial weights, order and noise
  --preset NAME, --quick       settings that the document offers
  --engine NAME                tensorflow, wasm or cpu; the best one by default
  --threads N                  of the native engine; all cores by default
  --data ID=PATH               folder with the files of a data set
  --asset ID=FILE              safetensors file of trained weights that nodes of the document start from
  --out DIR                    keeps document, program, events and checkpoints there
  --resume DIR                 continues the run in DIR from its last checkpoint
  --branch DIR[@ITERATION]     a new run that begins where the run in DIR had its last checkpoint, or the one at that
                               iteration; of its document, or of another one: weights go by id and shape
  --json                       one event a line on stdout; the last line has type "finished"

Exit codes: 0 done, 1 the document has errors, 2 usage, 3 internal, 4 the run failed or diverged, 130 stopped by Ctrl-C.`,
  async run(args) {
    const options = trainOptions(args);
    const { resume } = options;
    const plan = resume === undefined ? await planNew(options) : planResumed(resume, options);
    if (!plan) return EXIT.input;
    await prepareEngine(plan.settings.engine);
    const results: { variant: string; finished: FinishLine; history: ReturnType<typeof historyOf> }[] = [];
    for (const planned of plan.runs) {
      const result = await trainOne(planned, plan, options.json);
      results.push({ variant: planned.variant ?? '', ...result });
      if (result.finished.status === 'cancelled') break;
    }
    const [only] = results;
    if (!only) throw new Error('Invariant: a plan has a run');
    const hasVariants = plan.runs.some(({ variant }) => variant !== null);
    const last = hasVariants ? combineVariants(results, plan.settings.expected) : only.finished;
    if (options.json) console.log(JSON.stringify(last));
    else summarize(last);
    return EXIT_BY_STATUS[last.status];
  },
};
