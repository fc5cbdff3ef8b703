'use client';
import { IconChartLine } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTRPCClient } from '@/app/_client/trpc';
import { runTree } from '@/app/_runs/run-tree';
import { Chip, type Tone } from '@/app/_ui/chip';
import { EmptyState } from '@/app/_ui/empty-state';
import { groupDigits } from '@/app/_ui/group-digits';
import type { RunStatus } from '@/lib/protocol/run-event';
import type { RunSummary } from '@/lib/protocol/service';
import classes from './document-runs.module.css';

const TONES: Record<RunStatus, Tone> = {
  queued: 'neutral',
  running: 'run',
  pausing: 'run',
  paused: 'warn',
  succeeded: 'ok',
  failed: 'error',
  cancelled: 'neutral',
  diverged: 'error',
};

/** The runs of a document, newest first. */
export function DocumentRuns(props: { workspaceId: string; documentId: string; onOpen(run: string): void }) {
  const { workspaceId, documentId } = props;
  const client = useTRPCClient();
  const { data } = useQuery({
    queryKey: ['document-runs', documentId],
    queryFn: () => client.runs.list.query({ workspaceId, documentId }),
    refetchInterval: 2_000,
  });
  if (data?.length === 0) {
    return (
      <EmptyState
        icon={<IconChartLine size={18} stroke={1.75} />}
        title="No runs yet"
        text="Press Run to train this network; what comes of it is kept here."
      />
    );
  }
  return (
    <div className={classes.page}>
      <h2>Runs</h2>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>Run</th>
            <th>State</th>
            <th>Started</th>
            <th>Seed</th>
            <th>Best figures</th>
          </tr>
        </thead>
        <tbody>
          {runTree(data ?? []).map(({ run, depth }) => (
            <tr key={run.id}>
              <td style={{ paddingLeft: 16 * Math.min(depth, 6) }}>
                <button type="button" onClick={() => props.onOpen(run.id)}>
                  {run.title || `Run ${run.number}`}
                </button>
                {run.parent && ` off run ${run.parent.number} at step ${groupDigits(run.parent.iteration)}`}
              </td>
              <td>
                <Chip tone={TONES[run.status]}>{run.status}</Chip>
              </td>
              <td>{new Date(run.startedAt ?? run.createdAt).toLocaleString()}</td>
              <td>{run.seed}</td>
              <td>{figures(run)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Test and validation metrics, the loss last. */
function figures(run: RunSummary): string {
  const shown = Object.entries(run.metrics).filter(([key, value]) => value !== null && /^(test|val)\./.test(key));
  shown.sort(([a], [b]) => Number(/loss/.test(a)) - Number(/loss/.test(b)) || a.localeCompare(b));
  return shown
    .slice(0, 3)
    .map(([key, value]) => `${key.replace('.', ' ').replace(/^val/, 'validation')} ${Number(value).toPrecision(4)}`)
    .join(' · ');
}
