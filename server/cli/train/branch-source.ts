import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readCheckpoint } from '@/lib/engine/checkpoint-file';
import type { Document } from '@/lib/graph/document';
import { variantDocument } from '@/lib/graph/variant-document';
import { InputError } from '../exit-code';
import { checkpointFile, checkpointsOf, programOf, type RunSettings, readSettings } from './run-folder';

/** A run that another one leaves: what it was started with, and the checkpoint to begin from. */
export interface BranchSource {
  document: Document;
  settings: RunSettings;
  iteration: number;
  /** For the branch's log. */
  run: string;
  file: string;
  names: Record<string, string>;
}

/**
 * Reads the folder of a run, or of one variant, to branch off at a checkpoint; the last one where no iteration is given.
 * Throws `InputError` where there is no such run or checkpoint.
 */
export async function readBranchSource(folder: string, wanted: number | undefined): Promise<BranchSource> {
  const { document, settings } = readRun(folder);
  const kept = await checkpointsOf(folder);
  const iteration = wanted ?? kept.at(-1);
  if (iteration === undefined) throw new InputError(`${folder} holds no checkpoint yet. Let that run train a little.`);
  if (!kept.includes(iteration))
    throw new InputError(
      `${folder} has no checkpoint at iteration ${iteration}. There is one at ${kept.join(', ') || 'no iteration'}.`,
    );
  const file = checkpointFile(folder, iteration);
  readCheckpoint(readFileSync(file));
  const names = Object.fromEntries(programOf(folder).variables.map(({ id, name }) => [id, name]));
  return { document, settings, iteration, run: path.basename(folder), file, names };
}

function readRun(folder: string): { document: Document; settings: RunSettings } {
  const own = settingsIn(folder);
  if (own && own.settings.variants.length === 0) return own;
  const above = settingsIn(path.dirname(folder));
  const variant = above?.document.variants.find(({ id }) => id === path.basename(folder));
  if (above && variant) return { document: variantDocument(above.document, variant), settings: above.settings };
  const variants = own?.settings.variants.map((id) => path.join(folder, id)).join(', ');
  throw new InputError(
    variants
      ? `${folder} holds the runs of several variants. Branch off one of them: ${variants}.`
      : `${folder} holds no run. Give a folder that an earlier --out made.`,
  );
}

function settingsIn(folder: string): ReturnType<typeof readSettings> | null {
  try {
    return readSettings(folder);
  } catch {
    return null;
  }
}
