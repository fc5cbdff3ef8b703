import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { compile } from '@/lib/compile/compile';
import { kinds } from '@/lib/nodes/kinds.generated';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { threadEnvironment } from '@/server/engine/engine-environment';
import { progressLine } from '@/server/engine/progress-line';
import { PEERS, type PythonEnvironment, pythonEnvironment } from '@/server/engine/python-environment';
import { torchPython } from '@/server/engine/torch-python';
import { InputError } from '../../exit-code';
import { machine } from '../machine';
import { median } from '../median';
import { type BenchCase, benchCases } from './cases';
import { openOwn } from './own-peer';
import type { Peer } from './peer';
import { openPython } from './python-peer';
import { writeData } from './write-data';

/** `stock`: the same program op by op with TensorFlow.js' own kernels. */
type Name = 'ours' | 'keras' | 'stock' | 'pytorch';

export interface TrainRow {
  case: BenchCase['name'];
  title: string;
  batch: number;
  /** Examples per second, medians over the rounds. PyTorch is left out where no Python has it. */
  ours: number;
  peers: Partial<Record<Exclude<Name, 'ours'>, number>>;
  /** Ours / Keras. */
  ratio: number;
  rounds: Partial<Record<Name, number>>[];
}

export interface TrainReport {
  name: 'train';
  machine: Record<string, string | number>;
  rows: TrainRow[];
}

export interface TrainOptions {
  rounds: number;
  /** A part of the iterations of a full measurement. */
  share: number;
  threads: number;
  batches: readonly number[];
  cases: readonly string[] | null;
}

const WARM_UP = 10;

/**
 * Our engine against Keras on PyPI's build of the same TensorFlow, TensorFlow.js as it comes, and PyTorch where a Python
 * has it. Each is a process of its own with the same thread count that builds its model once; rounds alternate, so that a
 * slow moment of the machine meets all, and a first one is thrown away.
 */
export async function benchTrain(options: TrainOptions): Promise<TrainReport> {
  const chosen = benchCases().filter(({ name }) => options.cases?.includes(name) ?? true);
  if (chosen.length === 0)
    throw new InputError(
      `There is no such case; these are: ${benchCases()
        .map(({ name }) => name)
        .join(', ')}.`,
    );
  const line = progressLine(process.stderr);
  const keras = await pythonEnvironment(PEERS, line.show).catch((error: unknown) => {
    throw new InputError(error instanceof Error ? error.message : String(error));
  });
  line.end();
  const torch = await torchPython();
  if (torch === null) console.error('PyTorch is left out: no Python here has it (apt-get install python3-torch).');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'netloom-bench-'));
  const report: TrainReport = { name: 'train', machine: { ...machine(), threads: options.threads }, rows: [] };
  try {
    for (const one of chosen) {
      for (const batch of options.batches) {
        const peers = await openPeers(one, { batch, folder, keras, torch, ...options });
        try {
          for (const { versions } of Object.values(peers)) Object.assign(report.machine, versions);
          report.rows.push(await compare(one, batch, peers, options.rounds));
        } finally {
          await Promise.all(Object.values(peers).map((peer) => peer.close()));
        }
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return report;
}

type Peers = Partial<Record<Name, Peer>>;

async function openPeers(
  { name, title, data, document, iterations: most }: BenchCase,
  context: {
    batch: number;
    folder: string;
    keras: PythonEnvironment;
    torch: string | null;
    threads: number;
    share: number;
  },
): Promise<Peers> {
  const { batch, folder, keras, torch, threads, share } = context;
  const { program, diagnostics, totals } = compile(document, { kinds, datasets: nodeDatasets().cards(), batch });
  if (!program) throw new Error(`Invariant: ${title} compiles (${diagnostics[0]?.message})`);
  const iterations = Math.max(4, Math.round((most * share * 64) / batch));
  const length = { warmUp: WARM_UP, iterations };
  const own = { program, threads, ...length };
  const python = {
    case: name,
    batch,
    threads,
    data: await writeData(folder, data, (WARM_UP + iterations) * batch),
    ...length,
  };
  const env = threadEnvironment(threads);
  const peers: Peers = {};
  const open = async (who: Name, opening: Promise<Peer>) => {
    const peer = await opening;
    peers[who] = peer;
    if (peer.parameters !== totals.trainableParameters)
      throw new Error(
        `${title} has ${totals.trainableParameters} parameters here and ${peer.parameters} in ${who}: not the same network.`,
      );
  };
  try {
    await open('ours', openOwn({ ...own, stock: false }, totals.trainableParameters));
    await open('keras', openPython({ ...keras, env: { ...keras.env, ...env } }, 'keras-peer.py', python));
    // Several times slower: fewer iterations say as much.
    const fewer = { iterations: Math.max(4, Math.round(iterations / 4)), warmUp: 2 };
    await open('stock', openOwn({ ...own, ...fewer, stock: true }, totals.trainableParameters));
    if (torch !== null)
      await open(
        'pytorch',
        openPython({ python: torch, env: { OMP_NUM_THREADS: String(threads) } }, 'pytorch-peer.py', {
          ...python,
          ...fewer,
        }),
      );
    return peers;
  } catch (error) {
    await Promise.all(Object.values(peers).map((peer) => peer.close()));
    throw error;
  }
}

async function compare({ name, title }: BenchCase, batch: number, peers: Peers, count: number): Promise<TrainRow> {
  const rounds: TrainRow['rounds'] = [];
  for (let round = 0; round <= count; round++) {
    const taken: TrainRow['rounds'][number] = {};
    for (const [who, peer] of Object.entries(peers)) taken[who as Name] = await peer.measure();
    const figures = Object.entries(taken).map(([who, figure]) => `${who} ${Math.round(figure)}`);
    console.error(
      `${title}, batch ${batch}, ${round === 0 ? 'warming up' : `round ${round}/${count}`}: ${figures.join(', ')}`,
    );
    if (round > 0) rounds.push(taken);
  }
  const of = (who: Name) => median(rounds.flatMap((one) => one[who] ?? []));
  const { ours: _, ...others } = peers;
  const figures = Object.fromEntries(Object.keys(others).map((who) => [who, of(who as Name)]));
  return { case: name, title, batch, ours: of('ours'), peers: figures, ratio: of('ours') / of('keras'), rounds };
}
