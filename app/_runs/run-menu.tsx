'use client';

import { Menu } from '@mantine/core';
import { openConfirmModal } from '@mantine/modals';
import { IconDots, IconPencil, IconPlayerStop, IconSchema, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { readableError } from '@/app/_client/readable-error';
import { useTRPC, useTRPCClient } from '@/app/_client/trpc';
import { isActive } from '@/app/_runs/is-active';
import { askTitle } from '@/app/_ui/ask-title';
import { IconButton } from '@/app/_ui/icon-button';
import { showToast } from '@/app/_ui/toast';
import type { RunSummary } from '@/lib/protocol/service';

const icon = { size: 14, stroke: 1.75 };

/** Rename, stop, delete. A run's log and model are gone for good when it is deleted, so it asks first. */
export function RunMenu({ run }: { run: RunSummary }) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (task: () => Promise<unknown>) => task(),
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.runs.list.pathKey() }),
    onError: (error) => showToast({ tone: 'error', text: readableError(error) }),
  });
  const { id, title } = run;
  return (
    <Menu position="bottom-end" width={176}>
      <Menu.Target>
        <span>
          <IconButton label={`Actions for run ${run.number}`}>
            <IconDots size={16} stroke={1.75} />
          </IconButton>
        </span>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} href={`/documents/${run.documentId}`} leftSection={<IconSchema {...icon} />}>
          Open the graph
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPencil {...icon} />}
          onClick={() =>
            askTitle({
              heading: 'Rename run',
              title,
              onSave: (next) => change.mutate(() => client.runs.rename.mutate({ id, title: next })),
            })
          }
        >
          Rename
        </Menu.Item>
        {isActive(run.status) ? (
          <Menu.Item
            leftSection={<IconPlayerStop {...icon} />}
            onClick={() => change.mutate(() => client.runs.cancel.mutate({ id }))}
          >
            Stop
          </Menu.Item>
        ) : (
          <Menu.Item
            leftSection={<IconTrash {...icon} />}
            onClick={() =>
              openConfirmModal({
                title: `Delete ${title}?`,
                children: 'Its curves, samples and trained model are gone for good. The document stays.',
                labels: { confirm: 'Delete', cancel: 'Keep' },
                confirmProps: { variant: 'filled', color: 'red' },
                onConfirm: () => change.mutate(() => client.runs.remove.mutate({ id })),
              })
            }
          >
            Delete
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
