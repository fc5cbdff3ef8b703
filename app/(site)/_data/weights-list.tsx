'use client';

import { Button } from '@mantine/core';
import { openConfirmModal } from '@mantine/modals';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { readableError } from '@/app/_client/readable-error';
import { useTRPC, useTRPCClient } from '@/app/_client/trpc';
import { groupDigits } from '@/app/_ui/group-digits';
import { showToast } from '@/app/_ui/toast';
import type { AssetCard } from '@/lib/compile/asset-card';
import classes from './data.module.css';

/** The workspace's files of trained weights, where there are any; they are uploaded where a node is to start from them. */
export function WeightsList({ workspaceId }: { workspaceId: string }) {
  const trpc = useTRPC();
  const list = useQuery({ ...trpc.assets.list.queryOptions({ workspaceId }), enabled: workspaceId !== '' });
  if (!list.data?.length) return null;
  return (
    <section aria-label="Trained weights" className={classes.grid}>
      {list.data.map((card) => (
        <WeightsTile key={card.id} card={card} workspaceId={workspaceId} />
      ))}
    </section>
  );
}

function WeightsTile({ card, workspaceId }: { card: AssetCard; workspaceId: string }) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => client.assets.remove.mutate({ workspaceId, id: card.id }),
    onSuccess: () => showToast({ text: `${card.title} was deleted.` }),
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.assets.list.pathKey() }),
    onError: (error) => showToast({ tone: 'error', text: readableError(error) }),
  });
  const names = Object.keys(card.tensors);
  return (
    <article className={classes.card} aria-label={card.title}>
      <div className={classes.body}>
        <div className={classes.title}>
          <h2>{card.title}</h2>
        </div>
        <dl className={classes.list}>
          <dt>Weights</dt>
          <dd>
            {groupDigits(numbersIn(card))} in {names.length} {names.length === 1 ? 'tensor' : 'tensors'}
          </dd>
          <dt>Begins with</dt>
          <dd>{names.slice(0, 3).join(', ')}</dd>
        </dl>
      </div>
      <div className={classes.foot}>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconTrash size={14} stroke={1.75} />}
          loading={remove.isPending}
          onClick={() =>
            openConfirmModal({
              title: `Delete ${card.title}?`,
              children: 'Documents that start from it cannot run any more until they start from something else.',
              labels: { confirm: 'Delete', cancel: 'Keep' },
              confirmProps: { variant: 'filled', color: 'red' },
              onConfirm: () => remove.mutate(),
            })
          }
        >
          Delete
        </Button>
      </div>
    </article>
  );
}

const numbersIn = ({ tensors }: AssetCard): number =>
  Object.values(tensors).reduce((sum, { shape }) => sum + shape.reduce((count, size) => count * size, 1), 0);
