/** What a drag from the palette carries: the id of a kind, of a block of this document, or of one of the workspace. */
export const KIND_MIME = 'application/x-netloom-kind';
export const BLOCK_MIME = 'application/x-netloom-block';
export const SHARED_MIME = 'application/x-netloom-shared-block';
