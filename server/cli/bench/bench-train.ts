import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { compile } from '@/lib/compile/compile';
import { kinds } from '@/lib/nodes/kinds.generated';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { progressLine } from '@/server/engine/progress-line';
import { PEERS, pythonEnvironment } from '@/server/engine/python-environment';
import { InputError } from '../exit-code';
import { benchCases } from './cases';
import { machine } from './machine';
import { type KerasMeasured, measureKeras, writeDigits } from './measure-keras';
import { measureOurs } from './measure-ours';
import { median } from './median';

export interface BenchReport {
  name: string;
  machine: Record<string, string | number>;
  /** Examples per second, medians over the rounds; `ratio`: ours / Keras. */
  rows: {
    case: string;
    title: string;
    ours: number;
    peers: { keras: number };
    ratio: number;
    rounds: { ours: number; keras: number }[];
  }[];
}

const BATCH = 64;

/**
 * Our engine against Keras' `fit` on PyPI's build of the same TensorFlow, in interleaved rounds, so that a slow moment of
 * the machine meets both. Each measurement is a process of its own with the same thread count.
 */
export async function benchTrain(options: { quick: boolean; threads: number }): Promise<BenchReport> {
  const { quick, threads } = options;
  const line = progressLine(process.stderr);
  const python = await pythonEnvironment(PEERS, line.show).catch((error: unknown) => {
    throw new InputError(error instanceof Error ? error.message : String(error));
  });
  line.end();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'netloom-bench-'));
  const rounds = quick ? 3 : 5;
  const lengths = { mlp: quick ? 600 : 2500, cnn: quick ? 120 : 500 };
  const warmUp = 40;
  try {
    const files = await writeDigits(folder, Math.max(...Object.values(lengths)) * BATCH);
    const rows: BenchReport['rows'] = [];
    let peer: KerasMeasured | undefined;
    let device = '';
    for (const { name, title, document } of benchCases()) {
      const { program, diagnostics, totals } = compile(document, {
        kinds,
        datasets: nodeDatasets().cards(),
        batch: BATCH,
      });
      if (!program) throw new Error(`Invariant: ${title} compiles (${diagnostics[0]?.message})`);
      const size = { threads, warmUp, iterations: lengths[name] };
      const taken: { ours: number; keras: number }[] = [];
      for (let round = 0; round < rounds; round++) {
        const ours = await measureOurs({ program, ...size });
        peer = await measureKeras(python, { case: name, files, batch: BATCH, ...size });
        if (peer.parameters !== totals.parameters)
          throw new Error(
            `${title} has ${totals.parameters} parameters here and ${peer.parameters} in Keras: not the same network.`,
          );
        device = `${ours.engine}, ${ours.device}`;
        taken.push({ ours: ours.examplesPerSecond, keras: peer.examplesPerSecond });
        console.error(
          `${title}, round ${round + 1}/${rounds}: ${Math.round(ours.examplesPerSecond)} examples/s, Keras ${Math.round(peer.examplesPerSecond)}`,
        );
      }
      const ours = median(taken.map((one) => one.ours));
      const keras = median(taken.map((one) => one.keras));
      rows.push({ case: name, title, ours, peers: { keras }, ratio: ours / keras, rounds: taken });
    }
    const versions = peer ? { tensorflow: peer.tensorflow, keras: peer.keras } : {};
    return { name: 'train', machine: { ...machine(), threads, device, ...versions }, rows };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
