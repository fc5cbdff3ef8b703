import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Program } from '@/lib/compile/program';
import type { Checkpoint } from '@/lib/engine/checkpoint';
import { readCheckpoint, writeCheckpoint } from '@/lib/engine/checkpoint-file';
import { checkpointRef } from '@/lib/engine/run-training';
import { spreadCheckpoints } from '@/lib/engine/spread-checkpoints';
import type { Document, Expectation } from '@/lib/graph/document';
import { parseDocument } from '@/lib/graph/parse-document';
import { type LoggedEvent, runEvent } from '@/lib/protocol/run-event';
import { localFolder } from '@/server/storage/local-folder';

const DOCUMENT = 'document.json';
const PROGRAM = 'program.json';
const EVENTS = 'events.jsonl';
const SETTINGS = 'run.json';
const CHECKPOINT = 'checkpoint.safetensors';
const ORIGIN = 'origin.safetensors';

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** What a run was started with, kept beside it so that it can be taken up again in the same way. */
const settings = z.object({
  seed: z.number(),
  threads: z.number(),
  engine: z.enum(['auto', 'tensorflow', 'webgpu', 'wasm', 'cpu']),
  data: z.record(z.string(), z.string()),
  assets: z.record(z.string(), z.string()),
  expected: z.array(z.unknown()),
  variants: z.array(z.string()),
  /** Settings that the document offers, and what was given instead of the document's own. */
  preset: z.string().optional(),
  length: z.union([z.object({ epochs: z.number() }), z.object({ iterations: z.number() })]).optional(),
  batch: z.number().optional(),
  /** Of a branch: the run that it left, the names of that run's variables. `origin.safetensors` is where it began. */
  branch: z.object({ run: z.string(), names: z.record(z.string(), z.string()) }).optional(),
});

export type RunSettings = Omit<z.infer<typeof settings>, 'expected'> & { expected: Expectation[] };

/** The folder that `--out` names: the document, the settings, and the run, or one folder for each variant. */
export function writeSettings(folder: string, document: Document, chosen: RunSettings): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, DOCUMENT), JSON.stringify(document, null, 2));
  writeFileSync(path.join(folder, SETTINGS), JSON.stringify(chosen, null, 2));
}

/** Throws where the folder holds no run. */
export function readSettings(folder: string): { document: Document; settings: RunSettings } {
  const read = settings.parse(readJson(path.join(folder, SETTINGS)));
  const { document } = parseDocument(readJson(path.join(folder, DOCUMENT)));
  if (!document) throw new Error(`${DOCUMENT} does not parse`);
  return { document, settings: { ...read, expected: read.expected as Expectation[] } };
}

/**
 * A run directory (DECISIONS 16): `document.json`, `program.json`, `events.jsonl` (`{"seq":…,"event":…}` a line),
 * `checkpoints/<iteration>/`, `artifacts/`.
 */
export function writeRunFolder(folder: string, document: Document, program: Program): void {
  mkdirSync(path.join(folder, 'artifacts'), { recursive: true });
  writeFileSync(path.join(folder, DOCUMENT), JSON.stringify(document, null, 2));
  writeFileSync(path.join(folder, PROGRAM), JSON.stringify(program));
  writeFileSync(path.join(folder, EVENTS), '');
}

export const programOf = (folder: string): Program => readJson(path.join(folder, PROGRAM)) as Program;

/** Events that were logged whole; a line that a crash cut off is left out. */
export function eventsOf(folder: string): LoggedEvent[] {
  const file = path.join(folder, EVENTS);
  if (!existsSync(file)) return [];
  const events: LoggedEvent[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    try {
      const { seq, event } = JSON.parse(line) as LoggedEvent;
      events.push({ seq, event: runEvent.parse(event) });
    } catch {
      break;
    }
  }
  return events;
}

/** Iterations at which a whole checkpoint was kept, in order. */
export async function checkpointsOf(folder: string): Promise<number[]> {
  const names = await readdir(path.join(folder, 'checkpoints')).catch(() => []);
  const whole = names.filter((name) => existsSync(path.join(folder, 'checkpoints', name, CHECKPOINT)));
  return whole.map(Number).sort((a, b) => a - b);
}

/** File of the checkpoint at an iteration. */
export const checkpointFile = (folder: string, iteration: number): string =>
  path.join(folder, checkpointRef(iteration), CHECKPOINT);

/** File that holds where a branch began. */
export const originFile = (folder: string): string => path.join(folder, ORIGIN);

/** The latest whole checkpoint, or null. */
export async function latestCheckpoint(folder: string): Promise<Checkpoint | null> {
  const latest = (await checkpointsOf(folder)).at(-1);
  return latest === undefined ? null : readCheckpoint(readFileSync(checkpointFile(folder, latest)));
}

/** Writes a run's log and checkpoints as they come. */
export interface RunWriter {
  event(logged: LoggedEvent): void;
  checkpoint(checkpoint: Checkpoint, announced: boolean): Promise<void>;
  close(): void;
}

/**
 * `from`: the first seq that will be written; later ones of an earlier try are dropped, since they come again. `every`:
 * iterations between checkpoints that the log does not name; of these some are kept evenly over the run, and the newest.
 */
export async function openRunFolder(folder: string, from: number, every: number): Promise<RunWriter> {
  const file = path.join(folder, EVENTS);
  const kept = eventsOf(folder).filter(({ seq }) => seq < from);
  writeFileSync(file, kept.map((logged) => `${JSON.stringify(logged)}\n`).join(''));
  const descriptor = openSync(file, 'a');
  const store = localFolder(folder);
  const passing = new Set(await checkpointsOf(folder));
  const keepNamed = ({ event }: LoggedEvent): void => {
    if (event.type === 'checkpoint') passing.delete(event.iteration + 1);
  };
  kept.forEach(keepNamed);
  return {
    event(logged) {
      keepNamed(logged);
      writeSync(descriptor, `${JSON.stringify(logged)}\n`);
    },
    async checkpoint(checkpoint, announced) {
      const ref = checkpointRef(checkpoint.iteration);
      // The log up to here must be on disk before a checkpoint that counts on it.
      fsyncSync(descriptor);
      await store.put(`${ref}/${CHECKPOINT}`, writeCheckpoint(checkpoint));
      const spread = spreadCheckpoints([...passing], every);
      for (const iteration of passing) {
        if (iteration === checkpoint.iteration || spread.includes(iteration)) continue;
        await store.remove(checkpointRef(iteration));
        passing.delete(iteration);
      }
      if (announced) passing.delete(checkpoint.iteration);
      else passing.add(checkpoint.iteration);
    },
    close: () => closeSync(descriptor),
  };
}
