import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { projectRoot } from '@/server/engine/project';
import type { Length, Peer } from './peer';

export interface PythonJob extends Length {
  case: string;
  batch: number;
  threads: number;
  /** Raw arrays: path, type and shape of each. */
  data: { path: string; dtype: 'uint8' | 'int32'; shape: number[] }[];
}

const ready = z.object({ parameters: z.number(), versions: z.record(z.string(), z.string()) });
const measured = z.object({ examplesPerSecond: z.number() });

/**
 * A script of this folder that builds its model, says that it is ready, and trains once for each line it is sent.
 * Throws with its last words where it ends early.
 */
export async function openPython(
  command: { python: string; env: Record<string, string> },
  script: 'keras-peer.py' | 'pytorch-peer.py',
  job: PythonJob,
): Promise<Peer> {
  const file = path.join(projectRoot, 'server', 'cli', 'bench', 'train', script);
  const child = spawn(command.python, [file, JSON.stringify(job)], { env: { ...process.env, ...command.env } });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-4096);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const answer = async (): Promise<unknown> => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${script} ended early:\n${words.trim().split('\n').slice(-12).join('\n')}`);
      if (value.startsWith('{')) return JSON.parse(value);
    }
  };
  const facts = ready.parse(await answer());
  return {
    ...facts,
    async measure() {
      child.stdin.write('measure\n');
      return measured.parse(await answer()).examplesPerSecond;
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
