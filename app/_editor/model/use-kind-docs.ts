'use client';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { KindDocs } from '@/lib/nodes/kind';

/** What the kinds say of themselves: not needed for the first picture, and loaded once after it. */
export const kindDocs = queryOptions({
  queryKey: ['kind-docs'],
  queryFn: () => import('@/lib/nodes/docs.generated').then((module) => module.docs),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

export const useKindDocs = (kind: string): KindDocs | undefined => useQuery(kindDocs).data?.[kind];
