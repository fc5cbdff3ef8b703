import { blobs } from './blobs';

/** Blobs with stripes: the other side of an unpaired translation. */
export const dataset = blobs({
  id: 'striped-blobs',
  title: 'Striped animals',
  summary: 'Blobs like animals seen from far, with stripes. Their plain cousins are a set of their own.',
  striped: true,
});
