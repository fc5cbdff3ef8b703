import { and, asc, desc, eq } from 'drizzle-orm';
import { checkpoints } from '@/drizzle/schema/checkpoints';
import { runs } from '@/drizzle/schema/runs';
import { isRecord } from '@/lib/base/json';
import { compile } from '@/lib/compile/compile';
import { liveNumbersOf } from '@/lib/engine/live-numbers';
import { branchObstacle } from '@/lib/engine/start-branch';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Document } from '@/lib/graph/document';
import { parseDocument } from '@/lib/graph/parse-document';
import { type Length, setLength } from '@/lib/graph/set-length';
import { variantDocument } from '@/lib/graph/variant-document';
import { faceKinds } from '@/lib/nodes/face-kinds';
import type { StartRunResult } from '@/lib/protocol/service';
import { AppError, notFound } from '@/server/errors/app-error';
import type { BlobStore } from '@/server/storage/blob-store';
import { workspaceAssets } from '../assets/assets.queries';
import { uploadedCards } from '../datasets/datasets.queries';
import { originKey } from './run-blobs';
import { commandLog } from './run-commands.queries';
import { insertRun, newRunId } from './runs.queries';
import { numberKey, settingsAfter } from './settings-after';
import type { StartRunServices } from './start-run';

/** Another value of a live number. */
export interface SetNumber {
  path: string;
  param: string;
  value: number;
}

export interface BranchRun {
  runId: string;
  userId: string;
  /** Of a checkpoint; absent: the last one. */
  iteration?: number | undefined;
  /** The document as that run had it, or as it is now. */
  document: 'run' | 'now';
  numbers: SetNumber[];
  length?: Length | undefined;
  seed?: number | undefined;
}

/**
 * Queues a new run that begins at a checkpoint of another one, with changed numbers, length or document, and with what
 * people had set until then; answers the diagnostics instead where an error stands in the way. Throws `conflict` where there is no such checkpoint, or where the
 * branch would have nothing left to train.
 */
export async function branchRun(
  services: StartRunServices & { blobs: BlobStore },
  branch: BranchRun,
): Promise<StartRunResult> {
  const { db, blobs } = services;
  const [parent] = await db.select().from(runs).where(eq(runs.id, branch.runId));
  if (!parent) throw notFound('run');
  const checkpoint = await checkpointAt(services, branch);
  const base = branch.document === 'run' ? { document: parent.document } : await documentNow(services, parent);
  if ('diagnostics' in base) return base;
  let { document } = base;
  const before = branch.document === 'run' ? await commandLog(db, parent.id, checkpoint.seq) : [];
  const asked = settingsAfter([
    ...before.map(({ command }) => command),
    ...branch.numbers.map((number) => ({ do: 'set' as const, ...number })),
  ]);
  const commands: SetNumber[] = [];
  for (const change of asked.numbers) {
    if (isParam(document, change)) document = withNumber(document, change);
    else commands.push(change);
  }
  const length = branch.length ?? asked.length;
  if (length) document = setLength(document, length);
  const { workspaceId, documentId, preset } = parent;
  const datasets = { ...services.builtIn(), ...(await uploadedCards(db, workspaceId)) };
  const { program, diagnostics } = compile(document, {
    kinds: faceKinds,
    datasets,
    assets: await workspaceAssets(db, workspaceId),
    ...(preset === null ? {} : { preset }),
  });
  if (!program) return { diagnostics };
  const live = new Set(liveNumbersOf(program, faceKinds).map(numberKey));
  const unknown = commands.find((change) => !live.has(numberKey(change)));
  if (unknown) throw noNumber(unknown);
  const obstacle = branchObstacle(program, datasets, checkpoint.iteration);
  if (obstacle) throw new AppError('conflict', obstacle);
  const id = newRunId();
  // A copy: the branch can begin again whatever becomes of its parent.
  await blobs.put(originKey(id), (await blobs.open(checkpoint.ref)).stream);
  try {
    await insertRun(db, {
      workspaceId,
      documentId,
      userId: branch.userId,
      title: null,
      document,
      program,
      preset,
      seed: branch.seed ?? parent.seed,
      branch: {
        id,
        threads: parent.threads,
        commands: commands.map((change) => ({ do: 'set', ...change })),
        origin: {
          runId: parent.id,
          number: parent.number,
          iteration: checkpoint.iteration,
          names: Object.fromEntries(parent.program.variables.map((variable) => [variable.id, variable.name])),
        },
      },
    });
  } catch (error) {
    await blobs.remove(originKey(id));
    throw error;
  }
  await services.queue.enqueue(id);
  return { runId: id };
}

async function checkpointAt({ db }: StartRunServices, { runId, iteration }: BranchRun) {
  const columns = { iteration: checkpoints.iteration, seq: checkpoints.seq, ref: checkpoints.ref };
  const of = eq(checkpoints.runId, runId);
  const [found] = await db
    .select(columns)
    .from(checkpoints)
    .where(iteration === undefined ? of : and(of, eq(checkpoints.iteration, iteration)))
    .orderBy(desc(checkpoints.iteration))
    .limit(1);
  if (found) return found;
  const kept = await db.select(columns).from(checkpoints).where(of).orderBy(asc(checkpoints.iteration));
  const there = kept.map((one) => one.iteration).join(', ');
  throw new AppError(
    'conflict',
    there === ''
      ? 'This run has no checkpoint yet. Let it train a little, then branch off.'
      : `This run has no checkpoint at iteration ${iteration}. Branch off at one of ${there}.`,
  );
}

/** The document as people have it before them; of variants the one that the run was. */
async function documentNow(
  { live }: StartRunServices,
  run: { documentId: string; title: string },
): Promise<{ document: Document } | { diagnostics: Diagnostic[] }> {
  const { document, diagnostics } = parseDocument(await live.read(run.documentId));
  if (!document) return { diagnostics };
  const variant = document.variants.find(({ title }) => title === run.title);
  return { document: variant ? variantDocument(document, variant) : document };
}

/** Whether a number is a param of the main graph. What lies in blocks, or follows a schedule, is set while it trains. */
function isParam(document: Document, { path, param }: SetNumber): boolean {
  const driven = Object.values(document.graph.edges).some(
    ({ to: [node, port] }) => node === path && port === `param:${param}`,
  );
  return path in document.graph.nodes && !driven;
}

const noNumber = ({ path, param }: SetNumber): AppError =>
  new AppError('invalid', `There is no number ${param} of ${path} that may change. Reload the page.`);

/** The document with another value of a live number. Throws `invalid` where there is no such number. */
function withNumber(document: Document, change: SetNumber): Document {
  const { path, value } = change;
  const [param = '', index] = change.param.split('.');
  const node = document.graph.nodes[path];
  const field = node && faceKinds[node.kind]?.face.fields[param];
  if (!node || !field || !('live' in field && field.live)) throw noNumber(change);
  const set = index === undefined ? value : withItem(node.params[param] ?? field.default, Number(index), value);
  const nodes = { ...document.graph.nodes, [path]: { ...node, params: { ...node.params, [param]: set } } };
  return { ...document, graph: { ...document.graph, nodes } };
}

function withItem(list: unknown, index: number, value: number): number[] {
  if (isRecord(list))
    throw new AppError('invalid', 'These numbers are computed by an expression. Change it in the graph.');
  const items = Array.isArray(list) ? (list as number[]) : [];
  return Array.from({ length: Math.max(items.length, index + 1) }, (_, i) => (i === index ? value : (items[i] ?? 1)));
}
