import { IconFlag, IconGitBranch, IconPencil, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { readableError } from '@/app/_client/readable-error';
import { useTRPC, useTRPCClient } from '@/app/_client/trpc';
import { askTitle } from '@/app/_ui/ask-title';
import { IconButton } from '@/app/_ui/icon-button';
import { showToast } from '@/app/_ui/toast';
import type { RunSettings, RunSummary } from '@/lib/protocol/service';
import { checkpointTitle } from './checkpoint-title';
import { ExportMenu } from './export-menu';
import { isActive } from './is-active';
import page from './run-page.module.css';
import classes from './runs.module.css';

const REFRESH_MS = 10_000;

/** What of a run is kept, newest first: named, exported or branched off. Nothing before the first checkpoint. */
export function CheckpointsCard({ run, onBranch }: { run: RunSummary; onBranch(iteration: number): void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const settings = useQuery({
    ...trpc.runs.settings.queryOptions({ id: run.id }),
    refetchInterval: isActive(run.status) ? REFRESH_MS : false,
  });
  const { refetch } = settings;
  // The last ones come when it ends.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever the state changes
  useEffect(() => void refetch(), [refetch, run.status]);
  const rename = useMutation({
    mutationFn: (named: { iteration: number; name: string | null }) =>
      client.runs.nameCheckpoint.mutate({ id: run.id, ...named }),
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.runs.settings.queryKey({ id: run.id }) }),
    onError: (error) => showToast({ text: readableError(error), tone: 'error' }),
  });
  const { checkpoints = [], iterationsPerEpoch = null } = settings.data ?? {};
  if (checkpoints.length === 0) return null;
  const ask = ({ iteration, name }: RunSettings['checkpoints'][number]) =>
    askTitle({
      heading: 'Name of the checkpoint',
      title: name ?? '',
      onSave: (next) => rename.mutate({ iteration, name: next }),
    });
  return (
    <section className={page.card} aria-label="Checkpoints">
      <h2 className={classes.cardHeading}>Checkpoints</h2>
      <ul className={classes.checkpoints}>
        {[...checkpoints].reverse().map((checkpoint) => {
          const title = checkpointTitle(checkpoint, iterationsPerEpoch);
          const { iteration, name } = checkpoint;
          return (
            <li key={iteration}>
              <IconFlag size={14} stroke={1.75} data-named={name !== null || undefined} />
              <span>{title}</span>
              <IconButton
                label={name === null ? `Name ${title}` : `Rename ${title}`}
                size={28}
                onClick={() => ask(checkpoint)}
              >
                <IconPencil size={14} stroke={1.75} />
              </IconButton>
              {name !== null && (
                <IconButton
                  label={`Take the name from ${title}`}
                  size={28}
                  onClick={() => rename.mutate({ iteration, name: null })}
                >
                  <IconX size={14} stroke={1.75} />
                </IconButton>
              )}
              <IconButton label={`Branch off at ${title}`} size={28} onClick={() => onBranch(iteration)}>
                <IconGitBranch size={14} stroke={1.75} />
              </IconButton>
              <ExportMenu run={run} compact at={{ iteration, title }} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
