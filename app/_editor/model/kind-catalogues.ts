'use client';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Kind } from '@/lib/nodes/kind';
import { afterPicture } from '../state/after-picture';

/** What there is about kinds beside their faces is not needed for the first picture, and is loaded once after it. */
const catalogue = <T>(name: string, load: () => Promise<Readonly<Record<string, T>>>) =>
  queryOptions({
    queryKey: ['kinds', name],
    queryFn: async () => {
      await afterPicture();
      return load();
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });

/** What the kinds say of themselves. */
export const kindDocs = catalogue('docs', () => import('@/lib/nodes/docs.generated').then(({ docs }) => docs));

export type Infers = Readonly<Record<string, Pick<Kind, 'infer'>>>;

/** What kinds make of their inputs; it comes with the compiler, from the same file. */
export const kindInfers = catalogue<Infers[string]>('infers', () =>
  import('@/lib/nodes/face-kinds').then(({ faceKinds }) => faceKinds),
);

/** All of a catalogue by kind, once it is there. */
export const useCatalogue = <T>(of: ReturnType<typeof catalogue<T>>): Readonly<Record<string, T>> | undefined =>
  useQuery(of).data;
