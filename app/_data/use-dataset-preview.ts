'use client';

import { useQuery } from '@tanstack/react-query';
import { homeWorkspace, useSession } from '@/app/_client/session';
import { useTRPC } from '@/app/_client/trpc';

/** The first rows of a data set; they do not change, so they are asked for once. */
export function useDatasetPreview(id: string, enabled = true) {
  const trpc = useTRPC();
  const session = useSession();
  const workspaceId = session.data ? homeWorkspace(session.data) : '';
  return useQuery({
    ...trpc.datasets.preview.queryOptions({ workspaceId, id }),
    enabled: enabled && session.data !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
