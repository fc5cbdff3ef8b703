import { defaultThreads } from '@/server/engine/engine-environment';
import { benchTrain } from '../bench/bench-train';
import type { Command } from '../command';
import { EXIT, UsageError } from '../exit-code';
import { parseOptions, wholeNumber } from '../options';
import { prepareEngine } from '../train/prepare-engine';

export const command: Command = {
  summary: 'measures training against Keras on the same TensorFlow',
  usage: `train [--quick] [--threads N] [--json]

Fetches Keras and TensorFlow from PyPI once (1.6 GB on disk). Rounds alternate; figures are medians in examples per second.`,
  async run(args) {
    const { values, positionals } = parseOptions(args, {
      quick: { type: 'boolean', default: false },
      threads: { type: 'string' },
      json: { type: 'boolean', default: false },
    });
    if (positionals.join(' ') !== 'train') throw new UsageError('bench has one suite: train.');
    await prepareEngine('auto');
    const threads = wholeNumber('threads', values.threads, 1) ?? defaultThreads();
    const report = await benchTrain({ quick: values.quick, threads });
    if (values.json) {
      console.log(JSON.stringify(report));
      return EXIT.done;
    }
    console.log(
      Object.entries(report.machine)
        .map(([key, value]) => `${key} ${value}`)
        .join(', '),
    );
    for (const { title, ours, peers, ratio } of report.rows)
      console.log(
        `${title.padEnd(30)}ours ${Math.round(ours)}  Keras ${Math.round(peers.keras)}  ratio ${ratio.toFixed(2)}`,
      );
    return EXIT.done;
  },
};
