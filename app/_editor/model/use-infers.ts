'use client';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Kind } from '@/lib/nodes/kind';

/** What kinds make of their inputs comes with the compiler, after the first picture, and from the same file. */
const kindInfers = queryOptions({
  queryKey: ['kind-infers'],
  queryFn: () => import('@/lib/nodes/face-kinds').then((module) => module.faceKinds),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

export type Infers = Readonly<Record<string, Pick<Kind, 'infer'>>>;

export const useInfers = (): Infers | undefined => useQuery(kindInfers).data;
