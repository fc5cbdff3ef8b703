import { defaultThreads } from '@/server/engine/engine-environment';
import { benchCompile } from '../bench/bench-compile';
import { benchEditor } from '../bench/bench-editor';
import { benchService } from '../bench/bench-service';
import { benchTrain, type TrainReport } from '../bench/train/bench-train';
import type { Command } from '../command';
import { EXIT, UsageError } from '../exit-code';
import { parseOptions, wholeNumber } from '../options';
import { prepareEngine } from '../train/prepare-engine';

export const command: Command = {
  summary: 'measures training against Keras and PyTorch, the compiler, and the editor',
  usage: `train [--quick] [--case NAME,…] [--batch N,…] [--threads N] [--json]
bench service [--quick] [--threads N] [--json]
bench compile [--quick] [--json]
bench editor [--quick] [--url ADDRESS] [--json]

editor: frames per second in Chromium beside plain React Flow; starts a service of its own unless ADDRESS names one.
service: the CNN through queue, worker, database and a client that watches, against the engine alone.
compile: milliseconds for residual networks made of blocks, from nothing and again after one edit.
train: fetches Keras and TensorFlow from PyPI once (1.6 GB on disk). Rounds alternate; figures are medians in examples per second.
       Cases: mlp, cnn, resnet20, lstm, dcgan, vae; batches 64 and 256. --quick: mlp and cnn at 64.`,
  async run(args) {
    const { values, positionals } = parseOptions(args, {
      quick: { type: 'boolean', default: false },
      case: { type: 'string' },
      batch: { type: 'string' },
      threads: { type: 'string' },
      url: { type: 'string' },
      json: { type: 'boolean', default: false },
    });
    const suite = positionals.join(' ');
    if (suite === 'compile') return showCompile(values.quick ? 5 : 20, values.json);
    if (suite === 'editor')
      return showEditor({ url: values.url ?? null, counts: values.quick ? [300] : [300, 1500] }, values.json);
    if (suite !== 'train' && suite !== 'service')
      throw new UsageError('bench has four suites: train, service, compile and editor.');
    await prepareEngine('auto');
    const threads = wholeNumber('threads', values.threads, 1) ?? defaultThreads();
    const { quick } = values;
    if (suite === 'service')
      return showService({ rounds: quick ? 2 : 5, iterations: quick ? 600 : 850, threads }, values.json);
    const report = await benchTrain({
      rounds: quick ? 4 : 5,
      share: quick ? 0.5 : 1,
      threads,
      batches: values.batch?.split(',').map((one) => wholeNumber('batch', one, 1) ?? 64) ?? (quick ? [64] : [64, 256]),
      cases: values.case?.split(',') ?? (quick ? ['mlp', 'cnn'] : null),
    });
    if (values.json) console.log(JSON.stringify(report));
    else showTrain(report);
    return EXIT.done;
  },
};

function showTrain({ machine, rows }: TrainReport): void {
  const facts = Object.entries(machine).map(([key, value]) => `${key} ${value}`);
  console.log(facts.join(', '));
  for (const { title, batch, ours, peers } of rows) {
    const figure = (name: string, value: number | undefined) =>
      value === undefined ? `${name} –` : `${name} ${Math.round(value)} (${(ours / value).toFixed(2)}×)`;
    console.log(
      [
        `${title}, batch ${batch}`.padEnd(32),
        `ours ${Math.round(ours)}`,
        figure('Keras', peers.keras),
        figure('stock TensorFlow.js', peers.stock),
        figure('PyTorch', peers.pytorch),
      ].join('  '),
    );
  }
}

async function showService(options: Parameters<typeof benchService>[0], json: boolean): Promise<number> {
  const report = await benchService(options);
  if (json) console.log(JSON.stringify(report));
  else
    for (const { case: name, ours, peers, ratio } of report.rows)
      console.log(
        `${name}: ${Math.round(ours)} examples/s through the service, ${Math.round(peers.engine)} by the engine alone: ${((1 - ratio) * 100).toFixed(1)} % overhead`,
      );
  return EXIT.done;
}

function showCompile(rounds: number, json: boolean): number {
  const report = benchCompile({ rounds });
  if (json) console.log(JSON.stringify(report));
  else
    for (const { title, nodes, parameters, ours, peers } of report.rows)
      console.log(
        `${title.padEnd(12)}${String(nodes).padStart(4)} nodes  ${parameters} parameters  whole ${peers.whole.toFixed(1)} ms  one edit ${ours.toFixed(2)} ms  one that changes every shape ${peers.all.toFixed(1)} ms`,
      );
  return EXIT.done;
}

async function showEditor(options: Parameters<typeof benchEditor>[0], json: boolean): Promise<number> {
  const report = await benchEditor(options);
  if (json) {
    console.log(JSON.stringify(report));
    return EXIT.done;
  }
  const { load } = report;
  console.log(
    `scripts ${(load.scriptBytes / 1000).toFixed(0)} kB, then ${(load.laterBytes / 1000).toFixed(0)} kB; first picture ${load.canvasMs} ms (${load.cpuMs.toFixed(0)} ms of processor time), interactive ${load.interactiveMs} ms`,
  );
  for (const { case: title, ours, peers, p95, cpu, nodesPerFrame, commitsPerFrame } of report.rows)
    console.log(
      `${title.padEnd(20)}${ours.toFixed(0)} frames/s (p95 ${p95.ours.toFixed(0)} ms, ${cpu.ours.toFixed(1)} ms of processor time)  React Flow ${peers.reactFlow.toFixed(0)} (p95 ${p95.reactFlow.toFixed(0)} ms, ${cpu.reactFlow.toFixed(1)} ms)${
        nodesPerFrame === undefined
          ? ''
          : `  ${nodesPerFrame.toFixed(2)} nodes and ${commitsPerFrame?.toFixed(2)} commits a frame`
      }`,
    );
  return EXIT.done;
}
