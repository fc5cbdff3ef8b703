'use client';

import { Menu } from '@mantine/core';
import { IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { readableError } from '@/app/_client/readable-error';
import { useTRPC, useTRPCClient } from '@/app/_client/trpc';
import { askTitle } from '@/app/_ui/ask-title';
import { IconButton } from '@/app/_ui/icon-button';
import { showToast } from '@/app/_ui/toast';
import type { DocumentSummary } from '@/lib/protocol/service';

const icon = { size: 14, stroke: 1.75 };

/** Rename, duplicate, delete; what was deleted can be taken back. */
export function DocumentMenu({ document }: { document: DocumentSummary }) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (task: () => Promise<unknown>) => task(),
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.documents.list.pathKey() }),
    onError: (error) => showToast({ tone: 'error', text: readableError(error) }),
  });
  const { id, title } = document;
  const remove = async () => {
    await client.documents.remove.mutate({ id });
    showToast({
      text: `${title} was deleted.`,
      undo: () => change.mutate(() => client.documents.restore.mutate({ id })),
    });
  };
  return (
    <Menu position="bottom-end" width={176}>
      <Menu.Target>
        <span>
          <IconButton label={`Actions for ${title}`}>
            <IconDots size={16} stroke={1.75} />
          </IconButton>
        </span>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPencil {...icon} />}
          onClick={() =>
            askTitle({
              heading: 'Rename document',
              title,
              onSave: (next) => change.mutate(() => client.documents.rename.mutate({ id, title: next })),
            })
          }
        >
          Rename
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopy {...icon} />}
          onClick={() => change.mutate(() => client.documents.duplicate.mutate({ id }))}
        >
          Duplicate
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash {...icon} />} onClick={() => change.mutate(remove)}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
