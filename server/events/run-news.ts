import type { Database } from '@/server/db/database';
import { RUN_CHANNEL } from './channels';
import { listen } from './listen';
import { type RunNews, readPayload } from './run-payload';

type OnNews = (news: RunNews) => void;

/** Hands the news of runs to those of this process who watch them. */
export interface RunNewsHub {
  /** From now on `onNews` is called for this run; also after a gap in the connection, since news may be lost then. */
  watch(runId: string, onNews: OnNews): () => void;
  close(): Promise<void>;
}

/** One subscription for all runs: watchers come and go without a word to PostgreSQL. */
export async function openRunNews(database: Database): Promise<RunNewsHub> {
  const watchers = new Map<string, Set<OnNews>>();
  const tell = (runId: string, news: RunNews) => {
    for (const onNews of [...(watchers.get(runId) ?? [])]) onNews(news);
  };
  const unlisten = await listen(database, RUN_CHANNEL, {
    onNotify(payload) {
      const read = readPayload(payload);
      if (read && watchers.has(read.runId)) tell(read.runId, read.news());
    },
    onReady() {
      for (const runId of watchers.keys()) {
        tell(runId, 'events');
        tell(runId, 'state');
      }
    },
  });
  return {
    watch(runId, onNews) {
      const those = watchers.get(runId) ?? new Set();
      watchers.set(runId, those.add(onNews));
      return () => {
        those.delete(onNews);
        if (those.size === 0 && watchers.get(runId) === those) watchers.delete(runId);
      };
    },
    async close() {
      watchers.clear();
      await unlisten();
    },
  };
}
