import { z } from 'zod';

/** An id of ours, or of a data set (`upload:…`). */
export const id = z
  .string()
  .max(80)
  .regex(/^[\w:-]+$/, 'an id has only letters, digits, _, - and :');

export const title = z.string().trim().min(1, 'a title has at least one character').max(300);
