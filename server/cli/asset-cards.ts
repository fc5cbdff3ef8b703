import type { AssetCard } from '@/lib/compile/asset-card';
import { WeightsUnreadable } from '@/lib/export/safetensors/read-safetensors';
import { nodeAssets } from '@/server/domain/assets/node-assets';
import { InputError } from './exit-code';
import { uploadsFolder } from './uploads-folder';

/** Trained weights that a document may start from here: files given by hand, and uploads to the service. Throws `InputError`. */
export function assetCards(files: Record<string, string>): Record<string, AssetCard> {
  try {
    return nodeAssets({ files, uploads: uploadsFolder() }).cards();
  } catch (error) {
    if (error instanceof WeightsUnreadable) throw new InputError(error.message);
    throw error;
  }
}
