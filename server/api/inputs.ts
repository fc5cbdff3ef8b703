import { z } from 'zod';

/** An id of ours; what is none cannot exist, and is answered like a missing thing by the queries. */
export const id = z.string().min(1).max(80);

export const title = z.string().trim().min(1, 'a title has at least one character').max(300);
