import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { Database } from '@/server/db/database';

export interface Listener {
  /** A notification came. */
  onNotify(payload: string): void;
  /**
   * The subscription stands: at first, and again after PostgreSQL was away. What came in between is lost, so read the
   * state anew here.
   */
  onReady(): void;
}

/** Milliseconds between attempts to come back. */
const AGAIN_AFTER = 100;

/**
 * Subscribes to a channel on a connection of its own; resolves once it stands, to the way out. Meant for as long as the
 * process lives: whoever comes and goes uses `openRunNews`.
 */
export async function listen(database: Database, channel: string, listener: Listener): Promise<() => Promise<void>> {
  let closed = false;
  let client = await subscribe();
  listener.onReady();

  async function subscribe(): Promise<Client> {
    const fresh = new Client({ connectionString: database.url, connectionTimeoutMillis: 5_000, keepAlive: true });
    // Its end is what counts; it comes after every error.
    fresh.on('error', () => undefined);
    fresh.on('notification', ({ payload }) => listener.onNotify(payload ?? ''));
    await fresh.connect();
    await fresh.query(`listen ${fresh.escapeIdentifier(channel)}`);
    fresh.once('end', () => void comeBack());
    return fresh;
  }

  async function comeBack(): Promise<void> {
    while (!closed) {
      try {
        client = await subscribe();
        if (closed) await client.end();
        else listener.onReady();
        return;
      } catch {
        await pause(AGAIN_AFTER);
      }
    }
  }

  return async () => {
    closed = true;
    await client.end();
  };
}
