'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { readableError } from '@/app/_client/readable-error';
import { homeWorkspace, useSession } from '@/app/_client/session';
import { useTRPC, useTRPCClient } from '@/app/_client/trpc';
import { showToast } from '@/app/_ui/toast';
import type { Document } from '@/lib/graph/document';

export type DocumentOrigin = { gallery: string } | { document: Document } | { empty: string };

/** Makes a document in the account's own workspace and opens it; `query` is put behind its address. */
export function useCreateDocument(query = '') {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const session = useSession();
  const router = useRouter();
  return useMutation({
    mutationFn: async (from: DocumentOrigin) => {
      const known = session.data ?? (await session.refetch({ throwOnError: true })).data;
      if (!known) throw new Error('It is not known yet who you are. Try again in a moment.');
      return client.documents.create.mutate({ workspaceId: homeWorkspace(known), from });
    },
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: trpc.documents.list.pathKey() });
      router.push(`/documents/${made.id}${query}`);
    },
    onError: (error) => showToast({ tone: 'error', text: readableError(error) }),
  });
}
