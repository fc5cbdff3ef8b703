'use client';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Infer } from '@/lib/nodes/kind';

/** What kinds make of their inputs, by id: it comes with the compiler, after the first picture. */
const kindInfers = queryOptions({
  queryKey: ['kind-infers'],
  queryFn: () => import('@/lib/nodes/infers.generated').then((module) => module.infers),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

export type Infers = Record<string, Infer>;

export const useInfers = (): Infers | undefined => useQuery(kindInfers).data;
