import type { RunStatus } from '@/lib/protocol/run-event';

const ACTIVE: ReadonlySet<RunStatus> = new Set(['queued', 'running', 'pausing', 'paused']);

/** Whether a run may still change by itself or go on. */
export const isActive = (status: RunStatus): boolean => ACTIVE.has(status);
