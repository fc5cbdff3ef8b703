/** What a drag from the palette carries: the id of a kind, or of a block of this document. */
export const KIND_MIME = 'application/x-netloom-kind';
export const BLOCK_MIME = 'application/x-netloom-block';
