import { examples } from '@/lib/nodes/examples.generated';
import type { Kind, KindExample } from '@/lib/nodes/kind';

/** What a kind of the catalogue is tried with. */
export function examplesOf({ face }: Pick<Kind, 'face'>): KindExample[] {
  const own = examples[face.id];
  if (!own) throw new Error(`${face.id} is no kind of the catalogue`);
  return own;
}
