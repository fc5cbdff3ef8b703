'use client';

import { useQuery } from '@tanstack/react-query';
import { homeWorkspace, useSession } from '@/app/_client/session';
import { useTRPC } from '@/app/_client/trpc';

/** Documents of the account's own workspace, last edited first. */
export function useDocuments() {
  const trpc = useTRPC();
  const session = useSession();
  const workspaceId = session.data ? homeWorkspace(session.data) : '';
  return useQuery({ ...trpc.documents.list.queryOptions({ workspaceId }), enabled: session.data !== undefined });
}
