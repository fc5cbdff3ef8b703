'use client';

import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import {
  IconBooks,
  IconChartLine,
  IconDatabase,
  IconFilePlus,
  IconFileText,
  IconHome,
  IconSchema,
  IconSearch,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useSession } from '@/app/_client/session';
import { useTRPC } from '@/app/_client/trpc';
import { useCreateDocument } from '../_documents/use-create-document';
import { useDocuments } from '../_documents/use-documents';

const icon = { size: 16, stroke: 1.75, color: 'var(--nl-text-3)' };

/** Ctrl+K: networks of the gallery, own documents and pages, found by a few letters. */
export function SearchBox() {
  const router = useRouter();
  const trpc = useTRPC();
  const session = useSession();
  const create = useCreateDocument();
  const documents = useDocuments();
  const gallery = useQuery({
    ...trpc.gallery.list.queryOptions(),
    enabled: session.data !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const go = (id: string, label: string, href: string, leftSection: SpotlightActionData['leftSection']) => ({
    id,
    label,
    leftSection,
    onClick: () => router.push(href),
  });
  const groups: SpotlightActionGroupData[] = [
    {
      group: 'Networks',
      actions: (gallery.data ?? []).map((entry) => ({
        id: `gallery-${entry.id}`,
        label: entry.title,
        description: entry.summary,
        keywords: [entry.id],
        leftSection: <IconSchema {...icon} />,
        onClick: () => create.mutate({ gallery: entry.id }),
      })),
    },
    {
      group: 'My documents',
      actions: (documents.data ?? [])
        .slice(0, 50)
        .map((document) => go(document.id, document.title, `/documents/${document.id}`, <IconFileText {...icon} />)),
    },
    {
      group: 'Go to',
      actions: [
        {
          id: 'new-document',
          label: 'New document',
          keywords: ['empty', 'create'],
          leftSection: <IconFilePlus {...icon} />,
          onClick: () => create.mutate({ empty: 'Untitled' }),
        },
        go('home', 'Home', '/', <IconHome {...icon} />),
        go('gallery', 'Gallery', '/gallery', <IconBooks {...icon} />),
        go('documents', 'My documents', '/documents', <IconFileText {...icon} />),
        go('runs', 'Runs', '/runs', <IconChartLine {...icon} />),
        go('data', 'Data', '/data', <IconDatabase {...icon} />),
      ],
    },
  ];
  return (
    <Spotlight
      actions={groups.filter((group) => group.actions.length > 0)}
      shortcut="mod + K"
      attributes={{ content: { 'aria-label': 'Search' } }}
      nothingFound="Nothing is called that. Try another word."
      highlightQuery
      scrollable
      maxHeight={420}
      radius="lg"
      searchProps={{
        leftSection: <IconSearch {...icon} />,
        placeholder: 'Find a network, a document or a page',
        'aria-label': 'Search',
      }}
    />
  );
}
