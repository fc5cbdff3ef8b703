'use client';

import { Button } from '@mantine/core';
import { openConfirmModal } from '@mantine/modals';
import { IconDatabaseOff, IconSchema, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { readableError } from '@/app/_client/readable-error';
import { useTRPC, useTRPCClient } from '@/app/_client/trpc';
import { Chip } from '@/app/_ui/chip';
import { groupDigits } from '@/app/_ui/group-digits';
import { showToast } from '@/app/_ui/toast';
import type { DatasetCard } from '@/lib/datasets/card';
import classes from './data.module.css';
import { DatasetPreviewPicture } from './dataset-preview-picture';
import { useDocumentFor } from './use-document-for';

/** A data set: a look at it, what it is, whose it is, and the way to a network for it. */
export function DatasetTile({ card, workspaceId }: { card: DatasetCard; workspaceId: string }) {
  const open = useDocumentFor();
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const own = card.id.startsWith('upload:');
  const remove = useMutation({
    mutationFn: () => client.datasets.remove.mutate({ workspaceId, id: card.id }),
    onSuccess: () => showToast({ text: `${card.title} was deleted.` }),
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.datasets.list.pathKey() }),
    onError: (error) => showToast({ tone: 'error', text: readableError(error) }),
  });
  const { train, validation, test } = card.counts;
  return (
    <article className={classes.card} aria-label={card.title}>
      <div className={classes.preview}>
        {card.missing ? (
          <div className={classes.missing}>
            <IconDatabaseOff size={18} stroke={1.75} />
            <span>Not on this machine. {card.missing}</span>
          </div>
        ) : (
          <DatasetPreviewPicture card={card} />
        )}
      </div>
      <div className={classes.body}>
        <div className={classes.title}>
          <h2>{card.title}</h2>
          {own && <Chip>yours</Chip>}
          {card.missing && <Chip tone="warn">missing</Chip>}
        </div>
        <p className={classes.summary}>{card.summary}</p>
        <dl className={classes.list}>
          <dt>Examples</dt>
          <dd>
            {groupDigits(train)} train, {groupDigits(validation)} validation, {groupDigits(test)} test
          </dd>
          <dt>Fields</dt>
          <dd>{Object.values(card.fields).map(fieldText).join(', ')}</dd>
          <dt>Licence</dt>
          <dd>{card.licence}</dd>
          <dt>Source</dt>
          <dd>{card.source}</dd>
        </dl>
      </div>
      <div className={classes.foot}>
        <Button
          leftSection={<IconSchema size={14} stroke={1.75} />}
          disabled={card.missing !== undefined}
          loading={open.isPending}
          onClick={() => open.start(card)}
        >
          Make a network for it
        </Button>
        {own && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconTrash size={14} stroke={1.75} />}
            loading={remove.isPending}
            onClick={() =>
              openConfirmModal({
                title: `Delete ${card.title}?`,
                children: 'Documents that use it keep their graph, but cannot run any more.',
                labels: { confirm: 'Delete', cancel: 'Keep' },
                confirmProps: { variant: 'filled', color: 'red' },
                onConfirm: () => remove.mutate(),
              })
            }
          >
            Delete
          </Button>
        )}
      </div>
    </article>
  );
}

function fieldText({ title, spec, classes: names }: DatasetCard['fields'][string]): string {
  if (names) return `${title} (${names.length} classes)`;
  const shape = (spec.shape ?? []).slice(1).join('×');
  return shape === '' ? title : `${title} ${shape}`;
}
