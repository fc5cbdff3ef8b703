'use client';

import { Button, Skeleton } from '@mantine/core';
import { IconDatabase, IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { readableError } from '@/app/_client/readable-error';
import { homeWorkspace, useSession } from '@/app/_client/session';
import { useTRPC } from '@/app/_client/trpc';
import { EmptyState } from '@/app/_ui/empty-state';
import home from '../_home/home.module.css';
import { StartFromData } from '../_home/start-from-data';
import classes from './data.module.css';
import { DatasetTile } from './dataset-tile';
import { WeightsList } from './weights-list';

/** Data sets that come with Netloom and the workspace's own, with what they are and where they come from. */
export function DatasetsList() {
  const trpc = useTRPC();
  const session = useSession();
  const workspaceId = session.data ? homeWorkspace(session.data) : '';
  const list = useQuery({
    ...trpc.datasets.list.queryOptions({ workspaceId }),
    enabled: session.data !== undefined,
  });
  return (
    <main className={home.main}>
      <div className={home.head}>
        <h1>Data</h1>
      </div>
      <div className={classes.upload}>
        <StartFromData />
      </div>
      {list.isPending && (
        <div className={classes.grid}>
          {[0, 1, 2].map((card) => (
            <Skeleton key={card} height={320} radius="lg" />
          ))}
        </div>
      )}
      {list.isError && (
        <EmptyState
          tone="error"
          icon={<IconPlugConnectedX size={18} stroke={1.75} />}
          title="The data sets did not come"
          text={readableError(list.error)}
          actions={<Button onClick={() => list.refetch()}>Try again</Button>}
        />
      )}
      {list.data?.length === 0 && (
        <EmptyState
          icon={<IconDatabase size={18} stroke={1.75} />}
          title="No data sets"
          text="Upload a table or a ZIP with folders of pictures to begin."
        />
      )}
      <div className={classes.grid}>
        {list.data?.map((card) => (
          <DatasetTile key={card.id} card={card} workspaceId={workspaceId} />
        ))}
      </div>
      <WeightsList workspaceId={workspaceId} />
    </main>
  );
}
