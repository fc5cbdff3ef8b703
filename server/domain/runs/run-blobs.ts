import type { BlobKey } from '@/server/storage/blob-store';

/** The checkpoint that a branch began from; removed with the run's other blobs. */
export const originKey = (runId: string): BlobKey => `runs/${runId}/origin`;
