import { blobs } from './blobs';

/** Blobs without stripes: one side of an unpaired translation. */
export const dataset = blobs({
  id: 'plain-blobs',
  title: 'Plain animals',
  summary: 'Blobs like animals seen from far, in one colour. Their striped cousins are a set of their own.',
  striped: false,
});
