'use client';

import { Button, Skeleton } from '@mantine/core';
import { IconChartLine, IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { readableError } from '@/app/_client/readable-error';
import { homeWorkspace, useSession } from '@/app/_client/session';
import { useTRPC } from '@/app/_client/trpc';
import { isActive } from '@/app/_runs/is-active';
import { RunsTable, runName } from '@/app/_runs/runs-table';
import { EmptyState } from '@/app/_ui/empty-state';
import { useDocuments } from '../_documents/use-documents';
import classes from '../_home/home.module.css';

/** Every run of the account's workspace, newest first, with what came out. */
export function RunsList() {
  const trpc = useTRPC();
  const session = useSession();
  const workspaceId = session.data ? homeWorkspace(session.data) : '';
  const runs = useQuery({
    ...trpc.runs.list.queryOptions({ workspaceId }),
    enabled: session.data !== undefined,
    refetchInterval: (query) => (query.state.data?.some(({ status }) => isActive(status)) ? 2_000 : 30_000),
  });
  const documents = useDocuments();
  const titles = new Map((documents.data ?? []).map(({ id, title }) => [id, title]));
  return (
    <main className={classes.main}>
      <div className={classes.head}>
        <h1>Runs</h1>
      </div>
      {runs.isPending && <Skeleton height={220} mt={16} radius="lg" />}
      {runs.isError && (
        <EmptyState
          tone="error"
          icon={<IconPlugConnectedX size={18} stroke={1.75} />}
          title="Your runs did not come"
          text={readableError(runs.error)}
          actions={<Button onClick={() => runs.refetch()}>Try again</Button>}
        />
      )}
      {runs.data?.length === 0 && (
        <EmptyState
          icon={<IconChartLine size={18} stroke={1.75} />}
          title="No runs yet"
          text="Open a document and press Run: the run appears here, with its curves and its model."
          actions={
            <Button component={Link} href="/gallery">
              Open the gallery
            </Button>
          }
        />
      )}
      {runs.data && runs.data.length > 0 && (
        <RunsTable
          runs={runs.data}
          name={(run) => (
            <Link href={`/runs/${run.id}`}>
              {titles.get(run.documentId) ?? 'Deleted document'} <small>{runName(run)}</small>
            </Link>
          )}
        />
      )}
    </main>
  );
}
