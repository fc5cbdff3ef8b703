import { z } from 'zod';

/** An id of ours, or of a data set (`upload:…`). */
export const id = z
  .string()
  .max(80)
  .regex(/^[\w:-]+$/, 'an id has only letters, digits, _, - and :');

/** Of a checkpoint: iterations done. */
export const iteration = z.number().int().min(0).max(1_000_000_000);

export const title = z.string().trim().min(1, 'a title has at least one character').max(300);
