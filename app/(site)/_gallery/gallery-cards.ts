import { compile } from '@/lib/compile/compile';
import type { DatasetCard } from '@/lib/datasets/card';
import { datasets } from '@/lib/datasets/datasets.generated';
import { gallery } from '@/lib/gallery/gallery.generated';
import type { EntryThumbnail, GalleryEntry } from '@/lib/gallery/gallery-entry';
import { faceKinds } from '@/lib/nodes/face-kinds';
import { type MiniNode, miniGraph } from './mini-graph';

/** What a card of the gallery shows: plain data, so that the pages need neither documents nor the compiler. */
export interface GalleryCard {
  id: string;
  title: string;
  section: GalleryEntry['section'];
  summary: string;
  minutes: number;
  /** Weights and other learned numbers of the network, as the compiler counts them. */
  parameters: number;
  thumbnail: EntryThumbnail;
  mini: MiniNode[];
}

let made: GalleryCard[] | null = null;

/** All entries by section, in the catalogue's order inside it. */
export function galleryCards(): GalleryCard[] {
  if (made) return made;
  const cards: Record<string, DatasetCard> = {};
  for (const [id, definition] of Object.entries(datasets)) cards[id] = definition.card;
  made = Object.values(gallery)
    .map(({ id, title, section, summary, minutes, thumbnail, document }) => ({
      id,
      title,
      section,
      summary,
      minutes,
      thumbnail,
      parameters: compile(document, { kinds: faceKinds, datasets: cards }).totals.parameters,
      mini: miniGraph(document),
    }))
    .sort((a, b) => a.section.localeCompare(b.section) || a.minutes - b.minutes || a.title.localeCompare(b.title));
  return made;
}
