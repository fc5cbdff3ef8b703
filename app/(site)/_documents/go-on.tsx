'use client';

import { Button, Skeleton } from '@mantine/core';
import Link from 'next/link';
import { readableError } from '@/app/_client/readable-error';
import { Panel } from '@/app/_ui/panel';
import { runStateTitle } from '@/app/_ui/run-state';
import { Sparkline } from '@/app/_ui/sparkline';
import { timeAgo } from '@/app/_ui/time-ago';
import type { DocumentSummary } from '@/lib/protocol/service';
import type { MiniNode } from '../_gallery/mini-graph';
import classes from './documents.module.css';
import { MiniGraphPicture } from './mini-graph-picture';
import { useDocuments } from './use-documents';

const SHOWN = 5;

/** The documents edited last, each with the course of its latest run. */
export function GoOn({ minis }: { minis: Record<string, MiniNode[]> }) {
  const documents = useDocuments();
  const all = documents.data ?? [];
  return (
    <Panel title="Go on" aside={all.length > 0 ? <Link href="/documents">all {all.length}</Link> : null}>
      {documents.isPending &&
        [0, 1, 2].map((row) => (
          <div key={row} className={classes.row}>
            <Skeleton width={40} height={28} />
            <Skeleton width="60%" height={12} />
          </div>
        ))}
      {documents.isError && (
        <div className={classes.row}>
          <span className={classes.name}>
            <small>{readableError(documents.error)}</small>
          </span>
          <Button size="xs" onClick={() => documents.refetch()}>
            Try again
          </Button>
        </div>
      )}
      {documents.isSuccess && all.length === 0 && (
        <p className={classes.note}>Nothing yet. Open a network on the left: it becomes yours to change.</p>
      )}
      {all.slice(0, SHOWN).map((document) => (
        <Link key={document.id} href={`/documents/${document.id}`} className={classes.row}>
          <MiniGraphPicture nodes={document.origin ? minis[document.origin] : undefined} />
          <span className={classes.name}>
            <b>{document.title}</b>
            <small>{happened(document)}</small>
          </span>
          {document.lastRun?.series.length ? <Sparkline values={document.lastRun.series} /> : null}
        </Link>
      ))}
    </Panel>
  );
}

function happened(document: DocumentSummary): string {
  const status = document.lastRun?.status;
  if (status === 'running' || status === 'queued' || status === 'pausing' || status === 'paused')
    return runStateTitle(status).toLowerCase();
  return `edited ${timeAgo(document.updatedAt)}`;
}
