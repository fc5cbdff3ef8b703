import type { RunSummary } from '@/lib/protocol/service';

/** Runs with their branches behind them, one level deeper; a branch whose parent is not in the list stands alone. */
export function runTree(runs: readonly RunSummary[]): { run: RunSummary; depth: number }[] {
  const ids = new Set(runs.map(({ id }) => id));
  const parentOf = ({ parent }: RunSummary): string | null => (parent?.id && ids.has(parent.id) ? parent.id : null);
  const under = (parent: string | null, depth: number): { run: RunSummary; depth: number }[] =>
    runs.filter((run) => parentOf(run) === parent).flatMap((run) => [{ run, depth }, ...under(run.id, depth + 1)]);
  return under(null, 0);
}
