import { gallery } from '@/lib/gallery/gallery.generated';
import type { Document } from '@/lib/graph/document';
import type { GallerySummary } from '@/lib/protocol/service';
import { describeDocument } from '@/server/domain/documents/encode-document';

/** The gallery's cards and documents. */
export const galleryService = {
  list: (): GallerySummary[] =>
    Object.values(gallery).map(({ document, lesson: _, ...card }) => ({
      ...card,
      nodes: describeDocument(document).nodes,
      presets: Object.keys(document.presets),
    })),
  document: (id: string): Document | null => (Object.hasOwn(gallery, id) ? (gallery[id]?.document ?? null) : null),
};
