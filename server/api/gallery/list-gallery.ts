import { procedure } from '../procedure';

/** What can be opened from the gallery. */
export const listGallery = procedure('gallery.read').query(({ ctx }) => ctx.services.gallery.list());
