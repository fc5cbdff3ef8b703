import { setTimeout as pause } from 'node:timers/promises';
import { toAppError } from '@/server/errors/app-error';

/** Whether an error only says that PostgreSQL is away. */
export const isOutage = (error: unknown): boolean => toAppError(error).code === 'unavailable';

/**
 * Does something that may safely be done again, and waits out a restart of PostgreSQL for at most `patience`
 * milliseconds.
 */
export async function throughOutage<T>(work: () => Promise<T>, patience = 60_000): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isOutage(error) || Date.now() > deadline) throw error;
      await pause(100);
    }
  }
}
