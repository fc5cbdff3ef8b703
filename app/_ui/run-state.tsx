import {
  IconBan,
  IconCircleCheck,
  IconClock,
  IconExclamationCircle,
  IconLoader2,
  IconPlayerPause,
  IconTrendingUp,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { RunStatus } from '@/lib/protocol/run-event';
import { Chip, type Tone } from './chip';

const STATES: Record<RunStatus, { title: string; tone: Tone; icon: ReactNode; spinning?: boolean }> = {
  queued: { title: 'Waiting', tone: 'neutral', icon: <IconClock size={12} stroke={2} /> },
  running: { title: 'Running', tone: 'run', icon: <IconLoader2 size={12} stroke={2} />, spinning: true },
  pausing: { title: 'Pausing', tone: 'run', icon: <IconLoader2 size={12} stroke={2} />, spinning: true },
  paused: { title: 'Paused', tone: 'neutral', icon: <IconPlayerPause size={12} stroke={2} /> },
  succeeded: { title: 'Done', tone: 'ok', icon: <IconCircleCheck size={12} stroke={2} /> },
  failed: { title: 'Failed', tone: 'error', icon: <IconExclamationCircle size={12} stroke={2} /> },
  cancelled: { title: 'Stopped', tone: 'neutral', icon: <IconBan size={12} stroke={2} /> },
  diverged: { title: 'Diverged', tone: 'warn', icon: <IconTrendingUp size={12} stroke={2} /> },
};

/** What a person calls a run's state. */
export const runStateTitle = (status: RunStatus): string => STATES[status].title;

/** The state of a run as a chip: word, colour and icon. */
export function RunStateChip({ status }: { status: RunStatus }) {
  const { title, tone, icon, spinning = false } = STATES[status];
  return (
    <Chip tone={tone} icon={icon} spinning={spinning}>
      {title}
    </Chip>
  );
}
