import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AssetCard } from '@/lib/compile/asset-card';
import { WeightsUnreadable } from '@/lib/export/safetensors/read-safetensors';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { refused } from '../datasets/upload-result';
import { TooLarge, withinLimit } from '../datasets/within-limit';
import { assetCard, uploadedAsset } from './node-assets';

/** Of one file: half a billion weights. */
const MOST_BYTES = 2_000_000_000;

export type AssetOutcome = { card: AssetCard; file: string; bytes: number } | { diagnostics: Diagnostic[] };

/**
 * Takes in a safetensors file: it goes to disk as it comes, and only its header is read. Nothing is left behind where it
 * is refused. `filename`: as the browser gave it, shown to people and never used as a path.
 */
export async function uploadAsset(upload: {
  /** Lower-case letters, digits and dashes; the asset is then `upload:<id>`. */
  id: string;
  filename: string;
  body: AsyncIterable<Uint8Array>;
  folder: string;
  limit?: number;
}): Promise<AssetOutcome> {
  const { folder, body, limit = MOST_BYTES } = upload;
  const id = `upload:${upload.id}`;
  const file = uploadedAsset(folder, id);
  if (file === null) throw new Error(`${upload.id} is no upload id`);
  await mkdir(folder, { recursive: true });
  const raw = path.join(folder, `${upload.id}.${randomBytes(4).toString('hex')}.raw`);
  try {
    await pipeline(Readable.from(withinLimit(body, limit)), createWriteStream(raw));
    const title = (upload.filename.split(/[\\/]/).at(-1) ?? '').slice(0, 200) || 'weights.safetensors';
    const card = assetCard(id, raw, title);
    if (Object.keys(card.tensors).length === 0)
      return refused(`${title} holds no tensors of numbers that can be read here. Save its weights as F32.`);
    const { size } = await stat(raw);
    await rename(raw, file);
    return { card, file, bytes: size };
  } catch (error) {
    if (error instanceof WeightsUnreadable) return refused(error.message, { received: upload.filename });
    if (!(error instanceof TooLarge)) throw error;
    return refused(`The file is larger than ${Math.round(limit / 1e6)} MB, which is the limit.`, { code: 'limit' });
  } finally {
    await rm(raw, { force: true });
  }
}
