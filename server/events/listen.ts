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

/**
 * Subscribes to a channel; resolves once it stands, to the way out. One connection per process carries all channels.
 * Meant for as long as the process lives; what comes and goes uses `openRunNews`.
 */
export async function listen(database: Database, channel: string, listener: Listener): Promise<() => Promise<void>> {
  const subscription = await database.sql.listen(
    channel,
    (payload) => listener.onNotify(payload),
    () => listener.onReady(),
  );
  return subscription.unlisten;
}
