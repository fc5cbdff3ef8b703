'use client';

import { Button } from '@mantine/core';
import { IconPlayerPauseFilled, IconPlayerPlayFilled, IconPlayerStopFilled } from '@tabler/icons-react';
import { IconButton } from '@/app/_ui/icon-button';
import type { RunStatus } from '@/lib/protocol/run-event';
import { isActive } from './is-active';
import { useRunControl } from './use-run-control';

/** Pause or resume, and stop; nothing once a run is over. `large`: buttons for a thumb. */
export function RunControls({ runId, status, large = false }: { runId: string; status: RunStatus; large?: boolean }) {
  const control = useRunControl(runId);
  if (!isActive(status)) return null;
  const goes = status === 'running' || status === 'queued';
  const first = goes
    ? { label: 'Pause', action: 'pause' as const, Icon: IconPlayerPauseFilled }
    : { label: 'Resume', action: 'resume' as const, Icon: IconPlayerPlayFilled };
  const buttons = [first, { label: 'Stop', action: 'cancel' as const, Icon: IconPlayerStopFilled }];
  return buttons.map(({ label, action, Icon }) =>
    large ? (
      <Button
        key={label}
        size="lg"
        radius="lg"
        style={{ flex: 1 }}
        leftSection={<Icon size={16} />}
        disabled={control.isPending}
        onClick={() => control.mutate(action)}
      >
        {label}
      </Button>
    ) : (
      <IconButton key={label} label={label} disabled={control.isPending} onClick={() => control.mutate(action)}>
        <Icon size={14} />
      </IconButton>
    ),
  );
}
