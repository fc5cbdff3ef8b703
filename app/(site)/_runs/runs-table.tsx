'use client';

import { Button, Skeleton } from '@mantine/core';
import { IconChartLine, IconGitBranch, IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { readableError } from '@/app/_client/readable-error';
import { homeWorkspace, useSession } from '@/app/_client/session';
import { useTRPC } from '@/app/_client/trpc';
import { formatMetric, formatRate } from '@/app/_runs/format-figures';
import { isActive } from '@/app/_runs/is-active';
import { runTree } from '@/app/_runs/run-tree';
import { EmptyState } from '@/app/_ui/empty-state';
import { groupDigits } from '@/app/_ui/group-digits';
import { RunStateChip } from '@/app/_ui/run-state';
import table from '@/app/_ui/table.module.css';
import { timeAgo } from '@/app/_ui/time-ago';
import type { RunSummary } from '@/lib/protocol/service';
import { useDocuments } from '../_documents/use-documents';
import classes from '../_home/home.module.css';
import { RunMenu } from './run-menu';

/** Every run of the account's workspace, newest first, with what came out. */
export function RunsTable() {
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
        <div className={table.wrap}>
          <table className={table.table}>
            <thead>
              <tr>
                <th>Run</th>
                <th>State</th>
                <th data-number>Accuracy</th>
                <th data-number>Loss</th>
                <th data-number>Examples / s</th>
                <th data-number>Seed</th>
                <th>Started</th>
                <th aria-label="Actions" />
              </tr>
            </thead>
            <tbody>
              {runTree(runs.data).map(({ run, depth }) => (
                <tr key={run.id}>
                  <td>
                    <Link
                      href={`/runs/${run.id}`}
                      className={table.title}
                      style={{ paddingLeft: 20 * Math.min(depth, 6) }}
                    >
                      {run.parent && <IconGitBranch size={14} stroke={1.75} aria-hidden />}
                      <span>
                        {titles.get(run.documentId) ?? 'Deleted document'}
                        <span style={{ color: 'var(--nl-text-3)', fontWeight: 400 }}> {runName(run)}</span>
                      </span>
                    </Link>
                  </td>
                  <td>
                    <RunStateChip status={run.status} />
                  </td>
                  <td data-number>
                    <b>{figure(run, 'accuracy')}</b>
                  </td>
                  <td data-number>{figure(run, 'loss')}</td>
                  <td data-number>{run.progress ? formatRate(run.progress.examplesPerSecond) : '–'}</td>
                  <td data-number>{run.seed}</td>
                  <td>{timeAgo(run.startedAt ?? run.createdAt)}</td>
                  <td data-number>
                    <RunMenu run={run} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </main>
  );
}

function runName(run: RunSummary): string {
  const name = run.title.toLowerCase() === `run ${run.number}` ? `run ${run.number}` : run.title;
  const branch = run.parent ? `, off run ${run.parent.number} at step ${groupDigits(run.parent.iteration)}` : '';
  return `${name}${run.preset ? `, ${run.preset}` : ''}${branch}`;
}

/** The measure on the data that says most: test, then validation, then training. */
function figure(run: RunSummary, name: string): string {
  for (const pass of ['test', 'val', 'train']) {
    const value = run.metrics[`${pass}.${name}`];
    if (value !== undefined) return formatMetric(name, value);
  }
  return '–';
}
