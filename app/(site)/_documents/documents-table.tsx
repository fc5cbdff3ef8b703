'use client';

import { Button, Skeleton } from '@mantine/core';
import { IconFileText, IconPlugConnectedX, IconPlus } from '@tabler/icons-react';
import Link from 'next/link';
import { readableError } from '@/app/_client/readable-error';
import { EmptyState } from '@/app/_ui/empty-state';
import { RunStateChip } from '@/app/_ui/run-state';
import { Sparkline } from '@/app/_ui/sparkline';
import table from '@/app/_ui/table.module.css';
import { timeAgo } from '@/app/_ui/time-ago';
import type { MiniNode } from '../_gallery/mini-graph';
import classes from '../_home/home.module.css';
import { DocumentMenu } from './document-menu';
import { MiniGraphPicture } from './mini-graph-picture';
import { useCreateDocument } from './use-create-document';
import { useDocuments } from './use-documents';

/** Every document of the account's workspace, last edited first. */
export function DocumentsTable({ minis }: { minis: Record<string, MiniNode[]> }) {
  const documents = useDocuments();
  const create = useCreateDocument();
  const newDocument = (
    <Button
      variant="filled"
      size="md"
      leftSection={<IconPlus size={14} stroke={1.75} />}
      loading={create.isPending}
      onClick={() => create.mutate({ empty: 'Untitled' })}
    >
      New document
    </Button>
  );
  return (
    <main className={classes.main}>
      <div className={classes.head}>
        <h1>My documents</h1>
        {newDocument}
      </div>
      {documents.isPending && <Skeleton height={220} mt={16} radius="lg" />}
      {documents.isError && (
        <EmptyState
          tone="error"
          icon={<IconPlugConnectedX size={18} stroke={1.75} />}
          title="Your documents did not come"
          text={readableError(documents.error)}
          actions={<Button onClick={() => documents.refetch()}>Try again</Button>}
        />
      )}
      {documents.data?.length === 0 && (
        <EmptyState
          icon={<IconFileText size={18} stroke={1.75} />}
          title="No documents yet"
          text="Start from an empty canvas, or open a network of the gallery: it becomes yours to change."
          actions={
            <Button component={Link} href="/gallery">
              Open the gallery
            </Button>
          }
        />
      )}
      {documents.data && documents.data.length > 0 && (
        <div className={table.wrap}>
          <table className={table.table}>
            <thead>
              <tr>
                <th>Title</th>
                <th data-number>Nodes</th>
                <th>Edited</th>
                <th>Last run</th>
                <th aria-label="Course of the loss" />
                <th aria-label="Actions" />
              </tr>
            </thead>
            <tbody>
              {documents.data.map((document) => (
                <tr key={document.id}>
                  <td>
                    <Link href={`/documents/${document.id}`} className={table.title}>
                      <MiniGraphPicture nodes={document.origin ? minis[document.origin] : undefined} />
                      <span>{document.title}</span>
                    </Link>
                  </td>
                  <td data-number>{document.nodes}</td>
                  <td>{timeAgo(document.updatedAt)}</td>
                  <td>
                    {document.lastRun ? (
                      <Link href={`/runs/${document.lastRun.id}`}>
                        <RunStateChip status={document.lastRun.status} />
                      </Link>
                    ) : (
                      '–'
                    )}
                  </td>
                  <td>
                    <Sparkline values={document.lastRun?.series ?? []} />
                  </td>
                  <td data-number>
                    <DocumentMenu document={document} />
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
