'use client';
import { IconChartLine } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/app/_client/trpc';
import { isActive } from '@/app/_runs/is-active';
import { RunsTable, runName } from '@/app/_runs/runs-table';
import { EmptyState } from '@/app/_ui/empty-state';
import classes from './document-runs.module.css';

/** The runs of a document, newest first. */
export function DocumentRuns(props: { workspaceId: string; documentId: string; onOpen(run: string): void }) {
  const { workspaceId, documentId } = props;
  const trpc = useTRPC();
  const { data } = useQuery({
    ...trpc.runs.list.queryOptions({ workspaceId, documentId }),
    refetchInterval: (query) => (query.state.data?.some(({ status }) => isActive(status)) ? 2_000 : 10_000),
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
      <RunsTable
        runs={data ?? []}
        name={(run) => (
          <button type="button" onClick={() => props.onOpen(run.id)}>
            {capitalised(runName(run))}
          </button>
        )}
      />
    </div>
  );
}

const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
