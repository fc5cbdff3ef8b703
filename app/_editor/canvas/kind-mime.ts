/** Mime type of a kind that is dragged from the palette. */
export const KIND_MIME = 'application/x-netloom-kind';
