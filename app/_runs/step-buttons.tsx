import { Menu } from '@mantine/core';
import { IconPlayerTrackNext, IconPlayerTrackNextFilled } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/app/_client/trpc';
import { IconButton } from '@/app/_ui/icon-button';
import type { RunStatus } from '@/lib/protocol/run-event';
import { useRunCommand } from './use-run-control';

/** Single steps of a paused run: of all optimizers that are due, or of one alone. */
export function StepButtons({ runId, status }: { runId: string; status: RunStatus }) {
  const trpc = useTRPC();
  const settings = useQuery({ ...trpc.runs.settings.queryOptions({ id: runId }), staleTime: 60_000 });
  const command = useRunCommand(runId);
  const optimizers = settings.data?.optimizers ?? [];
  const reason = status === 'paused' ? undefined : 'pause the run first';
  const waits = reason !== undefined || command.isPending;
  const why = reason === undefined ? {} : { reason };
  return (
    <>
      <IconButton
        label="One step"
        disabled={waits}
        {...why}
        onClick={() => command.mutate([{ do: 'step', update: null }])}
      >
        <IconPlayerTrackNextFilled size={14} />
      </IconButton>
      {optimizers.length > 1 && (
        <Menu position="top-end" disabled={waits}>
          <Menu.Target>
            <span>
              <IconButton label="Step one optimizer" disabled={waits} {...why}>
                <IconPlayerTrackNext size={14} stroke={1.75} />
              </IconButton>
            </span>
          </Menu.Target>
          <Menu.Dropdown>
            {optimizers.map(({ path, name }) => (
              <Menu.Item key={path} onClick={() => command.mutate([{ do: 'step', update: path }])}>
                Step {name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}
