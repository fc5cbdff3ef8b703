import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Program } from '@/lib/compile/program';
import type { Checkpoint } from '@/lib/engine/checkpoint';
import { readCheckpoint, writeCheckpoint } from '@/lib/engine/checkpoint-file';
import { checkpointRef } from '@/lib/engine/run-training';
import type { Document, Expectation } from '@/lib/graph/document';
import { parseDocument } from '@/lib/graph/parse-document';
import { type LoggedEvent, runEvent } from '@/lib/protocol/run-event';
import { localFolder } from '@/server/storage/local-folder';

const DOCUMENT = 'document.json';
const PROGRAM = 'program.json';
const EVENTS = 'events.jsonl';
const SETTINGS = 'run.json';
const CHECKPOINT = 'checkpoint.safetensors';

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** What a run was started with, kept beside it so that it can be taken up again in the same way. */
const settings = z.object({
  seed: z.number(),
  threads: z.number(),
  engine: z.enum(['auto', 'tensorflow', 'webgpu', 'wasm', 'cpu']),
  data: z.record(z.string(), z.string()),
  expected: z.array(z.unknown()),
  variants: z.array(z.string()),
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

/** The latest whole checkpoint with its name, or null. */
export async function latestCheckpoint(folder: string): Promise<{ ref: string; checkpoint: Checkpoint } | null> {
  const store = localFolder(folder);
  const names = await readdir(path.join(folder, 'checkpoints')).catch(() => []);
  for (const name of names.sort().reverse()) {
    const ref = `checkpoints/${name}`;
    if ((await store.size(`${ref}/${CHECKPOINT}`)) === null) continue;
    return { ref, checkpoint: readCheckpoint(await store.get(`${ref}/${CHECKPOINT}`)) };
  }
  return null;
}

/** Writes a run's log and checkpoints as they come. */
export interface RunWriter {
  event(logged: LoggedEvent): void;
  checkpoint(checkpoint: Checkpoint, announced: boolean): Promise<void>;
  close(): void;
}

/** `from`: the first seq that will be written; later ones of an earlier try are dropped, since they come again. */
export function openRunFolder(folder: string, from: number, startedFrom: string | null): RunWriter {
  const file = path.join(folder, EVENTS);
  const kept = eventsOf(folder).filter(({ seq }) => seq < from);
  writeFileSync(file, kept.map((logged) => `${JSON.stringify(logged)}\n`).join(''));
  const descriptor = openSync(file, 'a');
  const store = localFolder(folder);
  // One that the log does not name is needed only until there is a later one.
  let passing = startedFrom;
  const keepNamed = ({ event }: LoggedEvent): void => {
    if (event.type === 'checkpoint' && event.ref === passing) passing = null;
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
      if (passing !== null && passing !== ref) await store.remove(passing);
      passing = announced ? null : ref;
    },
    close: () => closeSync(descriptor),
  };
}
